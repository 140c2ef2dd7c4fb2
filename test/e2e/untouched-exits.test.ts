import { describe, expect, test } from 'vitest';
import { compare, EXIT_TITLES } from '../support/untouched.ts';

/** Both families and both module systems. */
const ROWS = [
  { sdk: 'openai', runner: 'run-one.cjs', operation: 'chat' },
  { sdk: '@anthropic-ai/sdk-0.71', runner: 'run-one.mjs', operation: 'messages' },
] as const;

for (const { sdk, runner, operation } of ROWS) {
  describe(`${sdk}, ${runner}: the program ends as it does without the preload`, () => {
    test.concurrent.each(EXIT_TITLES)('%s', async (title) => {
      const { bare, loaded, differences } = await compare({
        sdk,
        command: [runner, sdk, operation, title],
        limit: 20_000,
      });
      expect(differences).toEqual([]);
      expect(loaded.stderr).toBe(bare.stderr);
      expect(bare.signal, 'the bare program had to be killed').not.toBe('SIGKILL');
    });
  });
}
