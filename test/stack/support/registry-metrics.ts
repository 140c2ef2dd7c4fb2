import { ATTRIBUTE, ATTRIBUTES, type AttributeRow, type MetricRow, METRICS } from '@brownout/signals';
import { attributesOf, traceId } from './otlp.ts';

/** Every metric that an application under Brownout sends, with one series each, as OTLP. */

const ROWS: readonly AttributeRow[] = Object.values(ATTRIBUTES);
const VALUES = { string: 'some', int: 200, double: 0.5, boolean: true } as const;

export const EMITTED: readonly MetricRow[] = Object.values(METRICS).filter(({ status }) => status === 'emitted');

/** A value of each attribute that has to be there, and of the model: the first that there is, where there is a list. */
export const attributesFor = ({ required, optional }: MetricRow): Readonly<Record<string, string | number | boolean>> =>
  Object.fromEntries(
    [...required, ...optional.filter((key) => key === ATTRIBUTE.requestModel)].map((key) => {
      const { type, values, known } = ROWS.find((row) => row.key === key) as AttributeRow;
      if (type === 'string[]' || type === 'structured') throw new Error(`${key} is no label`);
      return [key, values?.[0] ?? known?.[0] ?? VALUES[type]] as const;
    }),
  );

export interface Export {
  /** What each counter and the count of each histogram says; gauges say 1. */
  readonly value: number;
  /** When the process began to count, in milliseconds. */
  readonly start: number;
  /** Of the process. */
  readonly instance: string;
  readonly temporality?: 'cumulative' | 'delta';
}

const nanoseconds = (milliseconds: number): string => `${milliseconds}000000`;

export function everyMetric({ value, start, instance, temporality = 'cumulative' }: Export): object {
  const aggregationTemporality = temporality === 'delta' ? 1 : 2;
  const metricOf = (row: MetricRow): object => {
    const { name, unit, instrument } = row;
    const common = {
      startTimeUnixNano: nanoseconds(start),
      timeUnixNano: nanoseconds(Date.now()),
      attributes: attributesOf(attributesFor(row)),
    };
    if (instrument === 'gauge') return { name, unit, gauge: { dataPoints: [{ ...common, asDouble: 1 }] } };
    if (instrument === 'counter')
      return {
        name,
        unit,
        sum: { isMonotonic: true, aggregationTemporality, dataPoints: [{ ...common, asInt: value }] },
      };
    const bounds = row.buckets ?? [];
    // All in the second bucket, as its upper bound.
    const each = bounds[1] ?? 1;
    const exemplar = {
      timeUnixNano: nanoseconds(Date.now()),
      asDouble: each,
      traceId: traceId(1),
      spanId: '00f067aa0ba902b7',
    };
    const point = {
      ...common,
      count: value,
      sum: value * each,
      explicitBounds: bounds,
      bucketCounts: [0, value, ...bounds.slice(1).map(() => 0)],
      exemplars: [exemplar],
    };
    return { name, unit, histogram: { aggregationTemporality, dataPoints: [point] } };
  };
  return {
    resourceMetrics: [
      {
        resource: { attributes: attributesOf({ 'service.name': 'ticket-desk', 'service.instance.id': instance }) },
        scopeMetrics: [{ scope: { name: 'brownout' }, metrics: EMITTED.map(metricOf) }],
      },
    ],
  };
}
