import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { OtlpSink } from '../support/otlp-sink.ts';
import { differences, runBothWays } from '../support/run-both-ways.ts';
import { PRELOAD } from '../support/untouched.ts';

const folder = new URL('programs/api/', import.meta.url);
const { ends } = createRequire(import.meta.url)(fileURLToPath(new URL('programs.cjs', folder))) as { ends: object };
const RUNNERS = ['run.cjs', 'run.mjs'] as const;

async function run(runner: (typeof RUNNERS)[number], program: string) {
  await using sink = await OtlpSink.start();
  const [bare, loaded] = await runBothWays({
    command: ['--stack-trace-limit=50', fileURLToPath(new URL(runner, folder)), program],
    preload: PRELOAD,
    environment: sink.environment,
    limit: 30_000,
  });
  return { bare, loaded, metrics: sink.metrics.map(({ name }) => name) };
}

describe('a program that names use cases and tasks prints the same with the preload', () => {
  test.each(RUNNERS)('%s', async (runner) => {
    const { bare, loaded, metrics } = await run(runner, 'everything');
    expect(differences(bare, loaded)).toEqual([]);
    expect([bare.code, loaded.code, bare.stderr]).toEqual([0, 0, '']);
    expect(bare.stdout.match(/^### /gm)?.length).toBeGreaterThan(50);
    expect(metrics).toEqual(expect.arrayContaining(['brownout.tasks', 'brownout.calls']));
  });
});

describe('and ends as it does without', () => {
  test.each(RUNNERS.flatMap((runner) => Object.keys(ends).map((program) => [program, runner] as const)))(
    'a program that %s (%s)',
    async (program, runner) => {
      const { bare, loaded } = await run(runner, program);
      expect(differences(bare, loaded)).toEqual([]);
      expect(bare.signal, 'the bare program had to be killed').toBeNull();
    },
  );
});
