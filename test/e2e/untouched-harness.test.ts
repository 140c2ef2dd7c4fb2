import { describe, expect, test } from 'vitest';
import { compare, untouchedProgram } from '../support/untouched.ts';

const CALLS = ['run.cjs', 'openai', 'calls'] as const;
const STREAMS = ['run.cjs', 'openai', 'streams'] as const;
const exit = (title: string) => ['run-one.cjs', 'openai', 'chat', title] as const;

/** Mistakes that instrumentation makes, and a piece of what has to be said about each. */
const MISTAKES = [
  { preload: 'clones-responses', command: STREAMS, noticed: /signal: bare null, preloaded SIGKILL/ },
  { preload: 'rewraps-responses', command: CALLS, noticed: /reads the raw response with asResponse/ },
  { preload: 'parses-promises', command: CALLS, noticed: /reads the raw response with asResponse/ },
  { preload: 'adds-a-header', command: CALLS, noticed: /only the preloaded program sent .*x-observed/ },
  { preload: 'asks-for-usage', command: STREAMS, noticed: /only the preloaded program sent .*include_usage/ },
  { preload: 'prints', command: CALLS, noticed: /observability is on/ },
  {
    preload: 'swallows-rejections',
    command: exit('never awaits a call that fails'),
    noticed: /exit code: bare 1, preloaded 0/,
  },
  { preload: 'stays-alive', command: exit('ends after a call'), noticed: /signal: bare null, preloaded SIGKILL/ },
] as const;

const comparedWith = (preload: string, command: readonly [string, ...string[]], limit: number) =>
  compare({ sdk: 'openai', command, preload: untouchedProgram(`bad-preloads/${preload}.cjs`), limit });

describe('the harness of the untouched programs', () => {
  test.concurrent('finds nothing where nothing is preloaded, twice in a row', async () => {
    for (let run = 0; run < 2; run++) {
      const { differences } = await comparedWith('nothing', ['run.cjs', 'openai', 'calls,streams'], 60_000);
      expect(differences).toEqual([]);
    }
  });

  test.concurrent.each(MISTAKES)('notices a preload that makes the mistake $preload', async (mistake) => {
    const { differences } = await comparedWith(mistake.preload, mistake.command, 8_000);
    expect(differences.join('\n')).toMatch(mistake.noticed);
  });
});
