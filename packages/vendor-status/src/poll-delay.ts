const NORMAL_MS = 60_000;
const DURING_INCIDENT_MS = 30_000;
const LONGEST_MS = 15 * 60_000;
const JITTER = 0.2;

/**
 * Milliseconds until the next poll: doubled for each failure in a row up to 15 minutes, ±20 % so that pollers do not
 * fall into step. `random` is from 0 to 1.
 */
export function pollDelay(failures: number, hasIncident: boolean, random: number): number {
  const base = hasIncident ? DURING_INCIDENT_MS : NORMAL_MS;
  const backedOff = Math.min(base * 2 ** failures, LONGEST_MS);
  return backedOff * (1 - JITTER + 2 * JITTER * random);
}
