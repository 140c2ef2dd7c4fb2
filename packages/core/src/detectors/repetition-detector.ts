import type { TextDetector } from './text-detector.ts';
import { createTokenReader, WORD_BIT } from './token-reader.ts';

/** What makes a loop, in tokens (see `token-reader.ts`). */
export const REPETITION_LIMITS = {
  /** Word for word. */
  exact: { longestPeriod: 60, fewestRepeats: 4, fewestTokens: 40 },
  /** With numbers that count on, as sound lists and tables do: it takes twice as much to be a loop. */
  countingOn: { longestPeriod: 30, fewestRepeats: 8, fewestTokens: 80 },
  /** How many tokens pass between two looks at the tail. */
  checkEvery: 20,
} as const;

type LoopLimits = (typeof REPETITION_LIMITS)['exact' | 'countingOn'];

/** Holds the longest loop that has to be seen whole: 4 repeats of 60 tokens, or 8 of 30. A power of two, so that a mask wraps the index. */
const WINDOW = 256;
const MASK = WINDOW - 1;

/**
 * Finds output that has entered a loop: its last tokens repeat with an exact period, word for word, or word for word with
 * every number counting on by a constant step (`Step 1: … Step 2: …`).
 *
 * Memory: three numbers for each of the last 256 tokens. Thresholds and false-positive rates: `docs/reference/detectors.md`.
 */
export function createRepetitionDetector(): TextDetector {
  // Rings that grow to the window and no further: most answers are shorter than that.
  const raw: number[] = [];
  const normalised: number[] = [];
  const values: number[] = [];
  let count = 0;
  let found = false;

  /** Whether enough of the last tokens equal the token one period before them. */
  const repeats = (hashes: readonly number[], period: number, matched: number): boolean => {
    if (count < matched + period) return false;
    for (let back = 1; back <= matched; back += 1) {
      if (hashes[(count - back) & MASK] !== hashes[(count - back - period) & MASK]) return false;
    }
    return true;
  };

  /** How far the numbers moved between a token of the tail, counted from its end, and the one a period before it. */
  const step = (back: number, period: number): number =>
    (values[(count - back) & MASK] ?? 0) - (values[(count - back - period) & MASK] ?? 0);

  /** Whether the loop has a word in it and each of its numbers moves by the same step in every repeat. */
  const countsOn = (period: number): boolean => {
    const matched = needed(period, REPETITION_LIMITS.countingOn);
    if (period > REPETITION_LIMITS.countingOn.longestPeriod || !repeats(normalised, period, matched)) return false;
    let words = 0;
    for (let back = 1; back <= matched; back += 1) {
      words += (normalised[(count - back) & MASK] ?? 0) & WORD_BIT;
      if (back + period <= matched && step(back, period) !== step(back + period, period)) return false;
    }
    return words > 0;
  };

  const endsInLoop = (): boolean => {
    const last = normalised[(count - 1) & MASK];
    for (let period = 1; period <= REPETITION_LIMITS.exact.longestPeriod; period += 1) {
      // Tokens that are equal are equal with their digits normalised: this one comparison rules out nearly every period.
      if (normalised[(count - 1 - period) & MASK] !== last) continue;
      if (repeats(raw, period, needed(period, REPETITION_LIMITS.exact)) || countsOn(period)) return true;
    }
    return false;
  };

  const read = createTokenReader((token) => {
    const slot = count & MASK;
    raw[slot] = token.raw;
    normalised[slot] = token.normalised;
    values[slot] = token.value;
    count += 1;
    if (!found && count % REPETITION_LIMITS.checkEvery === 0) found = endsInLoop();
  });

  return {
    push(text) {
      if (!found) read(text);
    },
    get found() {
      return found;
    },
  };
}

/** The matches that make a loop of this period: every repeat but the first matches the one before it. */
function needed(period: number, { fewestRepeats, fewestTokens }: LoopLimits): number {
  return Math.max(fewestRepeats * period, fewestTokens) - period;
}
