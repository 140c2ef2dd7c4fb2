import { createRequire, Module } from 'node:module';
import type { DiagLogger } from '@opentelemetry/api';
import { detachedExporter, type Encoding, type ExporterClass, type Signal } from './export/otlp-exporter.ts';
import { scrapeEndpoint } from './export/scrape-endpoint.ts';
import { load } from './load.ts';

type SdkNode = typeof import('@opentelemetry/sdk-node');
type Replace = (original: never, diag: Pick<DiagLogger, 'warn'>) => unknown;

const otlp =
  (signal: Signal, encoding: Encoding): Replace =>
  (original: ExporterClass, diag) =>
    detachedExporter(original, signal, encoding, diag);

const prometheus: Replace = (original: Parameters<typeof scrapeEndpoint>[0], diag) => {
  const { DataPointType } = load('@opentelemetry/sdk-metrics') as typeof import('@opentelemetry/sdk-metrics');
  return scrapeEndpoint(original, DataPointType.GAUGE, diag);
};

/**
 * Packages that `@opentelemetry/sdk-node` loads at its start although a configuration uses one or two of them, which is
 * most of its start-up time. Each is loaded when the SDK reaches for it; the classes named here are replaced by ours.
 */
const DEFERRED: Readonly<Record<string, Readonly<Record<string, Replace>>>> = {
  '@opentelemetry/exporter-trace-otlp-proto': { OTLPTraceExporter: otlp('traces', 'protobuf') },
  '@opentelemetry/exporter-trace-otlp-http': { OTLPTraceExporter: otlp('traces', 'json') },
  '@opentelemetry/exporter-trace-otlp-grpc': {},
  '@opentelemetry/exporter-metrics-otlp-proto': { OTLPMetricExporter: otlp('metrics', 'protobuf') },
  '@opentelemetry/exporter-metrics-otlp-http': { OTLPMetricExporter: otlp('metrics', 'json') },
  '@opentelemetry/exporter-metrics-otlp-grpc': {},
  '@opentelemetry/exporter-logs-otlp-proto': { OTLPLogExporter: otlp('logs', 'protobuf') },
  '@opentelemetry/exporter-logs-otlp-http': { OTLPLogExporter: otlp('logs', 'json') },
  '@opentelemetry/exporter-logs-otlp-grpc': {},
  '@opentelemetry/exporter-prometheus': { PrometheusExporter: prometheus },
  '@opentelemetry/exporter-zipkin': {},
  '@opentelemetry/propagator-b3': {},
  '@opentelemetry/otlp-exporter-base': {},
  '@opentelemetry/otlp-grpc-exporter-base': {},
  '@opentelemetry/configuration': {},
};

/** Stands for the exports of a package until one of them is used. */
function deferred(
  loadPackage: () => object,
  replacements: Readonly<Record<string, Replace>>,
  diag: DiagLogger,
): object {
  const made = new Map<PropertyKey, unknown>();
  return new Proxy(Object.create(null) as object, {
    get: (_target, name) => {
      if (!made.has(name)) {
        const original: unknown = Reflect.get(loadPackage(), name);
        const replace = Object.entries(replacements).find(([replaced]) => replaced === name)?.[1];
        made.set(name, replace ? replace(original as never, diag) : original);
      }
      return made.get(name);
    },
  });
}

/**
 * Loads the SDK with the deferred packages in the places of the real ones. The module cache is left as it was found:
 * an application that uses one of these packages gets the real one.
 */
export function loadSdkNode(diag: DiagLogger): SdkNode {
  const fromSdk = createRequire(load.resolve('@opentelemetry/sdk-node'));
  const places = Object.entries(DEFERRED).flatMap(([name, replacements]) => {
    try {
      return [{ name, replacements, file: fromSdk.resolve(name) }];
    } catch {
      return []; // Another version of the SDK may do without it.
    }
  });
  const stands = places.map(({ name, replacements, file }) => {
    const stand = new Module(file);
    const original = load.cache[file];
    const leave = (): void => {
      if (load.cache[file] !== stand) return;
      if (original === undefined) delete load.cache[file];
      else load.cache[file] = original;
    };
    const loadPackage = (): object => {
      leave();
      return fromSdk(name) as object;
    };
    stand.exports = deferred(loadPackage, replacements, diag);
    stand.loaded = true;
    load.cache[file] = stand;
    return { leave };
  });
  try {
    return load('@opentelemetry/sdk-node') as SdkNode;
  } finally {
    for (const { leave } of stands) leave();
  }
}
