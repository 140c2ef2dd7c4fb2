import type { OtlpAttribute, OtlpMetric, OtlpPoint, OtlpSink } from './otlp-sink.ts';

export type Labels = Readonly<Record<string, string>>;

export interface Value {
  readonly labels: Labels;
  readonly value: number;
}

/** What a sink was told last by one service, and all events that it was told of. */
export interface Told {
  /** The values of a metric in the last export: a series that is not in it is absent. */
  values(metric: string, labels?: Labels): readonly Value[];
  /** Their sum. */
  sum(metric: string, labels?: Labels): number;
  events(name: string): readonly Labels[];
}

/** What a service has sent so far. Reads each request once. */
export function toldBy(sink: OtlpSink, service: string): Told {
  let read = 0;
  let metrics: readonly OtlpMetric[] = [];
  const events: { name: string | undefined; labels: Labels }[] = [];
  const catchUp = (): void => {
    for (const payload of sink.payloadsSince(read)) {
      for (const { resource, scopeMetrics } of payload.resourceMetrics ?? []) {
        if (isBy(service, resource)) metrics = scopeMetrics.flatMap((scope) => scope.metrics);
      }
      for (const { resource, scopeLogs } of payload.resourceLogs ?? []) {
        if (!isBy(service, resource)) continue;
        for (const { eventName, attributes } of scopeLogs.flatMap(({ logRecords }) => logRecords)) {
          events.push({ name: eventName, labels: labelsOf(attributes) });
        }
      }
    }
    read = sink.requests.length;
  };
  const values: Told['values'] = (metric, labels = {}) => {
    catchUp();
    return metrics
      .filter(({ name }) => name === metric)
      .flatMap(({ gauge, sum }) => gauge?.dataPoints ?? sum?.dataPoints ?? [])
      .map((point) => ({ labels: labelsOf(point.attributes), value: valueOf(point) }))
      .filter((point) => Object.entries(labels).every(([key, value]) => point.labels[key] === value));
  };
  return {
    values,
    sum: (metric, labels) => values(metric, labels).reduce((total, { value }) => total + value, 0),
    events(name) {
      catchUp();
      return events.filter((event) => event.name === name).map(({ labels }) => labels);
    },
  };
}

const isBy = (service: string, { attributes }: { readonly attributes: readonly OtlpAttribute[] }): boolean =>
  labelsOf(attributes)['service.name'] === service;

/** Everything as text; lists are joined by commas. */
function labelsOf(attributes: readonly OtlpAttribute[]): Labels {
  return Object.fromEntries(
    attributes.map(({ key, value: { arrayValue, ...plain } }) => [
      key,
      arrayValue === undefined
        ? String(Object.values(plain)[0])
        : (arrayValue.values ?? []).map((one) => String(Object.values(one)[0])).join(','),
    ]),
  );
}

const valueOf = ({ asInt, asDouble }: OtlpPoint): number => Number(asInt ?? asDouble);
