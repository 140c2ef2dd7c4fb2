import type { Brownout } from './detect-brownout.ts';
import { isJudged } from './outcome.ts';
import type { CallSpan, TicketSpan } from './spans.ts';

/** What a brownout cost the application, as far as its spans tell. */
export interface Cost {
  /** Calls whose answer was late. */
  readonly degradedCalls: number;
  /** Calls whose answer was not worth having, or never came. */
  readonly unusableCalls: number;
  /** Unusable calls that another model stood in for, with an answer. */
  readonly rescuedByFallback: number;
  /** Unusable calls that nothing stood in for, and whose ticket was answered with HTTP success all the same. */
  readonly servedUnusable: number;
  /** Requests to the vendor beyond one for each call. */
  readonly extraAttempts: number;
  /** Tokens reported for unusable answers, and for those that stood in for them. */
  readonly extraTokens: number;
  /** What tickets took beyond the median ticket outside the brownout, all together. */
  readonly extraSecondsWaited: number;
}

interface Spans {
  readonly calls: readonly CallSpan[];
  readonly tickets: readonly TicketSpan[];
}

/** The calls of a model that were made during a brownout. */
export function callsDuring({ onset, end }: Brownout, model: string, calls: readonly CallSpan[]): readonly CallSpan[] {
  return calls.filter((call) => call.model === model && call.start >= onset && call.start <= (end ?? Infinity));
}

export function costOf(brownout: Brownout, model: string, { calls, tickets }: Spans): Cost {
  const affected = callsDuring(brownout, model, calls).filter(isJudged);
  const unusable = affected.filter(({ verdict }) => verdict === 'unusable');
  const standIns = new Map(calls.filter((call) => call.fallbackFrom === model).map((call) => [call.trace, call]));
  const served = new Set(tickets.filter(({ status }) => status < 300).map(({ trace }) => trace));
  const replacements = unusable.flatMap(({ trace }) => standIns.get(trace) ?? []);
  return {
    degradedCalls: affected.length - affected.filter(({ verdict }) => verdict === 'usable').length - unusable.length,
    unusableCalls: unusable.length,
    rescuedByFallback: replacements.filter(({ verdict }) => verdict !== 'unusable').length,
    servedUnusable: unusable.filter(({ trace }) => !standIns.has(trace) && served.has(trace)).length,
    extraAttempts: sum(affected.map(({ attempts }) => attempts - 1)) + replacements.length,
    extraTokens: sum([...unusable, ...replacements].map(({ tokens }) => tokens)),
    extraSecondsWaited: extraSeconds(affected, tickets),
  };
}

function extraSeconds(affected: readonly CallSpan[], tickets: readonly TicketSpan[]): number {
  const traces = new Set(affected.map(({ trace }) => trace));
  const seconds = ({ start, end }: TicketSpan) => end - start;
  const usual = median(tickets.filter(({ trace }) => !traces.has(trace)).map(seconds));
  return sum(tickets.filter(({ trace }) => traces.has(trace)).map((ticket) => Math.max(0, seconds(ticket) - usual)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
