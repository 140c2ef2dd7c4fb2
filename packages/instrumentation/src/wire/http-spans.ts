import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Attempt, Call } from '@brownout/core';
import type { HttpSpanSlot } from '../emit/attempt-spans.ts';

/** The attempt that the running code sends the request of. */
export interface AttemptRecord {
  readonly call: Call;
  readonly attempt: Attempt;
  readonly slot: HttpSpanSlot;
  /** Span id of the call: a request that carries another one was given a span of its own. */
  readonly callSpanId: string;
}

export const attemptRecords: AsyncLocalStorage<AttemptRecord> = new AsyncLocalStorage();

/**
 * Notices that an HTTP instrumentation made a span for an attempt, where it was not given our `requestHook`: it has put
 * a trace header with a span id of its own on the request. Returns what ends the watch.
 */
export function watchHttpSpans(): () => void {
  const records = new WeakMap<object, AttemptRecord>();
  const created = (message: unknown): void => {
    const record = attemptRecords.getStore();
    if (record) records.set((message as { request: object }).request, record);
  };
  // undici publishes this one last, when every instrumentation has added its headers.
  const sending = (message: unknown): void => {
    const { request, headers } = message as { request: object; headers: unknown };
    const record = records.get(request);
    if (record === undefined || record.slot.seen || typeof headers !== 'string') return;
    const parent = /^traceparent: ?[\da-f]{2}-[\da-f]{32}-([\da-f]{16})-/im.exec(headers)?.[1];
    if (parent !== undefined && parent !== record.callSpanId) record.slot.seen = true;
  };
  subscribe('undici:request:create', created);
  subscribe('undici:client:sendHeaders', sending);
  return () => {
    unsubscribe('undici:request:create', created);
    unsubscribe('undici:client:sendHeaders', sending);
  };
}
