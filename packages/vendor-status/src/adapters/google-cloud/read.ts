import * as v from 'valibot';
import { type NamedStatus, wholePage } from '../../components.ts';
import { type Concern, concernOf, type Coverage, providersOf } from '../../coverage.ts';
import type { Incident } from '../../incident.ts';
import { modelsNamed } from '../../models-named.ts';
import { type Reading, type Status, understood, unknown } from '../../snapshot.ts';
import { formatOf } from '../format.ts';
import { OPTIONAL_TIME, parseJson, parseShape } from '../parse-json.ts';

/** Google's grade of an incident → Statuspage's, and the status of the products that it names. */
const GRADES: Readonly<Record<string, { readonly impact: string; readonly status: Status }>> = {
  SERVICE_INFORMATION: { impact: 'minor', status: 'degraded' },
  SERVICE_DISRUPTION: { impact: 'major', status: 'partial_outage' },
  SERVICE_OUTAGE: { impact: 'critical', status: 'major_outage' },
};
const AVAILABLE = 'AVAILABLE';

const PRODUCTS = v.object({ products: v.array(v.object({ title: v.string() })) });
const NAMED = v.object({ affected_products: v.array(v.object({ title: v.string() })) });
const INCIDENT = v.object({
  id: v.string(),
  external_desc: v.string(),
  status_impact: v.picklist(Object.keys(GRADES)),
  uri: v.optional(v.nullable(v.string()), null),
  begin: OPTIONAL_TIME,
  created: OPTIONAL_TIME,
  modified: OPTIONAL_TIME,
  end: OPTIONAL_TIME,
  most_recent_update: v.optional(
    v.nullable(v.object({ status: v.optional(v.string()), text: v.optional(v.string()) })),
  ),
});

/**
 * Google Cloud's list of incidents of some years, and its list of products: without the second, a product that was
 * renamed would look well for ever. The Gemini developer API is in neither.
 *
 * @see https://status.cloud.google.com/incidents.schema.json
 */
export const GOOGLE_CLOUD = formatOf({
  documents: [
    { path: '/products.json', type: 'json', parse: parseProducts },
    { path: '/incidents.json', type: 'json', maxBytes: 32 * 1024 * 1024, parse: parseIncidents },
  ],
  read([products, incidents], coverage) {
    const affected = incidents
      .filter(({ isOpen }) => isOpen)
      .flatMap(({ components, impact }) => components.map((name) => ({ name, status: statusOf(impact) })));
    return wholePage([...products, ...affected], incidents, coverage);
  },
});

function parseProducts(text: string): Reading<readonly NamedStatus[]> {
  const page = parseJson(text, PRODUCTS);
  if (page.kind === 'unknown') return page;
  return understood(page.content.products.map(({ title }) => ({ name: title, status: 'operational' })));
}

/** Incidents of other products are not looked into: there are thousands. */
function parseIncidents(text: string, coverage: Coverage): Reading<readonly Incident[]> {
  const page = parseJson(text, v.array(v.unknown()));
  if (page.kind === 'unknown') return page;
  const incidents: Incident[] = [];
  const problems: string[] = [];
  for (const [index, row] of page.content.entries()) {
    const concern = concernOfRow(row, index, coverage, problems);
    if (concern === null) continue;
    const reading = parseShape(row, INCIDENT, `${index}`);
    if (reading.kind === 'unknown') problems.push(...reading.problems);
    else incidents.push(toIncident(reading.content, concern));
  }
  return problems.length > 0 ? unknown(...problems) : understood(incidents);
}

function concernOfRow(row: unknown, index: number, coverage: Coverage, problems: string[]): Concern | null {
  const named = parseShape(row, NAMED, `${index}`);
  if (named.kind === 'unknown') {
    problems.push(...named.problems);
    return null;
  }
  const titles = named.content.affected_products.map(({ title }) => title);
  return titles.some((title) => providersOf(title, coverage).length > 0) ? concernOf(titles, coverage) : null;
}

function toIncident(row: v.InferOutput<typeof INCIDENT>, concern: Concern): Incident {
  const latest = row.most_recent_update?.status;
  const graded = latest !== undefined && Object.hasOwn(GRADES, latest) ? latest : row.status_impact;
  const isOpen = row.end === null && latest !== AVAILABLE;
  return {
    id: row.id,
    name: row.external_desc,
    impact: GRADES[graded]?.impact ?? 'unclear',
    status: isOpen ? graded : AVAILABLE,
    isOpen,
    url: row.uri === null ? null : new URL(row.uri, 'https://status.cloud.google.com/').href,
    startedAt: row.begin,
    postedAt: row.created,
    updatedAt: row.modified,
    resolvedAt: row.end,
    ...concern,
    models: modelsNamed({
      headline: row.external_desc,
      bodies: row.most_recent_update?.text === undefined ? [] : [row.most_recent_update.text],
    }),
  };
}

const statusOf = (impact: string): Status =>
  Object.values(GRADES).find((grade) => grade.impact === impact)?.status ?? 'degraded';
