import * as v from 'valibot';
import { concernOf, rowsFor } from '../../concern.ts';
import type { Incident } from '../../incident.ts';
import { modelsNamed } from '../../models-named.ts';
import { type Component, type Part, type Reading, type Status, understood, unknown } from '../../snapshot.ts';
import type { Backing } from '../../vendors.ts';
import type { Format } from '../format.ts';
import { OPTIONAL_TIME, parseJson, parseRows, parseShape } from '../parse-json.ts';

/** `full_outage` is incident.io's word in its copy of the format. */
const STATUSES: Readonly<Record<string, Status>> = {
  operational: 'operational',
  degraded_performance: 'degraded',
  partial_outage: 'partial_outage',
  major_outage: 'major_outage',
  full_outage: 'major_outage',
  under_maintenance: 'maintenance',
};

/** Statuses of an incident that is over, and of maintenance that is over or has not begun. */
const NOT_OPEN = new Set(['resolved', 'postmortem', 'completed', 'scheduled']);

const SUMMARY = v.object({
  components: v.array(v.unknown()),
  scheduled_maintenances: v.optional(v.nullable(v.array(v.unknown())), null),
});
const NAMED = v.object({ name: v.string(), group: v.optional(v.nullable(v.boolean())) });
const STATUS = v.object({ status: v.picklist(Object.keys(STATUSES)) });

const INCIDENTS = v.object({ incidents: v.array(v.unknown()) });
const INCIDENT = v.object({
  id: v.string(),
  name: v.string(),
  impact: v.string(),
  status: v.string(),
  shortlink: v.optional(v.nullable(v.string()), null),
  created_at: OPTIONAL_TIME,
  started_at: OPTIONAL_TIME,
  updated_at: OPTIONAL_TIME,
  resolved_at: OPTIONAL_TIME,
  scheduled_for: OPTIONAL_TIME,
  components: v.optional(v.nullable(v.array(v.object({ name: v.string() })))),
  incident_updates: v.optional(
    v.nullable(
      v.array(
        v.object({
          body: v.optional(v.nullable(v.string()), null),
          affected_components: v.optional(v.nullable(v.array(v.object({ name: v.optional(v.string()) })))),
        }),
      ),
    ),
  ),
});

/**
 * Statuspage v2, and incident.io's copy of it, which has no incidents in its summary.
 *
 * @see https://metastatuspage.com/api
 */
export const STATUSPAGE: Format = {
  documents: [
    { path: '/api/v2/summary.json', read: readSummary },
    { path: '/api/v2/incidents.json', read: readIncidents },
  ],
};

/**
 * A component that backs no API may have any shape; one that does and cannot be read, or is missing, makes all of it
 * unknown, because half a page may hide the half that is broken.
 */
function readSummary(text: string, backing: readonly Backing[]): Reading<Part> {
  const summary = parseJson(text, SUMMARY);
  if (summary.kind === 'unknown') return summary;
  const problems: string[] = [];
  const components = summary.content.components.flatMap((row, index): readonly Component[] => {
    const named = v.safeParse(NAMED, row);
    if (!named.success || named.output.group === true) return [];
    const { name } = named.output;
    const rows = rowsFor(name, backing);
    if (rows.length === 0) return [];
    const reading = parseShape(row, STATUS, `components.${index}`);
    if (reading.kind === 'unknown') problems.push(...reading.problems);
    const status = reading.kind === 'understood' ? STATUSES[reading.content.status] : undefined;
    return status === undefined ? [] : rows.map(({ provider }) => ({ name, status, provider }));
  });
  if (problems.length === 0) {
    const missing = backing.filter((row) => !components.some(({ name }) => name.startsWith(row.component)));
    problems.push(...missing.map((row) => `components: none is named "${row.component}", which backs an API`));
  }
  const maintenances = parseIncidents(
    summary.content.scheduled_maintenances ?? [],
    'scheduled_maintenances',
    backing,
    problems,
  );
  if (problems.length > 0) return unknown(...problems);
  return understood({ components, incidents: maintenances.length === 0 ? null : maintenances });
}

function readIncidents(text: string, backing: readonly Backing[]): Reading<Part> {
  const page = parseJson(text, INCIDENTS);
  if (page.kind === 'unknown') return page;
  const problems: string[] = [];
  const incidents = parseIncidents(page.content.incidents, 'incidents', backing, problems);
  return problems.length > 0 ? unknown(...problems) : understood({ components: null, incidents });
}

function parseIncidents(
  rows: readonly unknown[],
  place: string,
  backing: readonly Backing[],
  problems: string[],
): readonly Incident[] {
  return parseRows(rows, INCIDENT, place, problems).flatMap((row): readonly Incident[] => {
    const updates = row.incident_updates ?? [];
    // Components are sometimes unlinked when an incident is resolved; its updates still tell which they were.
    const named = [...(row.components ?? []), ...updates.flatMap((update) => update.affected_components ?? [])];
    const concern = concernOf(
      named.flatMap(({ name }) => (name === undefined ? [] : [name])),
      backing,
    );
    if (concern === null) return [];
    return [
      {
        id: row.id,
        name: row.name,
        impact: row.impact,
        status: row.status,
        isOpen: !NOT_OPEN.has(row.status),
        url: row.shortlink,
        startedAt: row.scheduled_for ?? row.started_at,
        postedAt: row.created_at,
        updatedAt: row.updated_at,
        resolvedAt: row.resolved_at,
        ...concern,
        models: modelsNamed(
          row.name,
          updates.flatMap(({ body }) => body ?? []),
        ),
      },
    ];
  });
}
