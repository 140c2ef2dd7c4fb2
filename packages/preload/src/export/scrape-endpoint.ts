import type { IncomingMessage } from 'node:http';
import { isMainThread } from 'node:worker_threads';
import type { DiagLogger } from '@opentelemetry/api';
import type { ExporterConfig, PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import type { CollectionResult, DataPointType, MetricData } from '@opentelemetry/sdk-metrics';
import { withUnitSuffix } from './unit-suffix.ts';

type PrometheusExporterClass = new (config?: ExporterConfig) => PrometheusExporter;

const PATH = '/metrics';

/** Sockets of scrapers, so that the HTTP instrumentation can leave them out of the application's traces and metrics. */
const scrapers = new WeakSet<object>();

/** @returns whether a request that the HTTP instrumentation sees is a scrape of our own endpoint */
export function isScrape(request: IncomingMessage): boolean {
  return scrapers.has(request.socket);
}

function spelled(metric: MetricData, isGauge: boolean): MetricData {
  const { name, unit } = metric.descriptor;
  return { ...metric, descriptor: { ...metric.descriptor, name: withUnitSuffix(name, unit, isGauge) } };
}

/**
 * The SDK's Prometheus exporter with the names of the OTLP translation, and with a server that never keeps the process
 * alive and never fails it. Renaming happens in what this one reader collects, so that other readers keep their names.
 * @param Exporter the class to build on, as the SDK found it
 * @param gauge the SDK's value for data points of gauges
 */
export function scrapeEndpoint(
  Exporter: PrometheusExporterClass,
  gauge: DataPointType,
  diag: Pick<DiagLogger, 'warn'>,
): PrometheusExporterClass {
  return class ScrapeEndpoint extends Exporter {
    constructor(config: ExporterConfig = {}) {
      super({ ...config, preventServerStart: true });
      const { host = 'localhost', port = 9464 } = config;
      if (!isMainThread) {
        diag.warn(
          `the metrics of worker threads are not served on port ${port}: send them with OTEL_METRICS_EXPORTER=otlp`,
        );
        return;
      }
      const server = process.getBuiltinModule('node:http').createServer((request, response) => {
        if (request.url?.split('?')[0] === PATH) return this.getMetricsRequestHandler(request, response);
        response.writeHead(404).end();
      });
      server.on('connection', (socket) => scrapers.add(socket.unref()));
      server.on('error', (error) => {
        diag.warn(
          `metrics are not served on http://${host}:${port}${PATH}, the application is not affected: ${error.message}`,
        );
      });
      server.listen(port, host).unref();
    }

    override async collect(options?: Parameters<PrometheusExporter['collect']>[0]): Promise<CollectionResult> {
      const { resourceMetrics, errors } = await super.collect(options);
      const scopeMetrics = resourceMetrics.scopeMetrics.map((scope) => ({
        ...scope,
        metrics: scope.metrics.map((metric) => spelled(metric, metric.dataPointType === gauge)),
      }));
      return { resourceMetrics: { ...resourceMetrics, scopeMetrics }, errors };
    }
  };
}
