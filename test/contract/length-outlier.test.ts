import { useCase } from '@brownout/api';
import { faultUrl, startSimulator } from '@brownout/simulator';
import type { Simulator } from '@brownout/simulator';
import type OpenAIClient from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTelemetry } from '../support/telemetry.ts';
import type { Telemetry } from '../support/telemetry.ts';

let OpenAI: typeof OpenAIClient;
let telemetry: Telemetry;
let simulator: Simulator;

beforeAll(async () => {
  telemetry = startTelemetry({ limits: { models: 10, useCases: 2, taskNames: 10 } });
  simulator = await startSimulator({ timing: { instant: true } });
  ({ OpenAI } = await import('openai'));
});

afterAll(async () => {
  await simulator.close();
  await telemetry.shutdown();
});

type Answer = 'healthy' | 'overlong' | 'empty';
const FAULTS = { healthy: undefined, overlong: 'overlong_answer', empty: 'empty_completion' } as const;

async function ask(name: string, answer: Answer, count = 1): Promise<void> {
  const fault = FAULTS[answer];
  const url = fault === undefined ? simulator.url : faultUrl(simulator.url, fault);
  const client = new OpenAI({ apiKey: 'none', baseURL: `${url}/v1`, maxRetries: 0, logLevel: 'off' });
  for (let index = 0; index < count; index += 1) {
    await useCase(name, () =>
      client.chat.completions.create({ model: 'gpt-5', messages: [{ role: 'user', content: 'Where is my order?' }] }),
    );
  }
}

/** How often an answer of unusual length was told, by use case. */
async function outliers(): Promise<Record<string, number>> {
  const points = await telemetry.metrics();
  return Object.fromEntries(
    points('brownout.output.anomalies')
      .filter(({ attributes }) => attributes['brownout.anomaly'] === 'length_outlier')
      .map(({ attributes, value }) => [attributes['brownout.use_case'], value]),
  );
}

test('an answer of unusual length is told of a use case whose usual lengths are known, and of no other', async () => {
  await ask('support', 'healthy', 99);
  await ask('support', 'overlong');
  expect(await outliers()).toEqual({});
  // Unusable answers are neither compared nor learnt from.
  await ask('support', 'empty', 120);
  expect(await outliers()).toEqual({});
  await ask('support', 'healthy', 20);
  expect(await outliers()).toEqual({});
  await ask('support', 'overlong');
  await ask('summary', 'overlong');
  expect(await outliers()).toEqual({ support: 1 });
  const [span] = telemetry
    .spans()
    .filter(({ attributes }) => String(attributes['brownout.anomalies']) === 'length_outlier');
  expect(span?.attributes).toMatchObject({ 'brownout.verdict': 'usable', 'brownout.use_case': 'support' });
});

test('use cases that are folded into one have no usual length', async () => {
  for (let index = 0; index < 40; index += 1) await ask(`folded ${index % 3}`, 'healthy', 4);
  await ask('folded 0', 'overlong');
  expect(await outliers()).toEqual({ support: 1 });
});
