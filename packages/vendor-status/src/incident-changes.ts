import type { Incident, TrackedIncident } from './incident.ts';

/** What happened to an incident between two readings of a page. */
export type ChangeKind = 'opened' | 'updated' | 'resolved' | 'reopened' | 'edited';

export interface IncidentChange {
  /** `edited` is a change to one that was over and still is. */
  readonly kind: ChangeKind;
  readonly incident: TrackedIncident;
  /** What differs from the reading before. */
  readonly fields: readonly (keyof Incident)[];
  /** By our clock, in milliseconds since the epoch: when the reading was understood. */
  readonly seenAt: number;
}

/** What has been read of a vendor's incidents so far. */
export interface IncidentHistory {
  /** Milliseconds since the epoch; `null` before the first reading. */
  readonly readAt: number | null;
  readonly incidents: readonly TrackedIncident[];
}

export const NO_HISTORY: IncidentHistory = { readAt: null, incidents: [] };

const DAY_MS = 24 * 3_600_000;
/** An incident that the page has dropped is remembered for so long, in case that it comes back. */
const REMEMBERED_MS = 7 * DAY_MS;

const COMPARED = [
  'name',
  'impact',
  'status',
  'isOpen',
  'url',
  'startedAt',
  'postedAt',
  'updatedAt',
  'resolvedAt',
  'components',
  'providers',
  'models',
] as const satisfies readonly (keyof Incident)[];

/**
 * Compares a reading with what was known. Pure: the same reading again gives no change.
 *
 * - The first reading reports the incidents that are open; those that are over are history.
 * - One that appears when it is already over was posted late: it is `opened` and `resolved` at once.
 * - One that is no longer listed while open is `resolved`, without a time by the vendor.
 */
export function detectChanges(
  history: IncidentHistory,
  listed: readonly Incident[],
  now: number,
): { readonly history: IncidentHistory; readonly changes: readonly IncidentChange[] } {
  const before = new Map(history.incidents.map((incident) => [incident.id, incident]));
  const changes: IncidentChange[] = [];
  const report = (kind: ChangeKind, incident: TrackedIncident, fields: readonly (keyof Incident)[] = []) =>
    void changes.push({ kind, incident, fields, seenAt: now });

  const tracked = new Map<string, TrackedIncident>();
  for (const next of listed) {
    if (tracked.has(next.id)) continue;
    const known = before.get(next.id);
    const incident: TrackedIncident = {
      ...next,
      firstSeenAt: known?.firstSeenAt ?? now,
      wasThereAtStart: known?.wasThereAtStart ?? history.readAt === null,
    };
    tracked.set(next.id, incident);
    if (known === undefined) {
      if (next.isOpen) report('opened', incident);
      else if (isPostedLate(next, history.readAt)) {
        report('opened', incident);
        report('resolved', incident);
      }
      continue;
    }
    const fields = COMPARED.filter((field) => JSON.stringify(known[field]) !== JSON.stringify(next[field]));
    if (fields.length > 0) report(kindOf(known, next), incident, fields);
  }
  for (const known of before.values()) {
    if (tracked.has(known.id) || now - (known.updatedAt ?? known.firstSeenAt) > REMEMBERED_MS) continue;
    const incident = { ...known, isOpen: false };
    tracked.set(known.id, incident);
    if (known.isOpen) report('resolved', incident, ['isOpen']);
  }
  return { history: { readAt: now, incidents: [...tracked.values()] }, changes };
}

function kindOf(known: Incident, next: Incident): ChangeKind {
  if (known.isOpen) return next.isOpen ? 'updated' : 'resolved';
  return next.isOpen ? 'reopened' : 'edited';
}

/** Else it is an old one that moved up when the vendor took another off its list. */
function isPostedLate(incident: Incident, readAt: number | null): boolean {
  if (readAt === null) return false;
  const last = Math.max(incident.postedAt ?? 0, incident.updatedAt ?? 0, incident.resolvedAt ?? 0);
  return last >= readAt - DAY_MS;
}
