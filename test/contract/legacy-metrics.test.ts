import { startSimulator } from '@brownout/simulator';
import type { Simulator } from '@brownout/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCall } from '../support/model-calls.ts';
import { startTelemetry } from '../support/telemetry.ts';
import type { Telemetry } from '../support/telemetry.ts';

const LEGACY = [
  'gen_ai.client.operation.duration',
  'gen_ai.client.token.usage',
  'gen_ai.client.operation.time_to_first_chunk',
  'gen_ai.client.operation.time_per_output_chunk',
];

let telemetry: Telemetry;
let simulator: Simulator;

beforeAll(async () => {
  telemetry = startTelemetry({ legacyMetrics: true });
  simulator = await startSimulator({ timing: { instant: true } });
});

afterAll(async () => {
  await simulator.close();
  await telemetry.shutdown();
});

test('the names from before the conventions v0.1.0 are emitted beside the current ones, with the same counts', async () => {
  await makeCall(
    'openai',
    { apiKey: 'sk-none', url: simulator.url },
    {
      operation: 'chat',
      streamed: true,
      model: 'gpt-5',
      want: 'prose',
      texts: { system: 'Be brief.', user: 'Hello?', tool: '' },
    },
  );
  const points = await telemetry.metrics();
  const count = (metric: string): number => points(metric).reduce((sum, { value }) => sum + value, 0);
  expect(LEGACY.map(count)).toEqual([
    count('gen_ai.client.inference.duration'),
    count('gen_ai.client.inference.operation.input_tokens') + count('gen_ai.client.inference.operation.output_tokens'),
    count('gen_ai.client.inference.time_to_first_chunk'),
    count('gen_ai.client.inference.time_per_output_chunk'),
  ]);
  expect(LEGACY.map(count).slice(0, 3)).toEqual([1, 2, 1]);
  expect(points('gen_ai.client.token.usage').map(({ attributes }) => attributes['gen_ai.token.type'])).toEqual([
    'input',
    'output',
  ]);
});
