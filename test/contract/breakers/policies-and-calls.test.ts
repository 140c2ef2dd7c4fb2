import { task, useCase } from '@brownout/api';
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
  telemetry = startTelemetry({ budgets: [{ totalMs: 60_000 }, { useCase: 'hurried', totalMs: 20 }] });
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

test.each([
  ['cancelled', 'unspecified'],
  ['gave_up', 'hurried'],
])('a call that a timeout aborts is %s', async (reason, useCaseName) => {
  const { timeout, TimeoutStrategy } = cockatiel;
  const policy = Object.assign(timeout(100, TimeoutStrategy.Cooperative), { name: reason });
  const baseURL = `${faultUrl(simulator.url, 'no_headers')}/v1`;
  const client = new OpenAI({ apiKey: 'none', baseURL, maxRetries: 0, logLevel: 'off' });
  const messages = [{ role: 'user' as const, content: 'Where is my order?' }];
  const asked = useCase(useCaseName, () =>
    policy.execute(async ({ signal }) => client.chat.completions.create({ model: 'gpt-5', messages }, { signal })),
  );
  await expect(asked).rejects.toThrow('aborted');
  expect(await observePolicy(telemetry, reason)).toEqual({ 'timeout executions': 1, 'timeout timed_out': 1 });
  const calls = (await telemetry.metrics())('brownout.calls');
  expect(calls.filter(({ attributes }) => attributes['brownout.reason'] === reason)).toHaveLength(1);
});
