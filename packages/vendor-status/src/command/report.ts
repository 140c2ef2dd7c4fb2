import Table from 'cli-table3';
import type { TrackedIncident } from '../incident.ts';
import { type Component, openIncidents, type Snapshot } from '../snapshot.ts';
import type { VendorWatch } from '../vendor-watch.ts';

/** Components that are well are listed by name up to so many, and counted from there on. */
const MOST_NAMED = 4;

/** A table for people: what is known of each vendor's components, or why it is not; its open incidents beside them. */
export function formatTable(watches: readonly VendorWatch[]): string {
  const table = new Table({
    head: ['vendor', 'component', 'status', 'open incidents'],
    style: { head: [], border: [] },
  });
  for (const { vendor, knowledge } of watches) {
    if (knowledge.kind === 'unknown') {
      table.push([vendor.name, '', 'unknown', knowledge.problems.map(printable).join('\n')]);
      continue;
    }
    const [[component, status] = ['', 'not told by the page'], ...others] = componentRows(knowledge.snapshot);
    const rowSpan = others.length + 1;
    const said = [...incidentLines(knowledge.snapshot), ...knowledge.notes.map((note) => `not read: ${note}`)].map(
      printable,
    );
    table.push(
      [{ rowSpan, content: vendor.name }, component, status, { rowSpan, content: said.join('\n') }],
      ...others.map((row) => [...row]),
    );
  }
  return `${table.toString()}\n`;
}

/** Name and status; those in trouble first. */
function componentRows({ components }: Snapshot): readonly (readonly [string, string])[] {
  const rowOf = ({ name, status }: Component) => [printable(name), status] as const;
  // A component that backs two APIs is one on the page.
  const named = [...new Map(components.map((component) => [component.name, component])).values()];
  const trouble = named.filter(({ status }) => status !== 'operational');
  const well = named.filter(({ status }) => status === 'operational');
  if (well.length <= MOST_NAMED) return [...trouble, ...well].map(rowOf);
  const count = `${trouble.length === 0 ? 'all' : 'the other'} ${well.length}`;
  return [...trouble.map(rowOf), [count, 'operational']];
}

function incidentLines(snapshot: Snapshot): readonly string[] {
  if (snapshot.incidents === null) return ['not listed by the page'];
  return openIncidents(snapshot).map(({ name, impact, status, models }) => {
    const about = models === 'unclear' ? [] : [models.join(', ')];
    return `${name} (${[`impact ${impact}`, status, ...about].join('; ')})`;
  });
}

/** A page's text cannot steer the terminal. */
export const printable = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ');

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
