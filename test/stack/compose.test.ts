import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { METRICS, prometheusName } from '@brownout/signals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { parse } from 'yaml';
import { findProgram } from '../../tools/programs/find-program.ts';
import { getModule } from '../../tools/programs/get-module.ts';
import { PROGRAMS } from '../../tools/programs/programs.ts';
import { startPrometheus } from '../../tools/programs/start-program.ts';
import { OtlpSink } from '../support/otlp-sink.ts';
import { startCollector } from './support/collector.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const STACK = join(ROOT, 'examples/stack');
const compose = parse(readFileSync(join(STACK, 'compose.yaml'), 'utf8'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
};
interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly (string | { readonly source: string })[];
}
const folder = mkdtempSync(join(tmpdir(), 'compose-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const serviceOf = (name: string): Service => {
  const service = compose.services[name];
  if (service === undefined) throw new Error(`compose.yaml has no service ${name}`);
  return service;
};

const specification = await getModule('the schema of compose files');
test.skipIf(specification.kind === 'missing')('compose.yaml is valid by the specification', () => {
  if (specification.kind === 'missing') return;
  const text = readFileSync(join(specification.folder, 'schema/compose-spec.json'), 'utf8');
  const { $schema: _, ...schema } = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const validate = new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
  expect(validate(compose) ? [] : validate.errors).toEqual([]);
  expect(validate({ services: { one: { imagee: 'x' } } })).toBe(false);
});

test('every file that it mounts is there, and no image is the latest', () => {
  const files = Object.values(compose.services)
    .flatMap(({ volumes = [] }) => volumes)
    .flatMap((volume) => (typeof volume === 'string' && volume.startsWith('.') ? [volume.split(':')[0] ?? ''] : []));
  expect(files.length).toBeGreaterThan(8);
  expect(files.filter((file) => !existsSync(join(STACK, file)))).toEqual([]);
  for (const { image } of Object.values(compose.services))
    expect(image).toMatch(/:v?\d+\.\d+\.\d+$|^brownout-example$/);
});

test.each([
  ['agent', `otel/opentelemetry-collector-contrib:${PROGRAMS.otelcol.go.release}`],
  ['gateway', `otel/opentelemetry-collector-contrib:${PROGRAMS.otelcol.go.release}`],
  ['prometheus', `prom/prometheus:v${PROGRAMS.prometheus.go.release}`],
  ['alertmanager', `prom/alertmanager:v${PROGRAMS.alertmanager.go.release}`],
])('%s is the release that tests run', (name, image) => {
  expect(serviceOf(name).image).toBe(image);
});

/** Prometheus' configuration, with its files where they are here. */
const prometheusConfig = (): string =>
  readFileSync(join(STACK, 'prometheus.yaml'), 'utf8')
    .replace('/etc/prometheus/rules', join(ROOT, 'dashboards/prometheus'))
    .replace('/etc/prometheus/collector', join(ROOT, 'collector'));

const promtool = await findProgram('promtool', 'quick');
test('Prometheus takes its configuration', async (context) => {
  if (promtool.kind === 'missing') return context.skip(promtool.why);
  const file = join(folder, 'prometheus.yaml');
  writeFileSync(file, prometheusConfig());
  const { stdout } = await run(promtool.path, ['check', 'config', file]);
  expect(stdout).toMatch(/SUCCESS: 3 rule files found/);
});

const amtool = await findProgram('amtool', 'build');
test('Alertmanager takes its configuration', async (context) => {
  if (amtool.kind === 'missing') return context.skip(amtool.why);
  const { stdout } = await run(amtool.path, ['check-config', join(ROOT, 'dashboards/alertmanager/alertmanager.yaml')]);
  expect(stdout).toContain('SUCCESS');
});

const prometheus = await findProgram('prometheus', 'build');
test('run as processes, its application is seen in Prometheus', async (context) => {
  if (prometheus.kind === 'missing') return context.skip(prometheus.why);
  // As the service `prepare` does, but for this machine's name.
  await run(join(ROOT, 'collector/make-certificates.sh'), [join(folder, 'made'), '127.0.0.1']);
  for (const name of ['agent-queue', 'gateway-queue']) mkdirSync(join(folder, name));
  await using others = await OtlpSink.start();
  const server = await startPrometheus({
    path: prometheus.path,
    config: prometheusConfig(),
    args: ['--web.enable-otlp-receiver', '--enable-feature=exemplar-storage'],
  });
  onTestFinished(() => server.stop());

  const settings = (name: 'agent' | 'gateway', own: Readonly<Record<string, string>>) => {
    const { command = [], environment = {} } = serviceOf(name);
    return {
      files: command.filter((word) => word.startsWith('/')).map((path) => path.replace('/etc/otelcol/config/', '')),
      environment: {
        ...environment,
        LISTEN_HOST: '127.0.0.1',
        TLS_DIRECTORY: join(folder, 'made/tls'),
        QUEUE_DIRECTORY: join(folder, `${name}-queue`),
        ...own,
      },
    };
  };
  await using gateway = await startCollector(
    settings('gateway', {
      SENDER_TOKENS_FILE: join(folder, 'made/secrets/sender-tokens'),
      METRICS_URL: `${server.url}/api/v1/otlp`,
      TRACES_URL: others.url,
      LOGS_URL: others.url,
    }),
  );
  await using agent = await startCollector(
    settings('agent', {
      GATEWAY_TOKEN_FILE: join(folder, 'made/secrets/gateway-token'),
      GATEWAY_ENDPOINT: gateway.grpc,
    }),
  );
  const application = spawn(process.execPath, [join(ROOT, 'examples/support-assistant/demo/stack/serve.ts')], {
    env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: agent.url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(application, 'close');
  onTestFinished(async () => {
    application.kill();
    await gone;
  });

  const query = encodeURIComponent(`sum(${prometheusName(METRICS.calls)})`);
  await vi.waitFor(
    async () => {
      const answer = (await (await fetch(`${server.url}/api/v1/query?query=${query}`)).json()) as Answer;
      expect(Number(answer.data.result[0]?.value[1])).toBeGreaterThan(10);
    },
    { timeout: 90_000, interval: 1000 },
  );
});

interface Answer {
  readonly data: { readonly result: readonly { readonly value: readonly [number, string] }[] };
}
