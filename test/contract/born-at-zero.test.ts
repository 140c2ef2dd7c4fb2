import { faultUrl, startSimulator, type Simulator } from '@brownout/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FAULT_CASES, type FaultCase } from '../support/fault-cases.ts';
import { makeCall } from '../support/model-calls.ts';
import { startTelemetry, type Point, type Telemetry } from '../support/telemetry.ts';

const MODELS = { openai: 'gpt-5-mini', '@anthropic-ai/sdk': 'claude-haiku-5-5' } as const;
const TEXTS = { system: 'You answer briefly.', user: 'Where is my parcel?', tool: 'Finds a parcel' };

/** One vendor each, of what needs no budget to go wrong: what a budget breaks had an answer, and so its transport was up. */
const CASES = FAULT_CASES.filter(
  ({ sdk, operation, retries, exceeds }) =>
    sdk in MODELS && (operation === 'chat' || operation === 'messages') && retries === 'none' && exceeds === null,
);

let simulator: Simulator;
let telemetry: Telemetry;

beforeAll(async () => {
  simulator = await startSimulator({ seed: 5, timing: { instant: true } });
  telemetry = startTelemetry();
});

afterAll(async () => {
  await telemetry.shutdown();
  await simulator.close();
});

async function play({ sdk, fault, parameters, timeout, ...call }: FaultCase): Promise<void> {
  const url = fault === null ? simulator.url : faultUrl(simulator.url, fault, parameters);
  const model = MODELS[sdk as keyof typeof MODELS];
  await makeCall(sdk, { apiKey: 'sk-test', url, timeout, maxRetries: 0 }, { ...call, model, texts: TEXTS }).catch(
    () => {
      // What the application sees is another test's matter.
    },
  );
}

const seriesOf = ({ attributes }: Point): string => JSON.stringify(attributes, Object.keys(attributes).toSorted());

test('what goes wrong is counted in series that the first good call has started: a rate misses what a series is born with', async () => {
  await Promise.all(CASES.filter(({ fault }) => fault === null).map(play));
  const before = (await telemetry.metrics())('brownout.calls').map(seriesOf);
  const started = (await telemetry.untouched('brownout.calls')).map(seriesOf);
  expect(before).toHaveLength(4);

  await Promise.all(CASES.filter(({ fault }) => fault !== null).map(play));
  const counted = (await telemetry.metrics())('brownout.calls').map(seriesOf);
  expect(counted.length).toBeGreaterThan(60);
  expect(counted.filter((series) => !before.includes(series) && !started.includes(series))).toEqual([]);
});
