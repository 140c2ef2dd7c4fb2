import type { DiagLogger } from '@opentelemetry/api';
import type { ISerializer } from '@opentelemetry/otlp-transformer';
import { load } from '../load.ts';
import { OtlpTransport } from './otlp-transport.ts';

type Done = (result: { code: number; error?: Error }) => void;

/** What the exporters of traces, metrics and logs have in common. */
interface Exporter {
  export(items: never, done: Done): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}
export type ExporterClass = new (...options: readonly never[]) => Exporter;

/** One row per signal: how the environment variables, the OTLP path and the serializers spell it. */
const SIGNALS = {
  traces: {
    variable: 'TRACES',
    path: 'v1/traces',
    protobuf: 'ProtobufTraceSerializer',
    json: 'JsonTraceSerializer',
    counting: 'TraceExporterMetricsHelper',
  },
  metrics: {
    variable: 'METRICS',
    path: 'v1/metrics',
    protobuf: 'ProtobufMetricsSerializer',
    json: 'JsonMetricsSerializer',
    counting: 'MetricsExporterMetricsHelper',
  },
  logs: {
    variable: 'LOGS',
    path: 'v1/logs',
    protobuf: 'ProtobufLogsSerializer',
    json: 'JsonLogsSerializer',
    counting: 'LogsExporterMetricsHelper',
  },
} as const;

const CONTENT_TYPES = { protobuf: 'application/x-protobuf', json: 'application/json' } as const;

export type Signal = keyof typeof SIGNALS;
export type Encoding = keyof typeof CONTENT_TYPES;

const SUCCESS = 0;

/** Exporters whose `export` reaches the transport before it returns. */
const detached = new WeakSet<object>();

export function isDetached(exporter: object): exporter is Exporter {
  return detached.has(exporter);
}

/**
 * The SDK's OTLP exporter with our transport under it. An export counts as done when it is handed to the transport:
 * the SDK's processors hold the process alive, with a timer, for as long as an export is under way. Failures are
 * reported here instead, one line for each distinct problem.
 * @param Original the exporter that the SDK would use; what it reads from the environment (temporality) stays its own
 */
export function detachedExporter(
  Original: ExporterClass,
  signal: Signal,
  encoding: Encoding,
  diag: Pick<DiagLogger, 'warn'>,
): ExporterClass {
  const { OTLPExporterBase, createOtlpNetworkExportDelegate } = load(
    '@opentelemetry/otlp-exporter-base',
  ) as typeof import('@opentelemetry/otlp-exporter-base');
  const { convertLegacyHttpOptions, createOtlpHttpExporterMetrics } = load(
    '@opentelemetry/otlp-exporter-base/node-http',
  ) as typeof import('@opentelemetry/otlp-exporter-base/node-http');
  const transformer = load('@opentelemetry/otlp-transformer') as typeof import('@opentelemetry/otlp-transformer');

  const { variable, path, counting, [encoding]: serializer } = SIGNALS[signal];
  const destination = convertLegacyHttpOptions({}, variable, path, { 'Content-Type': CONTENT_TYPES[encoding] });
  const { origin } = new URL(destination.url);
  const sender = new OTLPExporterBase<never>(
    createOtlpNetworkExportDelegate(
      destination,
      transformer[serializer] as unknown as ISerializer<never, unknown>,
      createOtlpHttpExporterMetrics<never>(signal, transformer[counting], destination.url, undefined),
      new OtlpTransport(destination),
    ),
  );

  return class DetachedExporter extends Original {
    constructor(...options: readonly never[]) {
      super(...options);
      detached.add(this);
    }

    override export(items: never, done: Done): void {
      sender.export(items, ({ error }) => {
        if (error) diag.warn(`telemetry could not be delivered to ${origin}, it is dropped: ${error.message}`);
      });
      done({ code: SUCCESS });
    }

    override forceFlush(): Promise<void> {
      return sender.forceFlush();
    }

    override shutdown(): Promise<void> {
      return sender.shutdown();
    }
  };
}
