/** The parts of OTLP/JSON that the demo reads. https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
export interface OtlpPayload {
  readonly resourceSpans?: readonly { readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[] }[];
  readonly resourceMetrics?: readonly {
    readonly scopeMetrics: readonly { readonly metrics: readonly OtlpMetric[] }[];
  }[];
  readonly resourceLogs?: readonly { readonly scopeLogs: readonly { readonly logRecords: readonly OtlpLog[] }[] }[];
}

export interface OtlpLog {
  readonly eventName?: string;
  readonly timeUnixNano: string;
  readonly attributes?: readonly OtlpAttribute[];
}

export interface OtlpSpan {
  readonly traceId: string;
  /** 2 is SERVER, 3 is CLIENT. */
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes?: readonly OtlpAttribute[];
}

export interface OtlpMetric {
  readonly name: string;
  readonly sum?: { readonly dataPoints: readonly OtlpNumber[] };
  readonly gauge?: { readonly dataPoints: readonly OtlpNumber[] };
  readonly histogram?: { readonly dataPoints: readonly OtlpHistogram[] };
}

interface OtlpNumber {
  readonly attributes?: readonly OtlpAttribute[];
  readonly asInt?: number | string;
  readonly asDouble?: number;
}

interface OtlpHistogram {
  readonly attributes?: readonly OtlpAttribute[];
  readonly count: number | string;
  readonly bucketCounts: readonly (number | string)[];
  readonly explicitBounds: readonly number[];
}

interface OtlpAttribute {
  readonly key: string;
  readonly value: {
    readonly stringValue?: string;
    readonly intValue?: number | string;
    readonly doubleValue?: number;
    readonly boolValue?: boolean;
    readonly arrayValue?: { readonly values?: readonly { readonly stringValue?: string }[] };
  };
}

export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Lists are left out: no figure of the demo needs one. */
export function readAttributes(attributes: readonly OtlpAttribute[] = []): Attributes {
  return Object.fromEntries(
    attributes.flatMap(({ key, value }) => {
      const plain = value.stringValue ?? value.doubleValue ?? value.boolValue ?? integer(value.intValue);
      return plain === undefined ? [] : [[key, plain]];
    }),
  );
}

export const spansOf = (payload: OtlpPayload): readonly OtlpSpan[] =>
  (payload.resourceSpans ?? []).flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));

export const metricsOf = (payload: OtlpPayload): readonly OtlpMetric[] =>
  (payload.resourceMetrics ?? []).flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics));

export const logsOf = (payload: OtlpPayload): readonly OtlpLog[] =>
  (payload.resourceLogs ?? []).flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords));

/** A list of texts, which `readAttributes` leaves out. */
export const readTexts = (attributes: readonly OtlpAttribute[] = [], key: string): readonly string[] =>
  attributes
    .filter((attribute) => attribute.key === key)
    .flatMap(({ value }) => value.arrayValue?.values ?? [])
    .flatMap(({ stringValue }) => stringValue ?? []);

/** OTLP/JSON may write a 64-bit integer as text. */
function integer(value: number | string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}
