import { readFile, rm } from 'node:fs/promises';
import { startSimulator } from '@brownout/simulator';
import type { Simulator } from '@brownout/simulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleSdk } from '../../support/bundle-sdk.ts';
import { startTelemetry } from '../../support/telemetry.ts';
import type { Telemetry } from '../../support/telemetry.ts';
import { installed, rawFetch, sdkClient } from './corpus/clients.ts';
import type { Client, SdkPair } from './corpus/clients.ts';
import { PLACES, PROGRAMS, inferredFallbacks, runCorpus, useCaseOf } from './corpus/run-corpus.ts';
import type { Place } from './corpus/run-corpus.ts';
import { ZERO, add, compare, percent } from './corpus/score.ts';
import type { Score } from './corpus/score.ts';

const FAMILIES = ['linked', 'linked, a major before', 'linked, the oldest', 'bundled', 'raw fetch'] as const;
type Family = (typeof FAMILIES)[number];
const IN = Object.keys(PLACES) as Place[];

let telemetry: Telemetry;
let simulators: readonly Simulator[];
let counted: ReadonlyMap<string, readonly string[]>;
const directories: string[] = [];

beforeAll(async () => {
  const simulator = () => startSimulator({ timing: { instant: true } });
  const [vendor, named, unknown] = await Promise.all([simulator(), simulator(), simulator()]);
  simulators = [vendor, named, unknown];
  telemetry = startTelemetry({
    budgets: [{ gapMs: 300, firstChunkMs: 60_000, totalMs: 60_000 }],
    limits: { models: 100, useCases: 10_000, taskNames: 100 },
    providers: new Map([[new URL(named.url).host, { dialect: 'openai-chat', provider: 'azure.ai.openai' }]]),
  });
  const hosts = { vendor: vendor.url, namedGateway: named.url, unknownGateway: unknown.url };
  const clients = await createClients();
  await Promise.all(FAMILIES.flatMap((family) => IN.map((place) => runCorpus(family, clients[family], place, hosts))));
  counted = await inferredFallbacks(telemetry);
}, 240_000);

afterAll(async () => {
  await telemetry.shutdown();
  for (const simulator of simulators) await simulator.close();
  for (const directory of directories) await rm(directory, { recursive: true });
});

/** The SDKs are linked as they are loaded, which has to come after the instrumentation. */
async function createClients(): Promise<Record<Family, Client>> {
  const openai = await bundleSdk<Pick<SdkPair, 'OpenAI'>>('openai');
  const anthropic = await bundleSdk<Pick<SdkPair, 'Anthropic'>>('@anthropic-ai/sdk');
  directories.push(openai.directory, anthropic.directory);
  return {
    linked: sdkClient(installed('openai', '@anthropic-ai/sdk')),
    'linked, a major before': sdkClient(installed('openai-6', '@anthropic-ai/sdk-0.137')),
    'linked, the oldest': sdkClient(installed('openai-5', '@anthropic-ai/sdk-0.51')),
    bundled: sdkClient({ ...openai.exports, ...anthropic.exports }),
    'raw fetch': rawFetch,
  };
}

const found = (family: Family, place: Place, title: string): readonly string[] =>
  counted.get(useCaseOf(family, place, title)) ?? [];

function scoreOf(family: Family, place: Place): Score {
  return PROGRAMS.map(([title, { makes }]) => compare(makes, found(family, place, title))).reduce(add, ZERO);
}

describe.each(FAMILIES)('%s', (family) => {
  test.each(IN)('%s: every program has the fallbacks inferred that are expected of it', (place) => {
    const isBlind = family === 'bundled' && place === 'in neither';
    const expected = PROGRAMS.map(([title, { makes, inferred = makes, inferredInNeither = inferred }]) => {
      if (isBlind) return [title, []];
      return [title, (place === 'in neither' ? inferredInNeither : inferred).toSorted()];
    });
    expect(Object.fromEntries(PROGRAMS.map(([title]) => [title, found(family, place, title)]))).toEqual(
      Object.fromEntries(expected),
    );
  });
});

test('precision and recall are what the guide states', async () => {
  const rows = FAMILIES.map(
    (family) => `| ${family} | ${IN.map((place) => percent(scoreOf(family, place))).join(' | ')} |`,
  );
  const { right, wrong, missed } = FAMILIES.flatMap((family) => IN.map((place) => scoreOf(family, place))).reduce(
    add,
    ZERO,
  );
  const all = [
    `${right} of ${right + wrong} counted`,
    `${right} of ${right + missed} made`,
    `${PROGRAMS.length} small programs`,
  ];
  console.info([...rows, ...all].join('\n'));
  const guide = await readFile(new URL('../../../docs/guides/fallbacks.md', import.meta.url), 'utf8');
  const squeezed = guide.replaceAll(/ +/g, ' ');
  expect([...rows, ...all].filter((line) => !squeezed.includes(line))).toEqual([]);
});
