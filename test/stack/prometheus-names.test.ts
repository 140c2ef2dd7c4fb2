import { rmSync } from 'node:fs';
import { METRICS, prometheusLabel, prometheusName } from '@brownout/signals';
import { expect, test, vi } from 'vitest';
import { OtlpSink } from '../support/otlp-sink.ts';
import { makeFolder, send, startAgent, startGateway } from './support/agent-and-gateway.ts';
import { freePorts } from '../../tools/programs/start-collector.ts';
import { metrics } from './support/otlp.ts';

test('what Prometheus fetches from the gateway is spelled as the registry says', async () => {
  const folder = await makeFolder();
  const [port = ''] = await freePorts(1);
  await using destination = await OtlpSink.start();
  const overlays = ['prometheus-scrape.yaml'];
  await using gateway = await startGateway(folder, destination, overlays, { SCRAPE_PORT: port });
  await using agent = await startAgent(folder, gateway.grpc);
  await send(agent, 'metrics', metrics(METRICS.calls.name, { 'brownout.use_case': 'triage' }));

  const series = new RegExp(
    `^${prometheusName(METRICS.calls)}\\{.*${prometheusLabel('brownout.use_case')}="triage".*\\} 1`,
    'm',
  );
  await vi.waitFor(async () => expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).toMatch(series), {
    timeout: 60_000,
    interval: 250,
  });
  rmSync(folder, { recursive: true });
});
