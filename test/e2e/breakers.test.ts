import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { OtlpSink } from '../support/otlp-sink.ts';
import { differences, runBothWays } from '../support/run-both-ways.ts';
import { PRELOAD } from '../support/untouched.ts';

const LIBRARIES = ['opossum-9', 'opossum', 'cockatiel-3', 'cockatiel'] as const;
/** CommonJS and ESM. */
const RUNNERS = ['run.cjs', 'run.mjs'] as const;

const ROWS = LIBRARIES.flatMap((library) => RUNNERS.map((runner) => ({ library, runner })));

async function run(runner: string, library: string, program: string) {
  await using sink = await OtlpSink.start();
  const [bare, loaded] = await runBothWays({
    command: [
      '--stack-trace-limit=50',
      fileURLToPath(new URL(`programs/breakers/${runner}`, import.meta.url)),
      library,
      program,
    ],
    preload: PRELOAD,
    environment: sink.environment,
    limit: 60_000,
  });
  return { bare, loaded, metrics: new Set(sink.metrics.map(({ name }) => name)) };
}

describe('a program with circuit breakers prints the same with the preload', () => {
  test.each(ROWS)('$library, $runner', async ({ library, runner }) => {
    const { bare, loaded, metrics } = await run(runner, library, 'everything');
    expect(differences(bare, loaded)).toEqual([]);
    expect({ bare: bare.code, loaded: loaded.code }).toEqual({ bare: 0, loaded: 0 });
    expect(bare.stdout.match(/^### /gm)?.length).toBeGreaterThan(11);
    expect(bare.stdout).toContain('### unhandled\ntrue');
    for (const name of ['breaker.state', 'breaker.transitions', 'breaker.rejections', 'policy.executions'])
      expect([...metrics]).toContain(`brownout.${name}`);
  });

  test.each(ROWS)('$library, $runner, ended by a rejection that nobody handles', async ({ library, runner }) => {
    const { bare, loaded } = await run(runner, library, 'end');
    expect(differences(bare, loaded)).toEqual([]);
    expect({ bare: bare.code, loaded: loaded.code }).toEqual({ bare: 1, loaded: 1 });
  });
});
