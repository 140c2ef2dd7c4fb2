import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { useCase } from '@brownout/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTelemetry } from '../support/telemetry.ts';
import type { Telemetry } from '../support/telemetry.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Limits of the dimensions, at their defaults. */
const limits = { models: 100, useCases: 100, taskNames: 50 };
const NAMES = 10_000;
const SERVER = 'https://api.openai.com/v1/chat/completions';

let telemetry: Telemetry;
let original: typeof fetch;

beforeAll(() => {
  original = globalThis.fetch;
  // No socket: twenty thousand of them would be another test. The instrumentation wraps this as it would the platform's.
  globalThis.fetch = (_url, init) => {
    const { model } = JSON.parse(init?.body as string) as { model: string };
    const tool_calls = [{ id: 'c', type: 'function', function: { name: 'find', arguments: '{"colour":1}' } }];
    const choices = [
      { index: 0, message: { role: 'assistant', content: 'Где она? '.repeat(8), tool_calls }, finish_reason: 'stop' },
    ];
    const usage = { prompt_tokens: 9, completion_tokens: 9, total_tokens: 18 };
    return Promise.resolve(Response.json({ id: 'a', object: 'chat.completion', model, choices, usage }));
  };
  telemetry = startTelemetry({ limits });
});

afterAll(async () => {
  await telemetry.shutdown();
  globalThis.fetch = original;
});

const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };

async function ask(name: string, model: string): Promise<void> {
  const tools = [{ type: 'function', function: { name: 'find', parameters } }];
  const body = JSON.stringify({ model, tools, messages: [{ role: 'user', content: 'Where is my parcel?' }] });
  await useCase(name, async () => {
    const response = await fetch(SERVER, { method: 'POST', body });
    await response.json();
  });
}

/** MiB of heap, and series of all metrics about calls, after so many further names. */
async function after(from: number, count: number, call: (index: number) => Promise<void>) {
  for (let index = from; index < from + count; index += 1) await call(index);
  telemetry.forget();
  const points = await telemetry.metrics();
  const series = [
    'brownout.calls',
    'brownout.output.anomalies',
    'brownout.attempt.duration',
    'gen_ai.client.inference.duration',
  ];
  collectGarbage();
  return {
    heap: process.memoryUsage().heapUsed / 2 ** 20,
    series: Object.fromEntries(series.map((metric) => [metric, points(metric).length])),
    anomalies: new Set(points('brownout.output.anomalies').map(({ attributes }) => attributes['brownout.anomaly'])),
  };
}

test.each([
  ['use cases', (index: number) => ask(`use case ${index}`, 'gpt-5')],
  ['models', (index: number) => ask('support', `model ${index}`)],
])(
  `${NAMES} distinct %s grow neither series nor memory, every detector on and finding something`,
  async (_, call) => {
    const early = await after(0, 1_000, call);
    const late = await after(1_000, NAMES - 1_000, call);
    expect(late.anomalies).toEqual(new Set(['schema_violation', 'language_switch']));
    expect(late.series).toEqual(early.series);
    expect(Math.max(...Object.values(late.series))).toBeLessThan(10 * limits.models);
    expect(late.heap).toBeLessThan(early.heap + 4);
  },
  120_000,
);
