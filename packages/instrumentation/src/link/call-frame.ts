import { AsyncLocalStorage } from 'node:async_hooks';
import type { OpenCall } from '@brownout/core';
import type { AsyncScope } from './async-scope.ts';

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
  open: OpenCall | undefined;
}

/** The fields of an SDK's request options that are read here. */
export interface SdkRequestOptions {
  readonly body?: unknown;
  readonly path?: unknown;
  readonly signal?: AbortSignal | null | undefined;
}

/** The frame that the current code runs for: set while an SDK prepares, sends and retries one request. */
export const callFrames: AsyncLocalStorage<CallFrame> = new AsyncLocalStorage();
