import type { LoggerProvider, MeterProvider } from '@opentelemetry/api';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { AggregationTemporalityPreference, OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import {
  defaultResource,
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
  serviceNameEnvDetector,
} from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider as SdkLoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider as SdkMeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';

export interface Export {
  readonly meterProvider: MeterProvider;
  readonly loggerProvider: LoggerProvider;
  /** Sends what there is now. Rejects where the receiver does not take it. */
  flush(): Promise<void>;
  /** Sends what there is, and ends. */
  close(): Promise<void>;
}

/** A second poller sends series of its own: the instance tells them apart. What the environment says counts more. */
const DETECTORS = [serviceInstanceIdDetector, resourceAttributesEnvDetector, serviceNameEnvDetector];

/**
 * All of ours are gauges, which have no temporality; but the SDK for JavaScript goes on sending the last value of a
 * series that is not observed any more, unless it is asked for deltas. A status that is unknown has to be gone.
 */
const FORGETTING = AggregationTemporalityPreference.DELTA;

/** The defaults of OpenTelemetry's specification. */
const DEFAULT_METRIC_INTERVAL_MS = 60_000;
const LONGEST_EXPORT_MS = 30_000;

export interface ExportOptions {
  /** Where to; if left out, what the exporters' own `OTEL_EXPORTER_OTLP_*` say. */
  readonly url?: string;
  /** How often metrics are sent: `OTEL_METRIC_EXPORT_INTERVAL`. */
  readonly metricIntervalMs?: number;
}

/** Exports over OTLP/HTTP. */
export function startExport({ url, metricIntervalMs = DEFAULT_METRIC_INTERVAL_MS }: ExportOptions = {}): Export {
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': 'brownout-vendor-status' }))
    .merge(detectResources({ detectors: DETECTORS }));
  const to = (path: string) => (url === undefined ? {} : { url: `${url}${path}` });
  const meterProvider = new SdkMeterProvider({
    resource,
    readers: [
      new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter({ ...to('/v1/metrics'), temporalityPreference: FORGETTING }),
        exportIntervalMillis: metricIntervalMs,
        exportTimeoutMillis: Math.min(metricIntervalMs, LONGEST_EXPORT_MS),
      }),
    ],
  });
  const loggerProvider = new SdkLoggerProvider({
    resource,
    processors: [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter(to('/v1/logs')) })],
  });
  const both = async (...promises: readonly Promise<unknown>[]): Promise<void> => {
    const failed = (await Promise.allSettled(promises)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  };
  return {
    meterProvider,
    loggerProvider,
    flush: () => both(meterProvider.forceFlush(), loggerProvider.forceFlush()),
    close: () => both(meterProvider.shutdown(), loggerProvider.shutdown()),
  };
}
