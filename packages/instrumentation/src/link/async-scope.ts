import { AsyncLocalStorage } from 'node:async_hooks';
import type { Call, CallFacts, Fallback, OpenCall } from '@brownout/core';
import { isSpanContextValid, trace } from '@opentelemetry/api';
import type { SpanContext } from '@opentelemetry/api';

/** One piece of the application's own work, as far as it can be seen: what calls were made in it lately. */
export interface AsyncScope {
  readonly recent: RecentCall[];
}

interface RecentCall {
  readonly open: OpenCall;
  readonly span: SpanContext;
}

/** The call that a new one replaces, and its span to link to. */
export interface FoundFallback {
  readonly fallback: Fallback;
  readonly span: SpanContext;
}

/** A scope remembers this many calls, a process this many scopes; the oldest go first. */
const MOST_RECENT = 8;
const MOST_SCOPES = 1000;

const scopes = new AsyncLocalStorage<AsyncScope>();
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
  const scope: AsyncScope = { recent: [] };
  scopes.enterWith(scope);
  return scope;
}

function scopeOfTrace(traceId: string): AsyncScope {
  const known = byTrace.get(traceId);
  const scope = known ?? { recent: [] };
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
 * unusable, replaces that call. Each failed call is replaced at most once: a third question is somebody's own.
 */
export function findFallback({ recent }: AsyncScope, facts: CallFacts): FoundFallback | undefined {
  if (facts.inputHash === undefined) return undefined;
  for (let index = recent.length - 1; index >= 0; index -= 1) {
    const candidate = recent[index];
    if (candidate === undefined || candidate.open.call.facts.inputHash !== facts.inputHash) continue;
    const { open, span } = candidate;
    if (!isOtherModel(open.call.facts, facts)) continue;
    open.endIfFailed();
    if (open.call.outcome?.verdict !== 'unusable') continue;
    recent.splice(index, 1);
    return { fallback: inferredFallback(open.call, open.call.outcome.reason), span };
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
    mechanism: 'inferred',
  };
}
