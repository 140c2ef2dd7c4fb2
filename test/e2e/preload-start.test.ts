import { describe, expect, test } from 'vitest';
import { OtlpSink } from '../support/otlp-sink.ts';
import { LOADING, runProgram } from '../support/run-program.ts';

const SERVER = 2;
const CLIENT = 3;

const distinct = (values: Iterable<string | undefined>): readonly (string | undefined)[] => [...new Set(values)];

describe.each(['require', 'import', 'NODE_OPTIONS'] as const)('loaded through %s', (loading) => {
  test.each(['cjs', 'mjs'])('a .%s application gets one SDK, which sees its ingress and egress', async (extension) => {
    await using sink = await OtlpSink.start();
    const outcome = await runProgram({ file: `preload/server.${extension}`, loading, environment: sink.environment });

    expect(outcome).toMatchObject({ code: 0, stdout: 'hello\n', stderr: '' });
    const [ingress, ...otherIngress] = sink.spans.filter(({ kind }) => kind === SERVER);
    const [egress, ...otherEgress] = sink.spans.filter(({ kind }) => kind === CLIENT);
    expect([...otherIngress, ...otherEgress]).toEqual([]);
    expect(ingress?.traceId).toBe(egress?.traceId);
    expect(ingress?.parentSpanId).toBe(egress?.spanId);
    expect(sink.metrics.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['http.server.request.duration', 'http.client.request.duration']),
    );
    expect(distinct(sink.resources.map((resource) => resource['service.instance.id']))).toHaveLength(1);
    expect(distinct(sink.resources.map((resource) => resource['service.name']))).toEqual(['ticket-desk']);
  });
});

test('a worker thread has telemetry of its own, under an instance id of its own', async () => {
  await using sink = await OtlpSink.start();
  const outcome = await runProgram({ file: 'preload/worker.mjs', loading: 'require', environment: sink.environment });

  expect(outcome).toMatchObject({ code: 0, stderr: '' });
  const paths = sink.spans
    .filter(({ kind }) => kind === SERVER)
    .map(({ attributes }) => attributes.find(({ key }) => key === 'url.path')?.value.stringValue);
  expect(new Set(paths)).toEqual(new Set(['/main', '/worker']));
  expect(paths).toHaveLength(2);
  expect(distinct(sink.resources.map((resource) => resource['service.instance.id']))).toHaveLength(2);
});

test('the thread of a module loader, on which Node runs --require again, starts nothing', async () => {
  await using sink = await OtlpSink.start();
  const outcome = await runProgram({
    file: 'preload/loader-thread.mjs',
    loading: 'require',
    environment: { ...sink.environment, OTEL_TRACES_EXPORTER: 'none' },
    nodeOptions: ['--no-deprecation'],
  });

  expect(outcome).toMatchObject({ code: 0, stdout: 'loaded\n', stderr: '' });
  expect(distinct(sink.resources.map((resource) => resource['service.instance.id'])).length).toBeLessThanOrEqual(1);
});

test('loading it twice, once in each module system, starts it once', async () => {
  await using sink = await OtlpSink.start();
  const outcome = await runProgram({
    file: 'preload/server.mjs',
    loading: 'import',
    environment: { ...sink.environment, ...LOADING.NODE_OPTIONS.environment },
  });

  expect(outcome).toMatchObject({ code: 0, stderr: '' });
  expect(sink.spans.filter(({ kind }) => kind === SERVER)).toHaveLength(1);
});

describe('service.name', () => {
  test.each([
    { given: { OTEL_SERVICE_NAME: 'from-name' }, expected: 'from-name' },
    { given: { OTEL_RESOURCE_ATTRIBUTES: 'service.name=from-attributes' }, expected: 'from-attributes' },
  ])('is $expected, as the environment says', async ({ given, expected }) => {
    await using sink = await OtlpSink.start();
    await runProgram({
      file: 'preload/server.cjs',
      loading: 'require',
      environment: { ...sink.environment, ...given },
    });

    expect(distinct(sink.resources.map((resource) => resource['service.name']))).toEqual([expected]);
  });
});

describe('switched off', () => {
  test.each(['BROWNOUT_DISABLED', 'OTEL_SDK_DISABLED'])('%s=true loads and sends nothing', async (variable) => {
    await using sink = await OtlpSink.start();
    const outcome = await runProgram({
      file: 'preload/loaded-packages.cjs',
      loading: 'require',
      environment: { ...sink.environment, [variable]: 'true' },
    });

    expect(outcome).toMatchObject({ code: 0, stdout: '[]\n', stderr: '' });
    expect(sink.requests).toEqual([]);
  });
});
