import { AsyncLocalStorage } from 'node:async_hooks';
import type { TaskOutcome } from '@brownout/api';
import type { Call, Outcome } from '@brownout/core';
import type { Attributes, SpanKind } from '@opentelemetry/api';
import type { Interval } from './phase.ts';

/** A task that is going on. */
export interface OpenTask {
  readonly name: string;
  /** On `clock`, ms. */
  readonly startedAt: number;
  readonly parent: OpenTask | undefined;
  /** The application's last word on it. */
  reported: TaskOutcome | undefined;
  /** A call in it fell back or was not usable. */
  degraded: boolean;
  /** Calls that failed and wait for a retry that may come. */
  readonly failing: Set<Call>;
  isOver: boolean;
  /** Spans that have ended in it, and those that have not. */
  readonly intervals: Interval[];
  readonly spans: Set<RunningSpan>;
}

/** Of a span that has not ended; the SDK's own type is not part of the API. */
export interface RunningSpan {
  readonly kind: SpanKind;
  readonly attributes: Attributes;
  readonly startTime: readonly [seconds: number, nanoseconds: number];
  readonly endTime: readonly [seconds: number, nanoseconds: number];
}

/** The task that the running code works for. */
export const openTasks: AsyncLocalStorage<OpenTask> = new AsyncLocalStorage();

/** A task and those that it is a part of. */
function* withParents(task: OpenTask | undefined): Iterable<OpenTask> {
  for (let each = task; each !== undefined; each = each.parent) yield each;
}

/** A call of the task has failed, and nobody knows yet whether it is retried: an SDK may give it up at this very moment. */
export function callMayEnd(task: OpenTask | undefined, call: Call, outcome: Outcome): void {
  if (isDegraded(call, outcome)) for (const each of withParents(task)) each.failing.add(call);
}

export function callRetried(task: OpenTask | undefined, call: Call): void {
  for (const each of withParents(task)) each.failing.delete(call);
}

export function callEnded(task: OpenTask | undefined, call: Call): void {
  for (const each of withParents(task)) {
    each.failing.delete(call);
    if (call.outcome !== undefined && isDegraded(call, call.outcome)) each.degraded = true;
  }
}

/** What the caller cancelled says nothing about how it was served. */
function isDegraded(call: Call, { verdict }: Outcome): boolean {
  return call.fallback !== undefined || verdict === 'degraded' || verdict === 'unusable';
}
