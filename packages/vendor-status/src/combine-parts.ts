import type { Incident } from './incident.ts';
import type { Part, Snapshot } from './snapshot.ts';

/** One snapshot of all that a vendor's documents say. */
export function combineParts(parts: readonly Part[]): Snapshot {
  const lists = parts.flatMap(({ incidents }) => (incidents === null ? [] : [incidents]));
  const byId = new Map<string, Incident>(lists.flat().map((incident) => [incident.id, incident]));
  return {
    components: parts.flatMap(({ components }) => components ?? []),
    incidents: lists.length === 0 ? null : [...byId.values()],
  };
}
