import { readAttributes, readTexts, type OtlpLog, type OtlpMetric } from './otlp.ts';

/** What the poller's metrics said of the vendors' status pages at one time. Times are seconds since the load began. */
export interface PageSample {
  readonly at: number;
  readonly components: readonly PageComponent[];
  /** When each vendor's page was last read and understood. */
  readonly readAt: ReadonlyMap<string, number>;
}

interface PageComponent {
  readonly vendor: string;
  readonly provider: string;
  /** 0 is operational. */
  readonly status: number;
}

/** What became of an incident, as the poller tells it. Times are seconds since the load began. */
export interface IncidentEvent {
  readonly at: number;
  readonly vendor: string;
  readonly provider: string;
  /** `opened`, `updated`, `resolved`, … */
  readonly change: string;
  readonly id: string;
  readonly name: string;
  readonly url: string | null;
  /** How the ids of the models that it names begin; `unclear` alone where it names none. */
  readonly models: readonly string[];
  /** By the vendor's clock: the first post, the beginning that it claims, and the end. */
  readonly posted: number | null;
  readonly started: number | null;
  readonly resolved: number | null;
  readonly firstSeen: number;
}

export interface PageTelemetry {
  readonly samples: readonly PageSample[];
  readonly events: readonly IncidentEvent[];
}

/** `brownout.vendor.status`, in words. */
const STATUSES = ['operational', 'degraded', 'partial outage', 'major outage', 'maintenance'] as const;

/** A sample that is older says nothing any more. */
const FRESH_SECONDS = 5;

/** @param origin when the load began, in seconds since the Unix epoch */
export function readPageSample(at: number, metrics: readonly OtlpMetric[], origin: number): PageSample | null {
  const points = (metric: string) =>
    metrics
      .filter(({ name }) => name === metric)
      .flatMap(({ gauge }) => gauge?.dataPoints ?? [])
      .map((point) => ({
        attributes: readAttributes(point.attributes),
        value: Number(point.asInt ?? point.asDouble ?? 0),
      }));
  const readAt = points('brownout.vendor.last_success');
  if (readAt.length === 0) return null;
  return {
    at,
    components: points('brownout.vendor.status').map(({ attributes, value }) => ({
      vendor: String(attributes['brownout.vendor']),
      provider: String(attributes['gen_ai.provider.name']),
      status: value,
    })),
    readAt: new Map(readAt.map(({ attributes, value }) => [String(attributes['brownout.vendor']), value - origin])),
  };
}

/** @param origin when the load began, in seconds since the Unix epoch */
export function readIncidentEvents(logs: readonly OtlpLog[], origin: number): readonly IncidentEvent[] {
  return logs.flatMap(({ eventName, timeUnixNano, attributes: list }) => {
    if (eventName !== 'brownout.vendor.incident') return [];
    const attributes = readAttributes(list);
    const text = (key: string) => String(attributes[key] ?? '');
    const time = (key: string) => (attributes[key] === undefined ? null : Number(attributes[key]) - origin);
    return [
      {
        at: Number(timeUnixNano) / 1e9 - origin,
        vendor: text('brownout.vendor'),
        provider: text('gen_ai.provider.name'),
        change: text('brownout.vendor.incident.change'),
        id: text('brownout.vendor.incident.id'),
        name: text('brownout.vendor.incident.name'),
        url: text('brownout.vendor.incident.url') || null,
        models: readTexts(list, 'brownout.vendor.incident.models'),
        posted: time('brownout.vendor.incident.posted'),
        started: time('brownout.vendor.incident.started'),
        resolved: time('brownout.vendor.incident.resolved'),
        firstSeen: time('brownout.vendor.incident.first_seen') ?? 0,
      },
    ];
  });
}

export interface PageState {
  readonly status: (typeof STATUSES)[number] | 'unknown';
  /** The newest incident that was open, or `null`. */
  readonly incident: IncidentEvent | null;
}

/** What the page of a provider's vendor said at a time, as far as the poller had told of it. */
export function pageStateAt({ samples, events }: PageTelemetry, provider: string, at: number): PageState {
  const sample = samples.findLast((one) => one.at <= at);
  const statuses = (sample?.components ?? []).filter((one) => one.provider === provider).map(({ status }) => status);
  const isKnown = sample !== undefined && at - sample.at < FRESH_SECONDS && statuses.length > 0;
  const told = events.filter((event) => event.provider === provider && event.at <= at);
  const newest = [...new Map(told.map((event) => [event.id, event])).values()].findLast(
    ({ change }) => change !== 'resolved' && change !== 'edited',
  );
  return { status: isKnown ? (STATUSES[Math.max(...statuses)] ?? 'unknown') : 'unknown', incident: newest ?? null };
}
