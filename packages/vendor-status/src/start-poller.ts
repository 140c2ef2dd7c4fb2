import type { IncidentChange } from './incident-changes.ts';
import { DEFAULT_PACE_MS, pollDelay } from './poll-delay.ts';
import { openIncidents } from './snapshot.ts';
import type { VendorWatch } from './vendor-watch.ts';

/** Told after each poll, with what happened to the vendor's incidents; must not throw. */
export type OnPoll = (watch: VendorWatch, changes: readonly IncidentChange[]) => void;

/** Polls each page at its own pace, so that one that is down does not hold up the others. Returns how to stop. */
export function startPoller(
  watches: readonly VendorWatch[],
  onPoll: OnPoll = () => {},
  paceMs: number = DEFAULT_PACE_MS,
): () => void {
  const timers = new Map<VendorWatch, NodeJS.Timeout>();
  let stopped = false;
  const next = async (watch: VendorWatch): Promise<void> => {
    const changes = await watch.poll();
    if (stopped) return;
    onPoll(watch, changes);
    const { knowledge, failures, waitMs } = watch;
    const hasIncident = knowledge.kind === 'known' && openIncidents(knowledge.snapshot).length > 0;
    // An application that is done is not kept alive by its poller.
    const delay = Math.max(pollDelay(paceMs, failures, hasIncident, Math.random()), waitMs);
    timers.set(watch, setTimeout(() => void next(watch), delay).unref());
  };
  for (const watch of watches) void next(watch);
  return () => {
    stopped = true;
    for (const timer of timers.values()) clearTimeout(timer);
  };
}
