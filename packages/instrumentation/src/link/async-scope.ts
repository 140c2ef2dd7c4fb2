import { AsyncLocalStorage } from 'node:async_hooks';
import type { Call, OpenCall } from '@brownout/core';
import { isSpanContextValid, trace } from '@opentelemetry/api';
import type { SpanContext } from '@opentelemetry/api';
import { isOwnTraceOfSdk } from '../wire/foreign-span.ts';
import type { CheckedReport } from './check-report.ts';

/** One piece of the application's own work, as far as it can be seen: what calls were made in it lately. */
export interface AsyncScope {
  readonly recent: RecentCall[];
  /** Fallbacks that the application has told of and not made yet. */
  readonly reports: PendingReport[];
}

export interface PendingReport extends CheckedReport {
  /** On `clock`, ms. */
  readonly reportedAt: number;
}

/** Without what the wire keeps beside the call: its span and its content are not held until the scope is forgotten. */
export interface RecentCall {
  readonly call: Call;
  readonly endIfFailed: () => void;
  readonly span: SpanContext;
}

/** A scope remembers this many calls, a process this many scopes; the oldest go first. */
const MOST_RECENT = 16;
const MOST_SCOPES = 1000;

const scopes = new AsyncLocalStorage<AsyncScope>();
/** The scope that the running code of an SDK works for. */
const scopesOfSdks = new AsyncLocalStorage<AsyncScope>();
const byTrace = new Map<string, AsyncScope>();

/**
 * The scope of the running code: its trace where there is one, else the asynchronous context, entered here for what the
 * caller goes on to do. To be called synchronously from the application's call.
 */
export function currentScope(): AsyncScope {
  const span = trace.getActiveSpan();
  const spanContext = span?.spanContext();
  // A trace that an SDK begins with a span of its own holds one call, and tells nothing of what belongs together.
  const isTraced = spanContext !== undefined && isSpanContextValid(spanContext) && !(span && isOwnTraceOfSdk(span));
  if (isTraced) return scopeOfTrace(spanContext.traceId);
  const known = scopes.getStore();
  if (known) return known;
  const scope: AsyncScope = { recent: [], reports: [] };
  scopes.enterWith(scope);
  return scope;
}

/** Runs what the application calls one piece of work in a scope of its own, unless it already is in one. */
export function runInOwnScope<Result>(run: () => Result): Result {
  return scopes.getStore() === undefined ? scopes.run({ recent: [], reports: [] }, run) : run();
}

/** Runs an SDK's entry for the scope of its caller, which it may leave for a span of its own before it asks. */
export function runInScope<Result>(scope: AsyncScope, run: () => Result): Result {
  return scopesOfSdks.run(scope, run);
}

/** The scope of the application's code that entered the running SDK. */
export function enteredScope(): AsyncScope {
  return scopesOfSdks.getStore() ?? currentScope();
}

function scopeOfTrace(traceId: string): AsyncScope {
  const known = byTrace.get(traceId);
  const scope = known ?? { recent: [], reports: [] };
  byTrace.delete(traceId);
  byTrace.set(traceId, scope);
  if (byTrace.size > MOST_SCOPES) {
    for (const oldest of byTrace.keys()) {
      byTrace.delete(oldest);
      break;
    }
  }
  return scope;
}

export function rememberCall({ recent }: AsyncScope, { call, endIfFailed }: OpenCall, span: SpanContext): void {
  if (call.facts.question === undefined) return;
  recent.push({ call, endIfFailed, span });
  if (recent.length > MOST_RECENT) recent.shift();
}
