import { describe, expect, it } from 'vitest';
import { detectBrownout, type DatedOutcome } from './detect-brownout.ts';

const USABLE = { verdict: 'usable', reason: 'ok', fault: 'none', transport: 'up' };
const STALLED = { verdict: 'unusable', reason: 'stalled', fault: 'vendor', transport: 'up' };
const OUTAGE = { verdict: 'unusable', reason: 'server_error', fault: 'vendor', transport: 'down' };
const WRONG_KEY = { verdict: 'unusable', reason: 'auth', fault: 'caller', transport: 'down' };
const LENGTH = { verdict: 'degraded', reason: 'truncated', fault: 'none', transport: 'up' };

/** Two calls a second, for so many seconds. */
function calls(seconds: number, outcomeAt: (second: number) => typeof USABLE): DatedOutcome[] {
  return Array.from({ length: seconds * 2 }, (_, index) => ({ start: index / 2, ...outcomeAt(index / 2) }));
}

const between = (from: number, to: number, outcome: typeof USABLE) => (second: number) =>
  second >= from && second < to ? outcome : USABLE;

describe('detectBrownout', () => {
  it('dates a brownout by its first and its last brownout call', () => {
    expect(detectBrownout(calls(60, between(20, 40, STALLED)), 60)).toEqual({ onset: 20, end: 39.5 });
  });

  it('finds it whatever the order in which the calls were reported', () => {
    expect(detectBrownout(calls(60, between(20, 40, STALLED)).toReversed(), 60)).toEqual({ onset: 20, end: 39.5 });
  });

  it('leaves the end open while the last window may still go on', () => {
    expect(detectBrownout(calls(30, between(20, 99, STALLED)), 30)).toEqual({ onset: 20, end: null });
    expect(detectBrownout(calls(30, between(20, 99, STALLED)), 34.6)).toEqual({ onset: 20, end: 29.5 });
  });

  it('is silent about a few bad calls among many', () => {
    expect(detectBrownout(calls(60, between(20, 21, STALLED)), 60)).toBeNull();
  });

  it('fires at a quarter of the calls of a window and is silent below it', () => {
    const every = (count: number) => (second: number) => ((second * 2) % count === 0 ? STALLED : USABLE);
    expect(detectBrownout(calls(60, every(4)), 60)).not.toBeNull();
    expect(detectBrownout(calls(60, every(8)), 60)).toBeNull();
  });

  it('judges nothing by fewer than five calls', () => {
    const few = (count: number) => Array.from({ length: count }, (_, index) => ({ start: index, ...STALLED }));
    expect(detectBrownout(few(4), 60)).toBeNull();
    expect(detectBrownout(few(5), 60)).toEqual({ onset: 0, end: 4 });
  });

  it.each([
    ['an outage, which uptime monitoring sees', OUTAGE],
    ["the caller's own mistakes", WRONG_KEY],
    ['answers that reached their length limit', LENGTH],
  ])('is silent about %s', (_, outcome) => {
    expect(detectBrownout(calls(60, between(20, 40, outcome)), 60)).toBeNull();
  });

  it('takes two spells with less than a window between them for one', () => {
    const twice = (second: number) => (second >= 20 && second < 40 && (second < 28 || second >= 31) ? STALLED : USABLE);
    expect(detectBrownout(calls(60, twice), 60)).toEqual({ onset: 20, end: 39.5 });
  });

  it('reports the longest of several', () => {
    const twice = (second: number) => ((second >= 5 && second < 9) || (second >= 30 && second < 40) ? STALLED : USABLE);
    expect(detectBrownout(calls(60, twice), 60)).toEqual({ onset: 30, end: 39.5 });
  });
});
