import * as v from 'valibot';
import { type NamedStatus, wholePage } from '../../components.ts';
import { concernOf, type Coverage } from '../../coverage.ts';
import type { Incident } from '../../incident.ts';
import { modelsNamed } from '../../models-named.ts';
import type { Status } from '../../snapshot.ts';
import { formatOf } from '../format.ts';
import { OPTIONAL_TIME, parseJson } from '../parse-json.ts';

/** Checkly's severity → Statuspage's impact, and the status of the services that an open incident names. */
const SEVERITIES: Readonly<Record<string, { readonly impact: string; readonly status: Status }>> = {
  MINOR: { impact: 'minor', status: 'degraded' },
  MEDIUM: { impact: 'minor', status: 'degraded' },
  MAJOR: { impact: 'major', status: 'partial_outage' },
  CRITICAL: { impact: 'critical', status: 'major_outage' },
};

const SERVICES = v.object({
  // The page's own word for a half.
  partialError: v.optional(v.literal(false)),
  metadata: v.array(v.object({ services: v.array(v.object({ id: v.string(), name: v.string() })) })),
});
const INCIDENTS = v.object({
  incidents: v.array(
    v.object({
      id: v.string(),
      name: v.string(),
      severity: v.picklist(Object.keys(SEVERITIES)),
      lastUpdateStatus: v.string(),
      created_at: OPTIONAL_TIME,
      updated_at: OPTIONAL_TIME,
      services: v.optional(v.nullable(v.array(v.object({ id: v.optional(v.string()), name: v.optional(v.string()) })))),
    }),
  ),
});
type Row = v.InferOutput<typeof INCIDENTS>['incidents'][number];

/**
 * Checkly's status pages, from the documents that the page itself reads: public, not documented, and only of incidents
 * that are not over. An open one that names no service makes every service's status unknown: any may be the one.
 */
export const CHECKLY = formatOf({
  documents: [
    { path: '/uptime', type: 'json', parse: (text) => parseJson(text, SERVICES) },
    { path: '/unresolved-incidents', type: 'json', parse: (text) => parseJson(text, INCIDENTS) },
  ],
  read([{ metadata }, { incidents }], coverage) {
    const services = metadata.flatMap((group) => group.services);
    const names = new Map(services.map(({ id, name }) => [id, name]));
    const open = incidents.filter(({ lastUpdateStatus }) => lastUpdateStatus !== 'RESOLVED');
    const affected = open.flatMap((row): readonly NamedStatus[] =>
      servicesOf(row, names).map((name) => ({ name, status: SEVERITIES[row.severity]?.status ?? 'degraded' })),
    );
    const well = services.map(({ name }): NamedStatus => ({ name, status: 'operational' }));
    const reading = wholePage(
      [...well, ...affected],
      incidents.flatMap((row) => toIncident(row, names, coverage)),
      coverage,
    );
    const isVague = open.some((row) => servicesOf(row, names).length === 0);
    if (!isVague || reading.kind === 'unknown') return reading;
    return { ...reading, content: { ...reading.content, components: [] } };
  },
});

const servicesOf = ({ services }: Row, names: ReadonlyMap<string, string>): readonly string[] =>
  (services ?? []).flatMap(({ id, name }) => names.get(id ?? '') ?? name ?? []);

function toIncident(row: Row, names: ReadonlyMap<string, string>, coverage: Coverage): readonly Incident[] {
  const concern = concernOf(servicesOf(row, names), coverage);
  if (concern === null) return [];
  return [
    {
      id: row.id,
      name: row.name,
      impact: SEVERITIES[row.severity]?.impact ?? 'unclear',
      status: row.lastUpdateStatus.toLowerCase(),
      isOpen: row.lastUpdateStatus !== 'RESOLVED',
      url: null,
      startedAt: null,
      postedAt: row.created_at,
      updatedAt: row.updated_at,
      resolvedAt: null,
      ...concern,
      models: modelsNamed({ headline: row.name }),
    },
  ];
}
