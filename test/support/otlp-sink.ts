import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** The parts of OTLP/JSON that tests look at. https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
export interface OtlpAttribute {
  readonly key: string;
  readonly value: OtlpPlainValue & { readonly arrayValue?: { readonly values?: readonly OtlpPlainValue[] } };
}
interface OtlpPlainValue {
  readonly stringValue?: string;
  readonly intValue?: number;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
}
export interface OtlpSpan {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly OtlpAttribute[];
  readonly droppedAttributesCount?: number;
}
export interface OtlpMetric {
  readonly name: string;
  readonly unit?: string;
  readonly sum?: { readonly dataPoints: readonly OtlpPoint[] };
  readonly gauge?: { readonly dataPoints: readonly OtlpPoint[] };
  readonly histogram?: { readonly dataPoints: readonly OtlpHistogramPoint[] };
}
export interface OtlpPoint {
  readonly attributes: readonly OtlpAttribute[];
  readonly asInt?: number | string;
  readonly asDouble?: number;
  /** Of a histogram. */
  readonly count?: number | string;
}
export interface OtlpHistogramPoint extends OtlpPoint {
  readonly sum?: number;
  readonly bucketCounts: readonly (number | string)[];
  readonly explicitBounds: readonly number[];
}
export interface OtlpLogRecord {
  readonly eventName?: string;
  readonly attributes: readonly OtlpAttribute[];
}
interface Resource {
  readonly attributes: readonly OtlpAttribute[];
}

/** One request as it arrived. */
export interface OtlpRequest {
  readonly path: string;
  readonly contentType: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

interface Payload {
  readonly resourceSpans?: readonly { resource: Resource; scopeSpans: readonly { spans: readonly OtlpSpan[] }[] }[];
  readonly resourceMetrics?: readonly {
    resource: Resource;
    scopeMetrics: readonly { metrics: readonly OtlpMetric[] }[];
  }[];
  readonly resourceLogs?: readonly {
    resource: Resource;
    scopeLogs: readonly { logRecords: readonly OtlpLogRecord[] }[];
  }[];
}

/** How the sink answers; `hang` accepts a request and never answers it. */
export type SinkBehaviour = 'accept' | 'hang' | { readonly status: number };

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}

/** A collector for tests: keeps every OTLP/HTTP request, and decodes those that are JSON. */
export class OtlpSink implements AsyncDisposable {
  readonly requests: OtlpRequest[] = [];
  readonly #behaviour: SinkBehaviour;
  readonly #server = createServer((request, response) => void this.#take(request, response));

  private constructor(behaviour: SinkBehaviour) {
    this.#behaviour = behaviour;
  }

  static async start(behaviour: SinkBehaviour = 'accept'): Promise<OtlpSink> {
    const sink = new OtlpSink(behaviour);
    await new Promise<void>((resolve) => sink.#server.listen(0, '127.0.0.1', resolve));
    return sink;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const contentType = request.headers['content-type'] ?? '';
    this.requests.push({ path: request.url ?? '', contentType, headers: request.headers, body });
    if (this.#behaviour === 'hang') return;
    response.writeHead(this.#behaviour === 'accept' ? 200 : this.#behaviour.status, { 'content-type': contentType });
    response.end(contentType === 'application/json' && this.#behaviour === 'accept' ? '{}' : '');
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Environment that points a program at this sink, in the encoding that it can decode. */
  get environment(): Readonly<Record<string, string>> {
    return { OTEL_EXPORTER_OTLP_ENDPOINT: this.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' };
  }

  get #payloads(): readonly Payload[] {
    return this.payloadsSince(0);
  }

  /** What came after so many requests, as far as it was JSON. */
  payloadsSince(requests: number): readonly Payload[] {
    return this.requests
      .slice(requests)
      .filter(({ contentType }) => contentType === 'application/json')
      .map(({ body }) => JSON.parse(body.toString()) as Payload);
  }

  get spans(): readonly OtlpSpan[] {
    return this.#payloads.flatMap(({ resourceSpans = [] }) =>
      resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    );
  }

  get metrics(): readonly OtlpMetric[] {
    return this.#payloads.flatMap(({ resourceMetrics = [] }) =>
      resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics)),
    );
  }

  get logRecords(): readonly OtlpLogRecord[] {
    return this.#payloads.flatMap(({ resourceLogs = [] }) =>
      resourceLogs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords)),
    );
  }

  /** One object of resource attributes per request that carried any. */
  get resources(): readonly Readonly<Record<string, string | undefined>>[] {
    return this.#payloads
      .flatMap(({ resourceSpans = [], resourceMetrics = [], resourceLogs = [] }) => [
        ...resourceSpans,
        ...resourceMetrics,
        ...resourceLogs,
      ])
      .map(({ resource }) => Object.fromEntries(resource.attributes.map(({ key, value }) => [key, value.stringValue])));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
