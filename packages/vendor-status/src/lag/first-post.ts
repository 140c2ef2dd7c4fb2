import type { Moment } from './evidence.ts';

/**
 * When a vendor first posted an incident: the time that it gives, unless the page was read between then and the first
 * reading that had the incident. Then the post is dated back, and came after that reading.
 *
 * @param posted as the vendor says, Unix time in seconds; `null` where it says nothing
 * @param firstSeen when a reading had it for the first time
 * @param readings all of them, in order
 */
export function firstPostOf(posted: number | null, firstSeen: number, readings: readonly number[]): Moment {
  const lastWithout = readings.findLast((time) => time < firstSeen) ?? null;
  if (posted === null || posted > firstSeen || (lastWithout !== null && posted <= lastWithout)) {
    return { at: firstSeen, after: lastWithout };
  }
  return { at: posted, after: posted };
}
