/** How often a page is read; longer than vendors are known to mind, shorter than an incident. */
export const DEFAULT_PACE_MS = 60_000;

const SHARE_DURING_INCIDENT = 0.5;
const LONGEST_PACES = 15;
const JITTER = 0.2;

/**
 * Milliseconds until the next poll: half the pace during an incident, doubled for each failure in a row up to 15 times
 * the pace (a quarter of an hour, if nothing else is said), ±20 % so that pollers do not fall into step. `random` is from 0
 * to 1.
 */
export function pollDelay(paceMs: number, failures: number, hasIncident: boolean, random: number): number {
  const base = hasIncident ? paceMs * SHARE_DURING_INCIDENT : paceMs;
  const backedOff = Math.min(base * 2 ** failures, paceMs * LONGEST_PACES);
  return backedOff * (1 - JITTER + 2 * JITTER * random);
}
