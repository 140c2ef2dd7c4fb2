/** Hand-made OTLP/JSON. https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */

export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };
export type Attributes = Readonly<Record<string, Value>>;

export interface Span {
  readonly trace: number;
  /** The first span of a trace is its root. */
  readonly span?: number;
  readonly name?: string;
  readonly attributes?: Attributes;
  readonly events?: readonly { readonly name: string; readonly attributes?: Attributes }[];
  /** An error, with this message. */
  readonly error?: string;
  /** How long it took. */
  readonly milliseconds?: number;
}

const valueOf = (value: Value): object => {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: value } : { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(valueOf) } };
  return { kvlistValue: { values: attributesOf(value as Attributes) } };
};

export const attributesOf = (attributes: Attributes): readonly object[] =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: valueOf(value) }));

/** The ids are those of no particular trace, spread over all ids as random ones are, and the same in every run. */
export const traceId = (trace: number): string =>
  [1, 2, 3, 4].map((part) => (Math.imul(trace * 4 + part, 2_654_435_761) >>> 0).toString(16).padStart(8, '0')).join('');
export const spanId = (trace: number, span: number): string => (trace * 256 + span + 1).toString(16).padStart(16, '0');

const now = (later = 0): string => `${Date.now() + later}000000`;

export const traces = (spans: readonly Span[], resource: Attributes = { 'service.name': 'ticket-desk' }): object => ({
  resourceSpans: [
    {
      resource: { attributes: attributesOf(resource) },
      scopeSpans: [
        {
          scope: { name: 'test' },
          spans: spans.map(
            ({ trace, span = 0, name = 'chat gpt-5', attributes = {}, events = [], error, milliseconds }) => ({
              traceId: traceId(trace),
              spanId: spanId(trace, span),
              ...(span > 0 && { parentSpanId: spanId(trace, 0) }),
              name,
              kind: 3,
              startTimeUnixNano: now(),
              endTimeUnixNano: now(milliseconds),
              attributes: attributesOf(attributes),
              events: events.map((event) => ({
                timeUnixNano: now(),
                name: event.name,
                attributes: attributesOf(event.attributes ?? {}),
              })),
              status: error === undefined ? {} : { code: 2, message: error },
            }),
          ),
        },
      ],
    },
  ],
});

export const logs = (body: Value, attributes: Attributes, eventName = ''): object => ({
  resourceLogs: [
    {
      resource: { attributes: attributesOf({ 'service.name': 'ticket-desk' }) },
      scopeLogs: [
        {
          scope: { name: 'test' },
          logRecords: [{ timeUnixNano: now(), eventName, body: valueOf(body), attributes: attributesOf(attributes) }],
        },
      ],
    },
  ],
});

export const metrics = (name: string, attributes: Attributes): object => ({
  resourceMetrics: [
    {
      resource: { attributes: attributesOf({ 'service.name': 'ticket-desk' }) },
      scopeMetrics: [
        {
          scope: { name: 'test' },
          metrics: [
            {
              name,
              sum: {
                isMonotonic: true,
                aggregationTemporality: 2,
                dataPoints: [
                  { timeUnixNano: now(), startTimeUnixNano: now(), asInt: 1, attributes: attributesOf(attributes) },
                ],
              },
            },
          ],
        },
      ],
    },
  ],
});
