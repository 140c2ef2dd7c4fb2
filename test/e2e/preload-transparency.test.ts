import { describe, expect, test } from 'vitest';
import { OtlpSink } from '../support/otlp-sink.ts';
import { runProgram, type Outcome, type Program } from '../support/run-program.ts';

/** What must not change: everything but the time that it took. */
const visible = ({ code, signal, stdout, stderr }: Outcome): Omit<Outcome, 'milliseconds'> => ({
  code,
  signal,
  stdout,
  stderr,
});

const terminate: NonNullable<Program['onFirstLine']> = (child) => child.kill('SIGTERM');
const interrupt: NonNullable<Program['onFirstLine']> = (child) => child.kill('SIGINT');

const ENDINGS: readonly (Omit<Program, 'loading'> & {
  readonly ending: string;
  readonly expected: Partial<Outcome>;
})[] = [
  { ending: 'returns with an exit code of its own', file: 'preload/returns.cjs', expected: { code: 7 } },
  { ending: 'throws', file: 'preload/throws.cjs', expected: { code: 1 } },
  { ending: 'leaves a rejection unhandled', file: 'preload/rejects.mjs', expected: { code: 1 } },
  { ending: 'calls process.exit(3)', file: 'preload/exits.cjs', expected: { code: 3 } },
  { ending: 'does more work before it exits', file: 'preload/before-exit.cjs', expected: { code: 0 } },
  {
    ending: 'gets SIGTERM without a listener',
    file: 'preload/waits.cjs',
    onFirstLine: terminate,
    expected: { code: null, signal: 'SIGTERM' },
  },
  {
    ending: 'gets SIGINT without a listener',
    file: 'preload/waits.cjs',
    onFirstLine: interrupt,
    expected: { code: null, signal: 'SIGINT' },
  },
  {
    ending: 'gets SIGTERM with a listener of its own',
    file: 'preload/handles-signal.cjs',
    onFirstLine: terminate,
    expected: { code: 5, signal: null },
  },
];

describe.each(ENDINGS)('a program that $ending', ({ ending: _ending, expected, ...program }) => {
  test('ends the same with and without the preload', async () => {
    await using sink = await OtlpSink.start();
    const without = await runProgram({ ...program, loading: 'none', environment: sink.environment });
    const instrumented = await runProgram({ ...program, loading: 'require', environment: sink.environment });

    expect(without).toMatchObject(expected);
    expect(visible(instrumented)).toEqual(visible(without));
  });
});

// From an exit that cannot wait, delivery is bounded in time, which a machine under load may exceed: hence the retry.
describe('what a program did last is delivered when it', { retry: 3 }, () => {
  test.each([
    { ending: 'returns', file: 'preload/span-then-end.cjs', environment: { ENDING: 'return' } },
    { ending: 'calls process.exit', file: 'preload/span-then-end.cjs', environment: { ENDING: 'exit' } },
    { ending: 'throws', file: 'preload/span-then-end.cjs', environment: { ENDING: 'throw' } },
    {
      ending: 'gets SIGTERM',
      file: 'preload/span-then-end.cjs',
      environment: { ENDING: 'wait' },
      onFirstLine: terminate,
    },
    { ending: 'exits in a worker thread', file: 'preload/span-then-end.cjs', environment: { ENDING: 'worker' } },
  ])('$ending', async ({ ending: _ending, environment, ...program }) => {
    await using sink = await OtlpSink.start();
    await runProgram({ ...program, loading: 'require', environment: { ...sink.environment, ...environment } });

    expect(sink.spans.map(({ name }) => name)).toEqual(['last words']);
  });
});

describe('what a program has counted last is delivered when it', { retry: 3 }, () => {
  test.each([
    { ending: 'calls process.exit', environment: { ENDING: 'exit' } },
    { ending: 'throws', environment: { ENDING: 'throw' } },
    {
      ending: 'calls process.exit, as deltas',
      environment: { OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta' },
    },
  ])('$ending', async ({ environment }) => {
    await using sink = await OtlpSink.start();
    const { stdout } = await runProgram({
      file: 'preload/counts-then-ends.cjs',
      loading: 'require',
      environment: { ...sink.environment, ...environment },
    });
    const points = sink.metrics.filter(({ name }) => name === 'tickets').flatMap(({ sum }) => sum?.dataPoints ?? []);
    expect(points.map(({ asInt, asDouble }) => Number(asInt ?? asDouble))).toEqual([3]);
    expect(stdout).toBe('done\n');
  });
});

describe('a collector that', () => {
  test.each([
    { state: 'refuses connections', behaviour: undefined, longest: 1800 },
    { state: 'answers with an error', behaviour: { status: 500 }, longest: 1800 },
    { state: 'is overloaded', behaviour: { status: 503 }, longest: 1800 },
    { state: 'never answers', behaviour: 'hang', longest: 4000 },
  ] as const)('$state costs one line and bounded time', async ({ behaviour, longest }) => {
    await using sink = await OtlpSink.start(behaviour ?? 'accept');
    const environment = { ...sink.environment };
    if (behaviour === undefined) await sink[Symbol.asyncDispose]();
    const without = await runProgram({ file: 'preload/server.cjs', loading: 'none' });
    const outcome = await runProgram({ file: 'preload/server.cjs', loading: 'require', environment });

    expect(outcome).toMatchObject({ code: 0, stdout: 'hello\n' });
    expect(outcome.milliseconds - without.milliseconds).toBeLessThan(longest);
    if (behaviour === 'hang') expect(outcome.stderr).toBe('');
    else expect(outcome.stderr).toMatch(/^brownout: telemetry could not be delivered to [^\n]+\n$/);
  });

  test('hangs while the program ends does not hold it longer than the flush', async () => {
    await using sink = await OtlpSink.start('hang');
    const outcome = await runProgram({
      file: 'preload/export-then-end.cjs',
      loading: 'require',
      environment: { ...sink.environment, OTEL_METRIC_EXPORT_INTERVAL: '20', OTEL_BSP_SCHEDULE_DELAY: '20' },
    });

    expect(outcome.code).toBe(0);
    expect(sink.requests.length).toBeGreaterThan(0);
    expect(outcome.milliseconds).toBeLessThan(5000);
  });
});

test('process.exit waits no more than 300 ms for a collector that never answers', async () => {
  await using sink = await OtlpSink.start('hang');
  const { environment } = sink;
  const ended = await runProgram({ file: 'preload/times-exit.cjs', loading: 'require', environment });

  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(Number(ended.stdout)).toBeGreaterThanOrEqual(250);
  // Above the bound itself: the time to start a thread on a busy machine.
  expect(Number(ended.stdout)).toBeLessThan(600);
});

test('a program with nothing to do ends without waiting for anything', async () => {
  await using sink = await OtlpSink.start();
  const without = await runProgram({ file: 'preload/idle.cjs', loading: 'none' });
  const outcome = await runProgram({ file: 'preload/idle.cjs', loading: 'require', environment: sink.environment });

  expect(outcome).toMatchObject({ code: 0, stdout: 'done\n', stderr: '' });
  expect(outcome.milliseconds - without.milliseconds).toBeLessThan(1800);
});
