import { AsyncLocalStorage } from 'node:async_hooks';
import type { FallbackReport } from '@brownout/api';
import type { Call, CallFacts, Fallback, OpenCall } from '@brownout/core';
import { isSpanContextValid, trace } from '@opentelemetry/api';
import type { SpanContext } from '@opentelemetry/api';
import { isPolicyFallback } from '../breakers/policy-fallback.ts';

/** One piece of the application's own work, as far as it can be seen: what calls were made in it lately. */
export interface AsyncScope {
  readonly recent: RecentCall[];
  /** Fallbacks that the application has told of and not made yet. */
  readonly reports: FallbackReport[];
}

export interface RecentCall {
  readonly open: OpenCall;
  readonly span: SpanContext;
}

/** The call that a new one replaces, and its span to link to. */
export interface FoundFallback {
  readonly fallback: Fallback;
  /** Unknown of a call that was not seen. */
  readonly span: SpanContext | undefined;
}

/** A scope remembers this many calls, a process this many scopes; the oldest go first. */
const MOST_RECENT = 8;
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
  const span = trace.getActiveSpan()?.spanContext();
  if (span && isSpanContextValid(span)) return scopeOfTrace(span.traceId);
  const known = scopes.getStore();
  if (known) return known;
  const scope: AsyncScope = { recent: [], reports: [] };
  scopes.enterWith(scope);
  return scope;
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

export function rememberCall({ recent }: AsyncScope, open: OpenCall, span: SpanContext): void {
  if (open.call.facts.inputHash === undefined) return;
  recent.push({ open, span });
  if (recent.length > MOST_RECENT) recent.shift();
}

/**
 * A call to another model or provider that carries the same last user input, in the same scope, after a call that was
 * unusable, replaces that call. Each failed call is replaced at most once, and none that the application has since had
 * an answer instead of: a question after that is a second opinion.
 */
export function inferFallback({ recent }: AsyncScope, facts: CallFacts): FoundFallback | undefined {
  if (facts.inputHash === undefined) return undefined;
  const asksTheSame = ({ open }: RecentCall): boolean => open.call.facts.inputHash === facts.inputHash;
  for (const candidate of recent.toReversed().filter(asksTheSame)) {
    const { open, span } = candidate;
    const isOther = isOtherModel(open.call.facts, facts);
    if (isOther) open.endIfFailed();
    const { outcome } = open.call;
    if (outcome?.verdict === 'usable' || outcome?.verdict === 'degraded') return undefined;
    if (!isOther || outcome?.verdict !== 'unusable') continue;
    // What failed before this one was given up with it.
    const rest = recent.filter((call, index) => index > recent.indexOf(candidate) || !asksTheSame(call));
    recent.splice(0, recent.length, ...rest);
    return { fallback: inferredFallback(open.call, outcome.reason), span };
  }
  return undefined;
}

function isOtherModel(a: CallFacts, b: CallFacts): boolean {
  return a.provider !== b.provider || a.request.model !== b.request.model;
}

function inferredFallback({ facts }: Call, reason: Fallback['reason']): Fallback {
  return {
    fromProvider: facts.provider,
    fromModel: facts.request.model ?? 'unspecified',
    reason,
    mechanism: isPolicyFallback() ? 'policy' : 'inferred',
  };
}
