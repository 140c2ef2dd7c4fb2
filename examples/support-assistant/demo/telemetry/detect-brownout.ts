import { isBrownout, isJudged, type Outcome } from './outcome.ts';

/**
 * The rule: a brownout is on while at least a quarter of the calls begun in the last five seconds, and of at least five
 * of them, are brownout calls (HTTP says success, the vendor gave no usable answer in time). It began when the first
 * such call of the first such window was made, and ended when the last one of the last such window was made.
 *
 * Real services would use minutes: the demo lasts one.
 */
export const DETECTION = { windowSeconds: 5, leastCalls: 5, leastShare: 0.25 } as const;

export interface DatedOutcome extends Outcome {
  /** Seconds since the load began. */
  readonly start: number;
}

export interface Brownout {
  /** Seconds since the load began. */
  readonly onset: number;
  /** `null` while it goes on. */
  readonly end: number | null;
}

/**
 * Applies the rule to the calls of one model.
 * @param now seconds since the load began: a window that reaches up to here has not ended yet
 * @returns the longest brownout, or `null`; two with less than a window between them are one
 */
export function detectBrownout(calls: readonly DatedOutcome[], now: number): Brownout | null {
  const ordered = calls
    .filter((call) => isJudged(call) && call.transport === 'up')
    .toSorted((a, b) => a.start - b.start);
  const spells: { onset: number; last: number }[] = [];
  for (const call of ordered) {
    const window = ordered.filter(({ start }) => start <= call.start && start > call.start - DETECTION.windowSeconds);
    const bad = window.filter(isBrownout);
    const [first] = bad;
    const last = bad.at(-1);
    if (first === undefined || last === undefined) continue;
    if (window.length < DETECTION.leastCalls || bad.length / window.length < DETECTION.leastShare) continue;
    const spell = spells.at(-1);
    if (spell && first.start - spell.last < DETECTION.windowSeconds) spell.last = last.start;
    else spells.push({ onset: first.start, last: last.start });
  }
  const [longest] = spells.toSorted((a, b) => b.last - b.onset - (a.last - a.onset));
  if (longest === undefined) return null;
  return { onset: longest.onset, end: longest.last + DETECTION.windowSeconds > now ? null : longest.last };
}
