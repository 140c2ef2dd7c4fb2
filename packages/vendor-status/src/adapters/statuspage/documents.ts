import * as v from 'valibot';
import type { NamedStatus } from '../../components.ts';
import { concernOf, type Coverage, providersOf } from '../../coverage.ts';
import type { Incident } from '../../incident.ts';
import { modelsNamed } from '../../models-named.ts';
import { type Reading, type Status, understood, unknown } from '../../snapshot.ts';
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

/** Of an incident that is over, and of maintenance that is over or has not begun. */
const NOT_OPEN = new Set(['resolved', 'postmortem', 'completed', 'scheduled']);

const COMPONENTS = v.object({
  page: v.optional(v.object({ updated_at: OPTIONAL_TIME }), { updated_at: null }),
  components: v.array(v.unknown()),
  scheduled_maintenances: v.optional(v.nullable(v.array(v.unknown())), null),
});
const NAMED = v.object({ name: v.string(), group: v.optional(v.nullable(v.boolean())) });
const STATUS = v.object({ status: v.picklist(Object.keys(STATUSES)) });
const REFERENCES = v.optional(v.nullable(v.array(v.object({ name: v.optional(v.string()) }))));

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
  components: REFERENCES,
  incident_updates: v.optional(
    v.nullable(v.array(v.object({ body: v.optional(v.nullable(v.string()), null), affected_components: REFERENCES }))),
  ),
});

/** What `summary.json` and `components.json` say. */
export interface ComponentsPage {
  readonly components: readonly NamedStatus[];
  readonly maintenances: readonly Incident[];
  /** Milliseconds since the epoch. */
  readonly writtenAt: number | null;
}

/**
 * Reads `summary.json` or `components.json`. A component that backs no API may have any shape; one that does and cannot
 * be read makes all of it unknown, because half a page may hide the half that is broken.
 */
export function parseComponents(text: string, coverage: Coverage): Reading<ComponentsPage> {
  const page = parseJson(text, COMPONENTS);
  if (page.kind === 'unknown') return page;
  const problems: string[] = [];
  const components = page.content.components.flatMap((row, index): readonly NamedStatus[] => {
    const named = v.safeParse(NAMED, row);
    if (!named.success || named.output.group === true) return [];
    const { name } = named.output;
    if (providersOf(name, coverage).length === 0) return [];
    const reading = parseShape(row, STATUS, `components.${index}`);
    if (reading.kind === 'unknown') problems.push(...reading.problems);
    const status = reading.kind === 'understood' ? STATUSES[reading.content.status] : undefined;
    return status === undefined ? [] : [{ name, status }];
  });
  const rows = page.content.scheduled_maintenances ?? [];
  const maintenances = toIncidents(rows, 'scheduled_maintenances', coverage, problems);
  return problems.length > 0
    ? unknown(...problems)
    : understood({ components, maintenances, writtenAt: page.content.page.updated_at });
}

/** Reads `incidents.json`: the last 50 on Statuspage, open and over. */
export function parseIncidents(text: string, coverage: Coverage): Reading<readonly Incident[]> {
  const page = parseJson(text, INCIDENTS);
  if (page.kind === 'unknown') return page;
  const problems: string[] = [];
  const incidents = toIncidents(page.content.incidents, 'incidents', coverage, problems);
  return problems.length > 0 ? unknown(...problems) : understood(incidents);
}

function toIncidents(
  rows: readonly unknown[],
  place: string,
  coverage: Coverage,
  problems: string[],
): readonly Incident[] {
  return parseRows(rows, INCIDENT, place, problems).flatMap((row): readonly Incident[] => {
    const updates = row.incident_updates ?? [];
    // Components are sometimes unlinked when an incident is resolved; its updates still tell which they were.
    const named = [...(row.components ?? []), ...updates.flatMap((update) => update.affected_components ?? [])];
    const concern = concernOf(
      named.flatMap(({ name }) => name ?? []),
      coverage,
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
        models: modelsNamed({
          headline: row.name,
          bodies: updates.flatMap(({ body }) => body ?? []),
          components: concern.components,
        }),
      },
    ];
  });
}
