import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { METRICS, prometheusLabel, prometheusName, type MetricRow } from '@brownout/signals';
import type { Told } from './told.ts';

/** Serves what each service has told of some metrics for a Prometheus to scrape, at `/<job>`, until it is disposed of. */
export async function serveExposition(
  jobs: Readonly<Record<string, Told>>,
  metrics: readonly (keyof typeof METRICS)[],
): Promise<{ readonly scrapeConfig: string } & AsyncDisposable> {
  const server = createServer((request, response) => {
    const told = jobs[(request.url ?? '').slice(1)];
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    response.end(told === undefined ? '' : metrics.map((id) => exposed(METRICS[id], told)).join(''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const target = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    scrapeConfig: JSON.stringify({
      global: { scrape_interval: '500ms', scrape_timeout: '500ms' },
      scrape_configs: Object.keys(jobs).map((job) => ({
        job_name: job,
        metrics_path: `/${job}`,
        static_configs: [{ targets: [target] }],
      })),
    }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** https://prometheus.io/docs/instrumenting/exposition_formats/ */
const exposed = (metric: MetricRow, told: Told): string =>
  told
    .values(metric.name)
    .map(({ labels, value }) => {
      const pairs = Object.entries(labels).map(([key, text]) => `${prometheusLabel(key)}=${JSON.stringify(text)}`);
      return `${prometheusName(metric)}{${pairs.join(',')}} ${value}\n`;
    })
    .join('');
