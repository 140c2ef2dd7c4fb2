import { task } from '@brownout/api';
import { faultUrl, startSimulator } from '@brownout/simulator';
import type { Simulator } from '@brownout/simulator';
import type * as Cockatiel from 'cockatiel';
import type OpenAIClient from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTelemetry } from '../../support/telemetry.ts';
import type { Telemetry } from '../../support/telemetry.ts';
import { observePolicy } from './observe-policy.ts';

let telemetry: Telemetry;
let simulator: Simulator;
let OpenAI: typeof OpenAIClient;
let cockatiel: typeof Cockatiel;

beforeAll(async () => {
  telemetry = startTelemetry();
  simulator = await startSimulator({ timing: { instant: true } });
  ({ OpenAI } = await import('openai'));
  cockatiel = await import('cockatiel');
});

afterAll(async () => {
  await simulator.close();
  await telemetry.shutdown();
});

test('tries of a policy are calls, those of an SDK attempts of one: both are seen, and how they multiply', async () => {
  const { ConstantBackoff, handleAll, retry } = cockatiel;
  const policy = Object.assign(retry(handleAll, { maxAttempts: 2, backoff: new ConstantBackoff(0) }), { name: 'ask' });
  const client = new OpenAI({
    apiKey: 'none',
    baseURL: `${faultUrl(simulator.url, 'service_unavailable')}/v1`,
    maxRetries: 2,
    logLevel: 'off',
  });
  const messages = [{ role: 'user' as const, content: 'Where is my order?' }];
  const asked = task('amplified', async () =>
    policy.execute(async () => client.chat.completions.create({ model: 'gpt-5', messages })),
  );
  await expect(asked).rejects.toThrow('503');

  expect(await observePolicy(telemetry, 'ask')).toEqual({
    'retry executions': 1,
    'retry retried': 2,
    'retry gave_up': 1,
  });
  const metrics = await telemetry.metrics();
  const count = (metric: string) => metrics(metric).reduce((sum, { value }) => sum + value, 0);
  expect({
    calls: count('brownout.calls'),
    retries: count('brownout.retries'),
    attempts: count('brownout.attempt.duration'),
    requests: simulator.requests.length,
  }).toEqual({ calls: 3, retries: 6, attempts: 9, requests: 9 });
});
