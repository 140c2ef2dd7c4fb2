import type { Call, CallFacts, Fallback } from '@brownout/core';
import type { SpanContext } from '@opentelemetry/api';
import { isPolicyFallback } from '../breakers/policy-fallback.ts';
import type { AsyncScope, RecentCall } from './async-scope.ts';
import { asksTheSame } from './question.ts';

/** The call that a new one replaces, and its span to link to. */
export interface FoundFallback {
  readonly fallback: Fallback;
  /** Unknown of a call that was not seen. */
  readonly span: SpanContext | undefined;
}

/** What is asked again later than this is another piece of work. */
export const LONGEST_WAIT_MS = 60_000;

/**
 * A call that asks another model or provider the same as a call before it, in the same scope and soon after that one was
 * given up, replaces it. Each failed call is replaced at most once, and not at all
 * - by a model that was asked the same in any case,
 * - where an answer has come since that call began, which makes the new one a second opinion.
 */
export function inferFallback(scope: AsyncScope, facts: CallFacts, startedAt: number): FoundFallback | undefined {
  const alike = scope.recent.filter(({ call }) => asksTheSame(call.facts, facts));
  const others = alike.filter(({ call }) => isOtherModel(call.facts, facts));
  for (const { endIfFailed } of others) endIfFailed();
  const replaced = lastOf(others.filter(({ call }) => isGivenUp(call) && isJustOver(call, startedAt)));
  if (replaced === undefined) return undefined;
  const { call, span } = replaced;
  const answered = alike.filter((each) => each.call.fallback === undefined && hasAnswered(each.call));
  const isPlanned = answered.some((each) => !isOtherModel(each.call.facts, facts));
  if (isPlanned || answered.some((each) => endOf(each.call) >= call.startedAt)) return undefined;
  giveUp(scope, replaced);
  return {
    fallback: {
      fromProvider: call.facts.provider,
      fromModel: call.facts.request.model ?? 'unspecified',
      reason: call.outcome?.reason,
      mechanism: isPolicyFallback() ? 'policy' : 'inferred',
    },
    span,
  };
}

/**
 * Takes a call out of those that may still be replaced. What failed before it was given up with it; only what was asked
 * of the same model side by side is replaced each on its own.
 */
export function giveUp({ recent }: AsyncScope, { call }: RecentCall): void {
  const isGivenUpToo = (other: Call): boolean =>
    asksTheSame(other.facts, call.facts) && isGivenUp(other) && !isBeside(other, call);
  const rest = recent.filter((each) => each.call !== call && !isGivenUpToo(each.call));
  recent.splice(0, recent.length, ...rest);
}

/** The one that was over last. */
function lastOf(calls: readonly RecentCall[]): RecentCall | undefined {
  return calls.toSorted((a, b) => endOf(a.call) - endOf(b.call)).at(-1);
}

function isOtherModel(a: CallFacts, b: CallFacts): boolean {
  return a.provider !== b.provider || a.request.model !== b.request.model;
}

/** Unusable, or cancelled before there was anything of it: the application's patience may be shorter than its budgets. */
function isGivenUp(call: Call): boolean {
  const verdict = call.outcome?.verdict;
  return verdict === 'unusable' || (verdict === 'cancelled' && !hasOutput(call));
}

function isJustOver(call: Call, now: number): boolean {
  return endOf(call) <= now && now - endOf(call) <= LONGEST_WAIT_MS;
}

function hasOutput({ attempts }: Call): boolean {
  return attempts.some(({ answer }) => answer.firstOutputAt !== undefined);
}

function hasAnswered({ outcome }: Call): boolean {
  return outcome?.verdict === 'usable' || outcome?.verdict === 'degraded';
}

function endOf({ outcome }: Call): number {
  return outcome?.endedAt ?? Infinity;
}

function isBeside(a: Call, b: Call): boolean {
  return !isOtherModel(a.facts, b.facts) && a.startedAt < endOf(b) && b.startedAt < endOf(a);
}
