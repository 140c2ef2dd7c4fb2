import { recordOutcome, task, useCase } from '@brownout/api';
import { faultUrl, startSimulator } from '@brownout/simulator';
import type { FaultName, Simulator } from '@brownout/simulator';
import { trace } from '@opentelemetry/api';
import type OpenAIClient from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTelemetry } from '../support/telemetry.ts';
import type { Telemetry } from '../support/telemetry.ts';

let OpenAI: typeof OpenAIClient;
let telemetry: Telemetry;
let simulator: Simulator;

beforeAll(async () => {
  telemetry = startTelemetry({ limits: { models: 100, useCases: 10, taskNames: 20 } });
  simulator = await startSimulator({ timing: { instant: true } });
  ({ OpenAI } = await import('openai'));
});

afterAll(async () => {
  await simulator.close();
  await telemetry.shutdown();
});

function ask(fault?: FaultName) {
  const url = fault ? faultUrl(simulator.url, fault) : simulator.url;
  const client = new OpenAI({ apiKey: 'none', baseURL: `${url}/v1`, maxRetries: 0, logLevel: 'off' });
  return client.chat.completions.create({
    model: 'gpt-5',
    messages: [{ role: 'user', content: 'Where is my order?' }],
  });
}

/** Outcome and degraded of the tasks of that name. */
async function tasksOf(name: string): Promise<unknown[]> {
  const points = await telemetry.metrics();
  return points('brownout.tasks')
    .filter(({ attributes }) => attributes['brownout.task'] === name)
    .map(({ attributes, value }) => [attributes['brownout.task.outcome'], attributes['brownout.task.degraded'], value]);
}

test('a task whose calls are usable is a success that was not degraded', async () => {
  await task('served', async () => ask());
  expect(await tasksOf('served')).toEqual([['success', false, 1]]);
});

test('a task is degraded by a failed call at once, also where nobody knows yet that the call is not retried', async () => {
  await task('rescued', async () => {
    await ask('internal_server_error').catch(() => ask());
  });
  expect(await tasksOf('rescued')).toEqual([['success', true, 1]]);
});

test('a task is not degraded by a failed attempt whose retry is usable', async () => {
  await task('retried', async () => {
    let requests = 0;
    const client = new OpenAI({
      apiKey: 'none',
      baseURL: `${simulator.url}/v1`,
      // The first request meets a vendor in trouble, the second does not.
      fetch: (url, init) => {
        const fault = `${faultUrl(simulator.url, 'internal_server_error')}/v1`;
        requests += 1;
        return fetch(requests === 1 ? `${fault}/chat/completions` : url, init);
      },
    });
    await client.chat.completions.create({ model: 'gpt-5', messages: [{ role: 'user', content: 'Hello?' }] });
    expect(requests).toBe(2);
  });
  expect(await tasksOf('retried')).toEqual([['success', false, 1]]);
});

test('an exception is a failure, whatever was said before, and comes out as it went in', async () => {
  const error = new Error('no answer');
  const failed = task('thrown', async () => {
    recordOutcome('success');
    await Promise.resolve();
    throw error;
  });
  await expect(failed).rejects.toBe(error);
  expect(() =>
    task('thrown', () => {
      throw error;
    }),
  ).toThrow(error);
  expect(await tasksOf('thrown')).toEqual([['failure', false, 2]]);
});

test("the application's word counts, for the innermost task; a call degrades every task that it is a part of", async () => {
  await task('outer', async () => {
    await task('inner', async () => {
      await ask('empty_completion');
      recordOutcome('failure');
    });
  });
  expect(await tasksOf('outer')).toEqual([['success', true, 1]]);
  expect(await tasksOf('inner')).toEqual([['failure', true, 1]]);
});

test("an SDK's own promise comes out of a task as the very object that it is", async () => {
  const promise = ask();
  expect(task('lazy', () => promise)).toBe(promise);
  await promise;
});

test('what a task spends its time on adds up to its duration', async () => {
  const tracer = trace.getTracer('test');
  await task('phases', async () => {
    await ask();
    await tracer.startActiveSpan('query', { attributes: { 'db.system.name': 'sqlite' } }, async (span) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      span.end();
    });
  });
  const sums = await telemetry.sums();
  const ofPhase = (phase: string): number =>
    sums('brownout.task.phase.duration', { 'brownout.task': 'phases', 'brownout.task.phase': phase });
  expect(ofPhase('retrieval')).toBeGreaterThan(0.015);
  expect(ofPhase('inference')).toBeGreaterThan(0);
  expect(ofPhase('http')).toBe(0);
  const total = ['inference', 'retrieval', 'http', 'tool', 'app'].reduce((sum, phase) => sum + ofPhase(phase), 0);
  expect(total).toBeCloseTo(sums('brownout.task.duration', { 'brownout.task': 'phases' }), 3);
});

test('names beyond the limit are folded into one, of tasks and of use cases, and counted', async () => {
  for (let index = 0; index < 10_000; index += 1) task(`task ${index}`, () => undefined);
  for (let index = 0; index < 200; index += 1) await useCase(`use case ${index}`, () => ask());
  const points = await telemetry.metrics();
  const distinct = (metric: string, key: string) => new Set(points(metric).map(({ attributes }) => attributes[key]));
  expect(distinct('brownout.tasks', 'brownout.task').size).toBeLessThanOrEqual(21);
  expect(distinct('brownout.calls', 'brownout.use_case').size).toBeLessThanOrEqual(11);
  const overflow = points('brownout.self.overflow').map(({ attributes }) => attributes['brownout.dimension']);
  expect(overflow).toEqual(expect.arrayContaining(['brownout.task', 'brownout.use_case']));
});
