import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ATTRIBUTE, EVENTS, METRICS } from '@brownout/signals';
import { expect, it } from 'vitest';
import { receiveOtlp } from '../testing/otlp-receiver.ts';
import { INCIDENT, INCIDENTS, serve, servePage, statuspage } from '../testing/status-page.ts';

const BIN = fileURLToPath(new URL('../bin.ts', import.meta.url));

/** Starts the command as a container would. */
function start(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['--conditions=brownout-source', BIN, ...args], {
    env: { PATH: process.env['PATH'], ...environment },
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => void (log += chunk.toString()));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  return {
    log: () => log,
    exited,
    stop: (signal: 'SIGTERM' | 'SIGINT') => {
      child.kill(signal);
      return exited;
    },
  };
}

it('sends what the pages say, logs what changes, answers the probe, and ends on SIGTERM with what was left', async () => {
  await using receiver = await receiveOtlp();
  await using page = await servePage(statuspage());
  const run = start(['run', `anthropic=${page.url}`, '--every', '50ms', '--health-port', '0'], {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_METRIC_EXPORT_INTERVAL: '100',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
  });
  await expect.poll(() => receiver.points(METRICS.vendorStatus.name), { timeout: 20_000 }).not.toEqual([]);
  const port = /health on port (\d+)/.exec(run.log())?.[1];
  const health = await fetch(`http://127.0.0.1:${port}/healthz`);
  expect(health.status).toBe(200);
  expect(await health.json()).toMatchObject({ vendors: { anthropic: { status: 'known' } } });

  page.change(statuspage('major_outage', [INCIDENT]));
  await expect.poll(run.log, { timeout: 20_000 }).toContain('incident opened: Elevated errors on Claude Sonnet 5');
  await expect
    .poll(() => receiver.points(METRICS.vendorStatus.name), { timeout: 20_000 })
    .toContainEqual(expect.objectContaining({ value: 3 }));
  page.change({ [INCIDENTS]: '<html>' });
  await expect
    .poll(run.log, { timeout: 20_000 })
    .toContain(`WARN anthropic unknown: ${INCIDENTS} body: it is not JSON`);
  expect(await run.stop('SIGTERM')).toBe(0);

  expect(receiver.events(EVENTS.vendorIncident.name)).toContainEqual(
    expect.objectContaining({ [ATTRIBUTE.vendorIncidentChange]: 'opened' }),
  );
  expect(receiver.resources()[0]).toMatchObject({
    'service.name': 'brownout-vendor-status',
    'service.instance.id': expect.stringMatching(/^[\da-f-]{36}$/),
    'deployment.environment.name': 'test',
  });
  const lines = run.log().trim().split('\n');
  expect(lines.filter((line) => !/^\d{4}-\S+Z (?:INFO|WARN|ERROR) \S/.test(line))).toEqual([]);
  expect(lines.filter((line) => line.includes('known: 1 of 1 components operational'))).toHaveLength(1);
  expect(run.log()).toContain('"grpc" is not spoken here');
});

it('says what the receiver does not take, and still ends on SIGINT while it hangs', async () => {
  await using page = await servePage(statuspage());
  await using hanging = await serve(() => {});
  const run = start(['run', `anthropic=${page.url}`], {
    OTEL_EXPORTER_OTLP_ENDPOINT: hanging.url,
    OTEL_EXPORTER_OTLP_TIMEOUT: '300',
    OTEL_METRIC_EXPORT_INTERVAL: '500',
  });
  await expect.poll(run.log, { timeout: 20_000 }).toMatch(/ERROR .*(?:timed out|timeout)/i);
  expect(await run.stop('SIGINT')).toBe(0);
});

it('reads its config file where the environment says that it is', async () => {
  const run = start(['run'], { BROWNOUT_VENDOR_STATUS_CONFIG: '/nowhere/status.yaml' });
  expect(await run.exited).toBe(2);
  expect(run.log()).toContain('error: The config file cannot be read: ENOENT');
});

it('does no harm beside a second one: the same values, told apart by the instance', async () => {
  await using receiver = await receiveOtlp();
  await using page = await servePage(statuspage('degraded_performance'));
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_METRIC_EXPORT_INTERVAL: '200' };
  const pollers = [1, 2].map(() => start(['run', `anthropic=${page.url}`], environment));
  const instances = () => new Set(receiver.resources().map((resource) => resource['service.instance.id']));
  await expect.poll(() => instances().size, { timeout: 20_000 }).toBe(2);
  expect(await Promise.all(pollers.map((poller) => poller.stop('SIGTERM')))).toEqual([0, 0]);
  expect(new Set(receiver.points(METRICS.vendorStatus.name).map(({ value }) => value))).toEqual(new Set([1]));
});
