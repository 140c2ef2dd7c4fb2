import { serve } from './status-page.ts';

interface KeyValue {
  readonly key: string;
  readonly value: {
    readonly stringValue?: string;
    readonly doubleValue?: number;
    readonly arrayValue?: { readonly values: readonly { readonly stringValue: string }[] };
  };
}
interface Scoped {
  readonly metrics?: readonly {
    readonly name: string;
    readonly gauge: { readonly dataPoints: readonly (Point & { readonly attributes: readonly KeyValue[] })[] };
  }[];
  readonly logRecords?: readonly { readonly eventName: string; readonly attributes: readonly KeyValue[] }[];
}
interface Point {
  readonly asInt?: number;
  readonly asDouble?: number;
}
interface Resource {
  readonly resource: { readonly attributes: readonly KeyValue[] };
}
interface Payload {
  readonly resourceMetrics?: readonly (Resource & { readonly scopeMetrics: readonly Scoped[] })[];
  readonly resourceLogs?: readonly (Resource & { readonly scopeLogs: readonly Scoped[] })[];
}

/** Takes OTLP/HTTP as JSON on loopback and tells what came. */
export async function receiveOtlp() {
  const payloads: Payload[] = [];
  const server = await serve((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => void (body += chunk.toString()));
    request.on('end', () => {
      payloads.push(JSON.parse(body) as Payload);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  const scopes = () => [
    ...payloads.flatMap(({ resourceMetrics = [] }) => resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics)),
    ...payloads.flatMap(({ resourceLogs = [] }) => resourceLogs.flatMap(({ scopeLogs }) => scopeLogs)),
  ];
  return {
    ...server,
    /** Value and attributes of each point of a gauge. */
    points: (name: string) =>
      scopes()
        .flatMap(({ metrics = [] }) => metrics.filter((metric) => metric.name === name))
        .flatMap(({ gauge }) => gauge.dataPoints)
        .map(({ asInt, asDouble, attributes }) => ({ value: asInt ?? asDouble, ...flat(attributes) })),
    /** Attributes of what sent metrics, once for each time that it did. */
    resources: () =>
      payloads.flatMap(({ resourceMetrics = [] }) => resourceMetrics).map(({ resource }) => flat(resource.attributes)),
    /** Attributes of each record of an event. */
    events: (name: string) =>
      scopes()
        .flatMap(({ logRecords = [] }) => logRecords.filter(({ eventName }) => eventName === name))
        .map(({ attributes }) => flat(attributes)),
  };
}

const flat = (attributes: readonly KeyValue[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    attributes.map(({ key, value: { stringValue, doubleValue, arrayValue, ...other } }) => [
      key,
      stringValue ?? doubleValue ?? arrayValue?.values.map((entry) => entry.stringValue) ?? Object.values(other)[0],
    ]),
  );
