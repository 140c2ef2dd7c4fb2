import Table from 'cli-table3';
import type { TrackedIncident } from '../incident.ts';
import { openIncidents } from '../snapshot.ts';
import type { VendorWatch } from '../vendor-watch.ts';

/** A table for people: a row for each component, or one that says why the status is unknown. */
export function formatTable(watches: readonly VendorWatch[]): string {
  const table = new Table({
    head: ['vendor', 'component', 'status', 'open incidents'],
    style: { head: [], border: [] },
  });
  for (const { vendor, knowledge } of watches) {
    if (knowledge.kind === 'unknown') {
      table.push([vendor.name, '', 'unknown', knowledge.problems.join('\n')]);
      continue;
    }
    const { components, incidents } = knowledge.snapshot;
    const said =
      incidents === null
        ? 'not listed by the page'
        : openIncidents(knowledge.snapshot)
            .map(({ name }) => name)
            .join('\n');
    for (const { name, status } of components) table.push([vendor.name, name, status, said]);
    if (components.length === 0) table.push([vendor.name, '', 'not told by the page', said]);
    for (const note of knowledge.notes) table.push([vendor.name, '', '', `not read: ${note}`]);
  }
  return `${table.toString()}\n`;
}

/** Times are ISO 8601; of incidents, those that are over are listed too. */
export function toJson(watches: readonly VendorWatch[]): string {
  const rows = watches.map(({ vendor, knowledge, incidents, lastSuccess }) => ({
    vendor: vendor.name,
    lastSuccess: time(lastSuccess === null ? null : lastSuccess * 1000),
    ...(knowledge.kind === 'unknown'
      ? knowledge
      : {
          kind: knowledge.kind,
          notes: knowledge.notes,
          components: knowledge.snapshot.components,
          incidents: knowledge.snapshot.incidents === null ? null : incidents.map(incidentRow),
        }),
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}

const incidentRow = (incident: TrackedIncident) => ({
  ...incident,
  startedAt: time(incident.startedAt),
  postedAt: time(incident.postedAt),
  updatedAt: time(incident.updatedAt),
  resolvedAt: time(incident.resolvedAt),
  firstSeenAt: time(incident.firstSeenAt),
});

const time = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : new Date(milliseconds).toISOString();
