import { describe, expect, test } from 'vitest';
import { compare, SDKS } from '../support/untouched.ts';
import type { Sdk } from '../support/untouched.ts';

/** Which programs run together in one process; see `programs/untouched/tables.cjs`. */
const EVERYTHING = 'calls,streams,fetches,raw-fetch,openai-helpers,anthropic-helpers,aborts,retries,failures';
/** What may depend on how the SDK is loaded. */
const WITH_THE_SDK = 'calls,streams,openai-helpers,anthropic-helpers';

interface Row {
  readonly sdk: Sdk;
  readonly runner: 'run.cjs' | 'run.mjs';
  readonly tables: string;
  /** At least that many programs, so that none is lost unseen. */
  readonly programs: number;
}

const ROWS: readonly Row[] = SDKS.flatMap((sdk): readonly Row[] => {
  const isOpenai = sdk.startsWith('openai');
  return [
    { sdk, runner: 'run.cjs', tables: EVERYTHING, programs: isOpenai ? 400 : 180 },
    { sdk, runner: 'run.mjs', tables: WITH_THE_SDK, programs: isOpenai ? 80 : 40 },
  ];
});

describe('the host program is untouched: it prints the same bytes and sends the same requests with the preload', () => {
  test.concurrent.each(ROWS)('$sdk, $runner', async ({ sdk, runner, tables, programs }) => {
    const { bare, loaded, differences, metrics } = await compare({ sdk, command: [runner, sdk, tables] });
    expect(differences).toEqual([]);
    expect({ code: loaded.code, signal: loaded.signal }).toEqual({ code: 0, signal: null });
    expect(bare.stdout.match(/^### /gm)?.length).toBeGreaterThan(programs);
    expect(bare.requests.length).toBeGreaterThan(programs);
    expect([...metrics]).toContain('brownout.calls');
  });
});
