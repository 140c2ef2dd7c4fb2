import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { OtlpSink } from '../support/otlp-sink.ts';
import { makeFolder, send, startAgent, startGateway } from './support/agent-and-gateway.ts';
import { logs, metrics, traces } from './support/otlp.ts';

const ALERTS = readFileSync(new URL('../../collector/alerts.yaml', import.meta.url), 'utf8');
const NAMED = [...new Set([...ALERTS.matchAll(/\botelcol_[a-z_]+/g)].map(([name]) => name))];

const LONG = 'a bad call '.repeat(30);
/** Nothing fits into it. */
const TINY = { queue_size: '100', 'batch.min_size': '10', 'batch.max_size': '0' };
const tiny = (signal: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(TINY).map(([key, value]) => [`exporters.otlp_http/${signal}.sending_queue.${key}`, value]),
  );

test('every metric that an alert names is one that a Collector in that trouble has', async () => {
  const folder = await makeFolder();
  await using destination = await OtlpSink.start();
  const set = {
    'processors.tail_sampling.num_traces': '10',
    ...tiny('traces'),
    ...tiny('metrics'),
    ...tiny('logs'),
  };
  await using gateway = await startGateway(folder, destination, [], {}, set);
  await using agent = await startAgent(folder, gateway.grpc);
  writeFileSync(join(folder, 'wrong-token'), 'another\n');
  const otherFolder = await makeFolder();
  writeFileSync(join(otherFolder, 'wrong-token'), 'another\n');
  await using wrong = await startAgent(otherFolder, '127.0.0.1:1', 'wrong-token', {
    TLS_DIRECTORY: join(folder, 'tls'),
    GATEWAY_ENDPOINT: gateway.grpc,
  });
  const spans = Array.from({ length: 100 }, (_, trace) => ({ trace, attributes: { 'brownout.verdict': 'unusable' } }));
  for (const to of [agent, wrong]) {
    await send(to, 'traces', traces(spans));
    await send(to, 'logs', logs(LONG, {}));
    await send(to, 'metrics', metrics('brownout.calls', { 'brownout.use_case': LONG }));
  }
  await vi.waitFor(
    async () => {
      const texts = await Promise.all([gateway, agent, wrong].map((collector) => collector.metrics()));
      const all = texts.join('\n');
      expect(NAMED.filter((name) => !new RegExp(`^${name}[{ ]`, 'm').test(all))).toEqual([]);
    },
    { timeout: 60_000, interval: 500 },
  );
  for (const used of [folder, otherFolder]) rmSync(used, { recursive: true });
});
