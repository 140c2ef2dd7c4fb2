import { AsyncLocalStorage } from 'node:async_hooks';
import type { OpenCall } from '@brownout/core';
import type { Context } from '@opentelemetry/api';
import type { ContentRecorder } from '../emit/content.ts';
import type { AsyncScope } from './async-scope.ts';

/** A call with what the wire keeps beside it. */
export interface WatchedCall extends OpenCall {
  /** The one to send its requests in. */
  readonly context: Context;
  /** `undefined` unless content capture is switched on. */
  readonly content: ContentRecorder | undefined;
}

/** One logical call as its SDK sees it: from the SDK's entry into the request, retries included. */
export interface CallFrame {
  readonly sdk: string;
  /** The vendor whose SDK this is, in the GenAI conventions' spelling: the provider where the host does not tell. */
  readonly vendor: string;
  readonly startedAt: number;
  /** Where the application made the call. */
  readonly scope: AsyncScope;
  /** The SDK's own options of the request, once they are resolved. Read, never written. */
  options: SdkRequestOptions | undefined;
  /** The call on the wire, from its first request on. */
  open: WatchedCall | undefined;
}

/** The fields of an SDK's request options that are read here. */
export interface SdkRequestOptions {
  readonly body?: unknown;
  readonly path?: unknown;
  readonly signal?: AbortSignal | null | undefined;
}

/** The frame that the current code runs for: set while an SDK prepares, sends and retries one request. */
export const callFrames: AsyncLocalStorage<CallFrame> = new AsyncLocalStorage();
