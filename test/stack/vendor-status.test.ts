import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { METRICS } from '@brownout/signals';
import { startSimulator } from '@brownout/simulator';
import { expect, test } from 'vitest';
import { OtlpSink } from '../support/otlp-sink.ts';
import { runNode } from '../support/node-process.ts';
import { VENDOR_STATUS } from '../support/play-story.ts';
import { makeFolder, startGateway } from './support/agent-and-gateway.ts';
import { startCollector } from './support/collector.ts';

test('one poller after the other writes the same series, and nothing else comes this way', async () => {
  const folder = await makeFolder();
  const simulator = await startSimulator({ timing: { instant: true } });
  await using destination = await OtlpSink.start();
  await using gateway = await startGateway(folder, destination);
  await using collector = await startCollector({
    files: ['agent.yaml', 'masking.yaml', 'vendor-status.yaml'],
    environment: {
      TLS_DIRECTORY: join(folder, 'tls'),
      GATEWAY_TOKEN_FILE: join(folder, 'token'),
      QUEUE_DIRECTORY: join(folder, 'agent-queue'),
      GATEWAY_ENDPOINT: gateway.grpc,
    },
  });
  const exportsOfVendors = () =>
    destination.resources.filter((resource) => resource['service.name'] === 'brownout-vendor-status');
  /** Until it is killed. */
  const poll = () =>
    runNode({
      command: [VENDOR_STATUS, 'run', `openai=${simulator.statusPages.openai}`, '--every', '1s'],
      environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_METRIC_EXPORT_INTERVAL: '500' },
      limit: 6000,
    });
  await poll();
  const first = exportsOfVendors().length;
  await poll();
  await simulator.close();

  expect(first).toBeGreaterThan(0);
  expect(exportsOfVendors().length).toBeGreaterThan(first);
  expect(new Set(exportsOfVendors().map((resource) => resource['service.instance.id']))).toEqual(
    new Set(['vendor-status']),
  );
  const names = new Set(destination.metrics.map(({ name }) => name));
  expect(names).toContain(METRICS.vendorStatus.name);
  expect([...names].filter((name) => !name.startsWith('brownout.vendor.'))).toEqual([]);
  rmSync(folder, { recursive: true });
});
