import * as v from 'valibot';
import { type NamedStatus, wholePage } from '../../components.ts';
import { type Concern, concernOf, type Coverage, providersOf } from '../../coverage.ts';
import type { Incident } from '../../incident.ts';
import { modelsNamed } from '../../models-named.ts';
import { type Reading, type Status, understood, unknown } from '../../snapshot.ts';
import { formatOf } from '../format.ts';
import { parseJson, parseShape } from '../parse-json.ts';

/** AWS's code, by the code of its page. An open event that only informs is still no sign of health. */
const CODES: Readonly<Record<string, { readonly word: string; readonly impact: string; readonly status: Status }>> = {
  '0': { word: 'resolved', impact: 'none', status: 'operational' },
  '1': { word: 'informational', impact: 'minor', status: 'degraded' },
  '2': { word: 'degraded', impact: 'major', status: 'partial_outage' },
  '3': { word: 'disrupted', impact: 'critical', status: 'major_outage' },
};

const SECONDS = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform((seconds) => Number(seconds) * 1000),
  v.number('it is not a Unix time'),
);
const CODE = v.picklist(Object.keys(CODES));
const CATALOGUE = v.array(
  v.object({ service: v.string(), service_name: v.string(), region_id: v.optional(v.string()) }),
);
const CONCERNED = v.object({
  service: v.string(),
  service_name: v.string(),
  impacted_services: v.optional(v.record(v.string(), v.object({ service_name: v.string(), current: v.unknown() }))),
});
const EVENT = v.object({
  arn: v.string(),
  date: SECONDS,
  status: CODE,
  summary: v.string(),
  end_time: v.optional(SECONDS),
  event_log: v.optional(v.array(v.object({ message: v.optional(v.string()), timestamp: v.optional(SECONDS) })), []),
});

/** What is open now, and the components' statuses as the events give them. */
interface Events {
  readonly incidents: readonly Incident[];
  readonly affected: readonly NamedStatus[];
}

/**
 * AWS's public list of current events, in UTF-16, and its catalogue of services: a service that no event names is well
 * only if AWS still has it under that name. An outage of a region is one event of `Multiple services` that names the
 * services that it hits. Components are called `Amazon Bedrock (eu-west-1)`.
 *
 * @see https://health.aws.amazon.com/health/status
 */
export const AWS_HEALTH = formatOf({
  documents: [
    { path: '/public/currentevents', type: 'json', parse: parseEvents },
    { path: '/services.json', type: 'json', maxBytes: 32 * 1024 * 1024, parse: parseCatalogue },
  ],
  read: ([{ incidents, affected }, catalogue], coverage) => wholePage([...catalogue, ...affected], incidents, coverage),
});

function parseCatalogue(text: string, coverage: Coverage): Reading<readonly NamedStatus[]> {
  const catalogue = parseJson(text, CATALOGUE);
  if (catalogue.kind === 'unknown') return catalogue;
  return understood(
    catalogue.content
      .map(({ service, service_name, region_id }) => componentName(service, service_name, region_id))
      .filter((name) => providersOf(name, coverage).length > 0)
      .map((name) => ({ name, status: 'operational' })),
  );
}

function parseEvents(text: string, coverage: Coverage): Reading<Events> {
  const page = parseJson(text, v.array(v.unknown()));
  if (page.kind === 'unknown') return page;
  const incidents: Incident[] = [];
  const affected: NamedStatus[] = [];
  const problems: string[] = [];
  for (const [index, row] of page.content.entries()) {
    const reading = readEvent(row, `${index}`, coverage);
    if (reading.kind === 'unknown') problems.push(...reading.problems);
    else {
      incidents.push(...reading.content.incidents);
      affected.push(...reading.content.affected);
    }
  }
  return problems.length > 0 ? unknown(...problems) : understood({ incidents, affected });
}

/** Of an event that concerns no API, only the names are looked at. */
function readEvent(row: unknown, place: string, coverage: Coverage): Reading<Events> {
  const concerned = parseShape(row, CONCERNED, place);
  if (concerned.kind === 'unknown') return concerned;
  const { service, service_name, impacted_services = {} } = concerned.content;
  const impacted = Object.entries(impacted_services).map(([key, { service_name: name, current }]) => ({
    name: componentName(key, name),
    current,
    place: `${place}.impacted_services.${key}.current`,
  }));
  const own = componentName(service, service_name);
  const concern = concernOf([own, ...impacted.map(({ name }) => name)], coverage);
  if (concern === null) return understood({ incidents: [], affected: [] });

  const event = parseShape(row, EVENT, place);
  if (event.kind === 'unknown') return event;
  const { content } = event;
  const isOpen = content.status !== '0' && content.end_time === undefined;
  const affected: NamedStatus[] = [];
  for (const { name, current, place: at } of isOpen
    ? [{ name: own, current: content.status, place }, ...impacted]
    : []) {
    if (providersOf(name, coverage).length === 0) continue;
    const code = parseShape(current, CODE, at);
    if (code.kind === 'unknown') return code;
    affected.push({ name, status: CODES[code.content]?.status ?? 'degraded' });
  }
  return understood({ incidents: [toIncident(content, isOpen, concern)], affected });
}

function toIncident(event: v.InferOutput<typeof EVENT>, isOpen: boolean, concern: Concern): Incident {
  const { word = 'unclear', impact = 'unclear' } = CODES[event.status] ?? {};
  const times = event.event_log.flatMap(({ timestamp }) => timestamp ?? []);
  return {
    id: event.arn,
    name: event.summary,
    impact,
    status: word,
    isOpen,
    url: 'https://health.aws.amazon.com/health/status',
    // When it began stands in the prose only.
    startedAt: null,
    postedAt: event.date,
    updatedAt: times.length === 0 ? event.date : Math.max(...times),
    resolvedAt: event.end_time ?? null,
    ...concern,
    models: modelsNamed({
      headline: event.summary,
      bodies: event.event_log.flatMap(({ message }) => message ?? []),
    }),
  };
}

/** `bedrock-eu-west-1` of Amazon Bedrock → `Amazon Bedrock (eu-west-1)`. */
const componentName = (service: string, name: string, region = REGION.exec(service)?.[1] ?? 'global'): string =>
  `${name} (${region})`;

const REGION = /(?:^|-)([a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d+)$/;
