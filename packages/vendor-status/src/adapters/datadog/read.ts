import * as v from 'valibot';
import { type NamedStatus, wholePage } from '../../components.ts';
import { concernOf, type Coverage, providersOf } from '../../coverage.ts';
import type { Incident } from '../../incident.ts';
import { modelsNamed } from '../../models-named.ts';
import { type Reading, type Snapshot, type Status, unknown } from '../../snapshot.ts';
import { formatOf } from '../format.ts';
import { OPTIONAL_TIME, parseJson, parseRows, parseShape, TIME } from '../parse-json.ts';

/** Datadog's word → the status, and the impact of an incident that gives a component this status. */
const STATUSES: Readonly<Record<string, { readonly status: Status; readonly impact: string }>> = {
  operational: { status: 'operational', impact: 'none' },
  maintenance: { status: 'maintenance', impact: 'maintenance' },
  degraded: { status: 'degraded', impact: 'minor' },
  partial_outage: { status: 'partial_outage', impact: 'major' },
  major_outage: { status: 'major_outage', impact: 'critical' },
};
/** From the mildest to the worst. */
const IMPACTS = ['none', 'maintenance', 'minor', 'major', 'critical'];
const NOT_OPEN = new Set(['resolved', 'completed', 'canceled', 'scheduled']);

const PAGE = v.object({
  components: v.array(v.unknown()),
  incidents: v.array(v.unknown()),
  maintenances: v.nullable(v.array(v.unknown())),
  pageUrl: v.optional(v.string()),
});
const NODE = v.object({ name: v.string(), components: v.optional(v.nullable(v.array(v.unknown())), null) });
const WORD = v.picklist(Object.keys(STATUSES));
const STATUS = v.object({ status: WORD });
const AFFECTED = v.optional(v.nullable(v.array(v.object({ name: v.string(), status: v.optional(v.string()) }))), null);
const INCIDENT = v.object({
  id: v.string(),
  title: v.string(),
  currentStatus: v.string(),
  deletedAt: v.optional(v.nullable(v.string()), null),
  publishedDate: OPTIONAL_TIME,
  startDate: OPTIONAL_TIME,
  lastModifiedAt: OPTIONAL_TIME,
  resolvedDate: v.optional(
    v.nullable(
      v.union([
        v.pipe(
          v.literal(''),
          v.transform(() => null),
        ),
        TIME,
      ]),
    ),
    null,
  ),
  componentsAffected: AFFECTED,
  timeline: v.optional(
    v.nullable(
      v.array(
        v.object({ createdAt: OPTIONAL_TIME, description: v.optional(v.string(), ''), componentsAffected: AFFECTED }),
      ),
    ),
  ),
});

/** Datadog's status pages: one document, that the page itself reads. It is public and not documented. */
export const DATADOG = formatOf({
  documents: [{ path: '/config.json', type: 'json', parse: (text) => parseJson(text, PAGE) }],
  read([page], coverage): Reading<Snapshot> {
    const problems: string[] = [];
    const components = componentsOf(page.components, 'components', coverage, problems);
    const incidents = [
      ...parseRows(page.incidents, INCIDENT, 'incidents', problems),
      ...parseRows(page.maintenances ?? [], INCIDENT, 'maintenances', problems),
    ].flatMap((row) => toIncident(row, page.pageUrl, coverage));
    return problems.length > 0 ? unknown(...problems) : wholePage(components, incidents, coverage);
  },
});

/** Groups hold components, one level deep or more. */
function componentsOf(
  nodes: readonly unknown[],
  place: string,
  coverage: Coverage,
  problems: string[],
  depth = 0,
): readonly NamedStatus[] {
  return nodes.flatMap((node, index): readonly NamedStatus[] => {
    const at = `${place}.${index}`;
    const named = parseShape(node, NODE, at);
    if (named.kind === 'unknown') {
      problems.push(...named.problems);
      return [];
    }
    const { name, components } = named.content;
    if (components !== null && components.length > 0) {
      if (depth < DEEPEST) return componentsOf(components, `${at}.components`, coverage, problems, depth + 1);
      problems.push(`${at}: groups are nested more than ${DEEPEST} deep`);
      return [];
    }
    if (providersOf(name, coverage).length === 0) return [];
    const reading = parseShape(node, STATUS, at);
    if (reading.kind === 'unknown') problems.push(...reading.problems);
    const status = reading.kind === 'understood' ? STATUSES[reading.content.status]?.status : undefined;
    return status === undefined ? [] : [{ name, status }];
  });
}

const DEEPEST = 5;

function toIncident(
  row: v.InferOutput<typeof INCIDENT>,
  pageUrl: string | undefined,
  coverage: Coverage,
): readonly Incident[] {
  const timeline = row.timeline ?? [];
  const affected = [...(row.componentsAffected ?? []), ...timeline.flatMap((entry) => entry.componentsAffected ?? [])];
  const concern = concernOf(
    affected.map(({ name }) => name),
    coverage,
  );
  if (concern === null || row.deletedAt !== null) return [];
  const impacts = affected.flatMap(({ status = '' }) =>
    Object.hasOwn(STATUSES, status) ? (STATUSES[status]?.impact ?? []) : [],
  );
  return [
    {
      id: row.id,
      name: row.title,
      impact: IMPACTS.findLast((impact) => impacts.includes(impact)) ?? 'unclear',
      status: row.currentStatus,
      isOpen: !NOT_OPEN.has(row.currentStatus),
      url: pageUrl === undefined ? null : `${pageUrl}/incidents/${encodeURIComponent(row.id)}`,
      // The date of publication can be set back; what the page's own clock wrote is in the timeline.
      startedAt: row.publishedDate ?? row.startDate,
      postedAt: earliest(timeline.flatMap(({ createdAt }) => createdAt ?? [])),
      updatedAt: row.lastModifiedAt,
      resolvedAt: row.resolvedDate,
      ...concern,
      models: modelsNamed({ headline: row.title, bodies: timeline.map(({ description }) => description) }),
    },
  ];
}

const earliest = (times: readonly number[]): number | null => (times.length === 0 ? null : Math.min(...times));
