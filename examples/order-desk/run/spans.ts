/** The parts of OTLP/JSON that are read here. https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
export interface TracePayload {
  readonly resourceSpans?: readonly {
    readonly resource: { readonly attributes: readonly OtlpAttribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
}

interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes?: readonly OtlpAttribute[];
}

interface OtlpAttribute {
  readonly key: string;
  readonly value: {
    readonly stringValue?: string;
    readonly intValue?: number | string;
    readonly doubleValue?: number;
    readonly boolValue?: boolean;
  };
}

export interface Span {
  readonly trace: string;
  readonly id: string;
  /** `undefined` for the first of its trace. */
  readonly parent: string | undefined;
  readonly service: string;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly end: number;
  readonly attributes: Attributes;
}

export type Attributes = Readonly<Record<string, string | number | boolean>>;

export function readSpans({ resourceSpans = [] }: TracePayload): readonly Span[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(readAttributes(resource.attributes)['service.name']);
    return scopeSpans.flatMap(({ spans }) =>
      spans.map(({ traceId, spanId, parentSpanId, name, startTimeUnixNano, endTimeUnixNano, attributes }) => ({
        trace: traceId,
        id: spanId,
        parent: parentSpanId === '' ? undefined : parentSpanId,
        service,
        name,
        start: Number(startTimeUnixNano) / 1e6,
        end: Number(endTimeUnixNano) / 1e6,
        attributes: readAttributes(attributes),
      })),
    );
  });
}

/** Lists are left out. */
function readAttributes(attributes: readonly OtlpAttribute[] = []): Attributes {
  return Object.fromEntries(
    attributes.flatMap(({ key, value }) => {
      // OTLP/JSON may write a 64-bit integer as text.
      const integer = value.intValue === undefined ? undefined : Number(value.intValue);
      const plain = value.stringValue ?? value.doubleValue ?? value.boolValue ?? integer;
      return plain === undefined ? [] : [[key, plain]];
    }),
  );
}
