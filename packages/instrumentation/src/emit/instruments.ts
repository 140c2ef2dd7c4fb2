import type { AttributesOf, ExactAttributes, MetricId, MetricRow } from '@brownout/signals';
import { METRICS } from '@brownout/signals';
import { ValueType } from '@opentelemetry/api';
import type { Attributes, Context, Meter } from '@opentelemetry/api';

/** Records one value of one metric; missing or foreign attributes do not compile. `context` carries the exemplar's span. */
export type RecordMetric = <Id extends MetricId, Given extends AttributesOf<Id>>(
  id: Id,
  value: number,
  attributes: ExactAttributes<Id, Given>,
  context?: Context,
) => void;

/** Creates every metric that the registry says is emitted by a process with calls, by looping over the registry. */
export function createInstruments(meter: Meter, legacyMetrics: boolean): RecordMetric {
  const instruments = new Map<string, (value: number, attributes: Attributes, context?: Context) => void>();
  for (const [id, row] of Object.entries<MetricRow>(METRICS)) {
    if (row.status !== 'emitted') continue;
    if (row.group === 'genai_legacy' && !legacyMetrics) continue;
    if (OBSERVED.has(row.name)) continue;
    // A poller's, not a process with calls'.
    if (row.group === 'vendor') continue;
    instruments.set(id, create(meter, row));
  }
  return (id, value, attributes, context) => instruments.get(id)?.(value, attributes, context);
}

/** Observed when metrics are collected (`rate-limit-gauges.ts`, `breaker-measurements.ts`), not recorded. */
const OBSERVED: ReadonlySet<string> = new Set([
  METRICS.rateLimitRemainingRatio.name,
  METRICS.rateLimitReset.name,
  METRICS.breakerState.name,
]);

function create(meter: Meter, row: MetricRow): (value: number, attributes: Attributes, context?: Context) => void {
  const options = {
    unit: row.unit,
    description: row.description,
    valueType: row.valueType === 'int' ? ValueType.INT : ValueType.DOUBLE,
  };
  switch (row.instrument) {
    case 'counter': {
      const counter = meter.createCounter(row.name, options);
      return (value, attributes, context) => counter.add(value, attributes, context);
    }
    case 'histogram': {
      const advice = row.buckets && { explicitBucketBoundaries: [...row.buckets] };
      const histogram = meter.createHistogram(row.name, advice ? { ...options, advice } : options);
      return (value, attributes, context) => histogram.record(value, attributes, context);
    }
    case 'gauge': {
      const gauge = meter.createGauge(row.name, options);
      return (value, attributes, context) => gauge.record(value, attributes, context);
    }
    default:
      return row.instrument satisfies never;
  }
}
