import type { IncomingHttpHeaders } from 'node:http';

/** An answer that is older says nothing of now: a cache that is stuck would tell of health for ever. */
const OLDEST_MS = 15 * 60_000;
/** Rules take a status that was last read more than five minutes ago for unknown, so no page may ask for more. */
const LONGEST_CACHED_MS = 4 * 60_000;
const LONGEST_RETRY_AFTER_MS = 3_600_000;

/** Why an answer is too old to be believed, or `null`: by its `Age`, or by its `Date` and our clock. */
export function staleness({ age, date }: IncomingHttpHeaders, now: number): string | null {
  const aged = seconds(age) * 1000;
  if (aged > OLDEST_MS) return `age: the answer is ${minutes(aged)} old`;
  const since = date === undefined ? 0 : now - Date.parse(date);
  return since > OLDEST_MS ? `date: the answer is ${minutes(since)} old, or this machine's clock is ahead` : null;
}

/** Milliseconds that a refused request is to be held back: `Retry-After`, in seconds or as a date. */
export function retryAfter({ 'retry-after': value }: IncomingHttpHeaders, now: number): number {
  if (value === undefined) return 0;
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return wait > 0 ? Math.min(wait, LONGEST_RETRY_AFTER_MS) : 0;
}

/** Milliseconds for which the page says that it will not change: `max-age` of `Cache-Control`. */
export function freshFor({ age, 'cache-control': control = '' }: IncomingHttpHeaders): number {
  const maxAge = seconds(/\bmax-age=(\d+)/.exec(control)?.[1]);
  return Math.min(Math.max(maxAge - seconds(age), 0) * 1000, LONGEST_CACHED_MS);
}

const seconds = (text: string | undefined): number => (text !== undefined && /^\d+$/.test(text) ? Number(text) : 0);

const minutes = (milliseconds: number): string => `${Math.round(milliseconds / 60_000)} min`;
