import { AsyncResource } from 'node:async_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { recordOutcome, task, useCase } from '@brownout/api';
import { faultUrl, startSimulator } from '@brownout/simulator';
import type { FaultName, Simulator } from '@brownout/simulator';
import { context, diag, DiagLogLevel, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import type OpenAIClient from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTelemetry } from '../support/telemetry.ts';
import type { Telemetry } from '../support/telemetry.ts';

const PHASES = ['inference', 'retrieval', 'tool', 'http', 'app'] as const;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

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

const spanOf = (name: string) => telemetry.spans().findLast((span) => span.name === name);

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

test('an outcome that is none is said, and changes nothing', () => {
  const warnings: string[] = [];
  const warn = (text: string): void => void warnings.push(text);
  diag.setLogger({ error: warn, warn, info: warn, debug: warn, verbose: warn }, DiagLogLevel.WARN);
  task('unsure', () => {
    recordOutcome('failure');
    recordOutcome('great' as 'success');
  });
  diag.disable();
  expect(warnings).toEqual([
    "brownout: recordOutcome() takes 'success' or 'failure', not 'great': it changes nothing.",
  ]);
  expect(spanOf('task unsure')?.attributes['brownout.task.outcome']).toBe('failure');
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
  const total = PHASES.reduce((sum, phase) => sum + ofPhase(phase), 0);
  expect(total).toBeCloseTo(sums('brownout.task.duration', { 'brownout.task': 'phases' }), 3);
});

test('a task has a span, the parent of what happens in it, which says how it went and where its time went', async () => {
  await useCase('support', () => task('spanned', async () => task('within', async () => ask('empty_completion'))));
  const [spanned, within, call] = ['task spanned', 'task within', 'chat gpt-5'].map(spanOf);
  expect([within?.parentSpanContext?.spanId, call?.parentSpanContext?.spanId]).toEqual(
    [spanned, within].map((span) => span?.spanContext().spanId),
  );
  expect(spanned).toMatchObject({
    kind: SpanKind.INTERNAL,
    status: { code: SpanStatusCode.UNSET },
    attributes: {
      'brownout.task': 'spanned',
      'brownout.use_case': 'support',
      'brownout.task.outcome': 'success',
      'brownout.task.degraded': true,
    },
  });
  const times = PHASES.map((phase) => Number(spanned?.attributes[`brownout.task.phase.${phase}`]));
  expect(times[0]).toBeGreaterThan(0);
  const [seconds = 0, nanoseconds = 0] = spanned?.duration ?? [];
  expect(times.reduce((sum, time) => sum + time)).toBeCloseTo(seconds + nanoseconds / 1e9, 3);
});

test('what is started in a task and goes on after it keeps neither its spans nor adds to it', async () => {
  const tracer = trace.getTracer('test');
  let goOn = (): void => undefined;
  const spans = task('left behind', () => {
    goOn = AsyncResource.bind(() => tracer.startSpan('afterwards').end());
    return Array.from({ length: 100 }, () => new WeakRef(tracer.startSpan('never ended')));
  });
  goOn();
  for (let times = 0; times < 2; times++) {
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
  }
  expect(spans.filter((span) => span.deref() !== undefined)).toEqual([]);
  const [afterwards, leftBehind] = [spanOf('afterwards'), spanOf('task left behind')];
  expect(afterwards?.parentSpanContext?.spanId).toBe(leftBehind?.spanContext().spanId);
  goOn();
});

test('an error that throws when it is asked for its name comes out as it went in', async () => {
  const error = Object.defineProperty(new Error('hidden'), 'name', {
    get(): never {
      throw new Error('asked');
    },
  });
  await expect(task('hostile', () => Promise.reject(error))).rejects.toBe(error);
});

test('the span of a failed task is an error, by the class of its exception and without its words', async () => {
  await expect(task('broken', () => Promise.reject(new TypeError('a secret')))).rejects.toThrow('a secret');
  task('refused', () => recordOutcome('failure'));
  const [broken, refused] = ['task broken', 'task refused'].map(spanOf);
  expect(broken).toMatchObject({ status: { code: SpanStatusCode.ERROR }, attributes: { 'error.type': 'TypeError' } });
  expect(refused).toMatchObject({ status: { code: SpanStatusCode.ERROR } });
  expect(JSON.stringify([broken?.attributes, broken?.status, broken?.events])).not.toContain('a secret');
});

test('where a sampler leaves the trace out, it is not known where the time went, and nothing is said of it', async () => {
  const notSampled = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: TraceFlags.NONE };
  await context.with(trace.setSpanContext(context.active(), notSampled), () => task('left out', async () => ask()));
  const points = await telemetry.metrics();
  const named = (metric: string) =>
    points(metric).filter(({ attributes }) => attributes['brownout.task'] === 'left out');
  expect(named('brownout.tasks')).toHaveLength(1);
  expect(named('brownout.task.phase.duration')).toEqual([]);
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
