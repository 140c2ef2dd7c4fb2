import type { Config } from '@brownout/instrumentation';
import { BrownoutInstrumentation } from '@brownout/instrumentation';
import { context, logs, metrics, propagation, trace } from '@opentelemetry/api';
import type { Attributes } from '@opentelemetry/api';
import { InMemoryLogRecordExporter, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import type { MetricData } from '@opentelemetry/sdk-metrics';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/** A real OpenTelemetry SDK in this process, with the instrumentation, that exports to memory. */
export interface Telemetry {
  readonly instrumentation: BrownoutInstrumentation;
  spans(): readonly ReadableSpan[];
  logs(): readonly ReadableLogRecord[];
  /** Collects all metrics once: the data points that are not 0, by metric. */
  metrics(): Promise<(metric: string) => readonly Point[]>;
  /** Collects once: the data points of a metric at which nothing has happened yet. */
  untouched(metric: string): Promise<readonly Point[]>;
  /** Collects once: the sum of what a histogram has recorded with these attributes. */
  sums(): Promise<(metric: string, attributes: Attributes) => number>;
  /** Drops the spans and log records that were collected so far. */
  forget(): void;
  shutdown(): Promise<void>;
}

export interface Point {
  readonly attributes: Attributes;
  /** Sum of a counter, last value of a gauge, count of a histogram. */
  readonly value: number;
}

export function startTelemetry(config: Partial<Config> = {}): Telemetry {
  const spanExporter = new InMemorySpanExporter();
  const logExporter = new InMemoryLogRecordExporter();
  const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({
    exporter: metricExporter,
    exportIntervalMillis: 3_600_000,
    // A test makes more kinds of calls in a minute than an application in its life.
    cardinalityLimits: { default: 1_000_000 },
  });
  const instrumentation = new BrownoutInstrumentation({ config });
  const sdk = new NodeSDK({
    spanProcessors: [new SimpleSpanProcessor({ exporter: spanExporter }), instrumentation.taskSpanProcessor],
    logRecordProcessors: [new SimpleLogRecordProcessor({ exporter: logExporter })],
    metricReaders: [reader],
    instrumentations: [instrumentation],
  });
  sdk.start();

  const collect = async (): Promise<readonly MetricData[]> => {
    metricExporter.reset();
    await reader.forceFlush();
    const exported = metricExporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics);
    return exported.flatMap((scope) => scope.metrics);
  };

  return {
    instrumentation,
    spans: () => spanExporter.getFinishedSpans(),
    logs: () => logExporter.getFinishedLogRecords(),
    async metrics() {
      const data = await collect();
      return (metric) => pointsOf(data, metric).filter(({ value }) => value !== 0);
    },
    async untouched(metric) {
      return pointsOf(await collect(), metric).filter(({ value }) => value === 0);
    },
    async sums() {
      const data = await collect();
      return (metric, attributes) =>
        data
          .filter(({ descriptor }) => descriptor.name === metric)
          .flatMap(({ dataPoints }) => dataPoints as readonly { attributes: Attributes; value: { sum?: number } }[])
          .filter((point) => Object.entries(attributes).every(([key, value]) => point.attributes[key] === value))
          .reduce((sum, { value }) => sum + (value.sum ?? 0), 0);
    },
    forget() {
      spanExporter.reset();
      logExporter.reset();
    },
    async shutdown() {
      instrumentation.disable();
      await sdk.shutdown();
      // Another one may be started after it.
      for (const global of [trace, metrics, logs, context, propagation]) global.disable();
    },
  };
}

const pointsOf = (data: readonly MetricData[], metric: string): readonly Point[] =>
  data
    .filter(({ descriptor }) => descriptor.name === metric)
    .flatMap(({ dataPoints }) => dataPoints as readonly { attributes: Attributes; value: unknown }[])
    .map(({ attributes, value }) => ({
      attributes,
      value: typeof value === 'number' ? value : (value as { count: number }).count,
    }));
