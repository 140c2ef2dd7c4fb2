import { faultUrl, startSimulator } from '@brownout/simulator';
import type { Simulator } from '@brownout/simulator';
import type OpenAIClient from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTelemetry } from '../support/telemetry.ts';
import type { Point, Telemetry } from '../support/telemetry.ts';
import { observe, underUseCase } from '../support/use-case.ts';

let telemetry: Telemetry;
let simulator: Simulator;
let client: OpenAIClient;

beforeAll(async () => {
  telemetry = startTelemetry();
  simulator = await startSimulator({ timing: { instant: true } });
  const { OpenAI } = await import('openai');
  // The first request for each model is refused, and saved by a retry.
  const baseURL = `${faultUrl(simulator.url, 'rate_limited_short_wait', { times: 1 })}/v1`;
  client = new OpenAI({ apiKey: 'none', baseURL, maxRetries: 1, logLevel: 'off' });
});

afterAll(async () => {
  await simulator.close();
  await telemetry.shutdown();
});

/** Counts by the values of some labels. */
function by(points: readonly Point[], ...labels: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { attributes, value } of points) {
    const key = labels.map((label) => JSON.stringify(attributes[label] ?? null).replaceAll('"', '')).join(' ');
    counts[key] = (counts[key] ?? 0) + value;
  }
  return counts;
}

test('streams and whole answers, operations and models can be told apart, on calls and on the wire', async () => {
  const messages = [{ role: 'user' as const, content: 'Where is my order?' }];
  await underUseCase('compared', async () => {
    for await (const _ of await client.chat.completions.create({ model: 'gpt-5', messages, stream: true }));
    await client.chat.completions.create({ model: 'gpt-5', messages });
    await client.chat.completions.create({ model: 'gpt-5-mini', messages });
    await client.embeddings.create({ model: 'text-embedding-3-small', input: 'Where is my order?' });
  });
  const { points } = await observe(telemetry, 'compared');
  const attempts = points('brownout.attempt.duration');
  expect(by(attempts, 'gen_ai.request.model', 'brownout.streaming', 'error.type')).toEqual({
    'gpt-5 true rate_limit_exceeded': 1,
    'gpt-5 true null': 1,
    'gpt-5 false null': 1,
    'gpt-5-mini false rate_limit_exceeded': 1,
    'gpt-5-mini false null': 1,
    'text-embedding-3-small false rate_limit_exceeded': 1,
    'text-embedding-3-small false null': 1,
  });
  expect(by(points('brownout.attempt.time_to_headers'), 'gen_ai.operation.name', 'brownout.streaming')).toEqual({
    'chat true': 2,
    'chat false': 3,
    'embeddings false': 2,
  });
  expect(by(points('brownout.calls'), 'gen_ai.operation.name', 'brownout.streaming')).toEqual({
    'chat true': 1,
    'chat false': 2,
    'embeddings false': 1,
  });
});
