import type AnthropicClient from '@anthropic-ai/sdk';
import { faultUrl, startSimulator } from '@brownout/simulator';
import type { FaultName, Simulator } from '@brownout/simulator';
import { trace } from '@opentelemetry/api';
import type OpenAIClient from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTelemetry } from '../support/telemetry.ts';
import type { Telemetry } from '../support/telemetry.ts';
import { observe, underUseCase } from '../support/use-case.ts';

const GAP_MS = 300;
const PATIENCE_MS = 600;
const QUESTION = 'Where is my order?';

let OpenAI: typeof OpenAIClient;
let Anthropic: typeof AnthropicClient;
let telemetry: Telemetry;
let simulator: Simulator;

beforeAll(async () => {
  telemetry = startTelemetry({ budgets: [{ gapMs: GAP_MS, firstChunkMs: 60_000, totalMs: 60_000 }] });
  simulator = await startSimulator({ timing: { instant: true } });
  // The SDKs are linked as they are loaded, which has to come later.
  ({ OpenAI } = await import('openai'));
  ({ Anthropic } = await import('@anthropic-ai/sdk'));
});

afterAll(async () => {
  await simulator.close();
  await telemetry.shutdown();
});

interface Ask {
  readonly fault?: FaultName;
  readonly model?: string;
  readonly question?: string;
  readonly streamed?: boolean;
  readonly maxRetries?: number;
}

const urlOf = (fault: FaultName | undefined): string => (fault ? faultUrl(simulator.url, fault) : simulator.url);

/** Asks as an application does: it gives up after some patience, and survives every error. */
async function askOpenAI({ fault, model = 'gpt-5', question = QUESTION, streamed, maxRetries = 0 }: Ask = {}) {
  const client = new OpenAI({ apiKey: 'none', baseURL: `${urlOf(fault)}/v1`, maxRetries, logLevel: 'off' });
  const messages = [{ role: 'user' as const, content: question }];
  try {
    if (!streamed) {
      await client.chat.completions.create({ model, messages }, { timeout: PATIENCE_MS });
      return;
    }
    const stream = await client.chat.completions.create({ model, messages, stream: true });
    const impatience = setTimeout(() => stream.controller.abort(), PATIENCE_MS);
    for await (const _ of stream);
    clearTimeout(impatience);
  } catch {
    // The application goes on to its next model.
  }
}

async function askAnthropic({ fault, model = 'claude-opus-5', question = QUESTION }: Ask = {}) {
  const client = new Anthropic({ apiKey: 'none', baseURL: urlOf(fault), maxRetries: 0, logLevel: 'off' });
  const messages = [{ role: 'user' as const, content: question }];
  await client.messages.create({ model, max_tokens: 100, messages }).catch(() => undefined);
}

/** Where the application runs: in a request that is traced, or in no trace at all. */
const PLACES = {
  'inside an ingress span': (run: () => Promise<void>) =>
    trace.getTracer('test').startActiveSpan('POST /tickets', async (span) => {
      await run();
      span.end();
    }),
  'outside of any trace': (run: () => Promise<void>) => run(),
} as const;

const FAILURES = {
  'a 429 that outlasts its retries': [{ fault: 'rate_limited_short_wait', maxRetries: 1 }, 'rate_limited'],
  'a stalled stream that the application aborts': [{ fault: 'stall', streamed: true }, 'gave_up'],
  'an empty completion': [{ fault: 'empty_completion' }, 'empty_output'],
  'a cut stream': [{ fault: 'cut_with_error', streamed: true }, 'stream_cut'],
  'a timeout': [{ fault: 'no_headers' }, 'timeout'],
  'an overload, told in the stream': [{ fault: 'in_band_overloaded', streamed: true }, 'overloaded'],
} as const satisfies Record<string, readonly [Ask, string]>;

const SUBSTITUTES = {
  Anthropic: [() => askAnthropic(), 'anthropic', 'claude-opus-5'],
  'another model of OpenAI': [() => askOpenAI({ model: 'gpt-5-mini' }), 'openai', 'gpt-5-mini'],
} as const;

describe.each(Object.entries(PLACES))('%s', (place, inPlace) => {
  for (const [failure, [ask, reason]] of Object.entries(FAILURES)) {
    for (const [substitute, [askSubstitute, provider, model]] of Object.entries(SUBSTITUTES)) {
      test(`${substitute}, asked the same after ${failure}, is one fallback`, async () => {
        const useCase = `${place}, ${failure}, ${substitute}`;
        await underUseCase(useCase, () =>
          inPlace(async () => {
            await askOpenAI(ask);
            await askSubstitute();
          }),
        );
        const { points, callSpans, logs } = await observe(telemetry, useCase);
        const facts = {
          'gen_ai.provider.name': provider,
          'gen_ai.request.model': model,
          'gen_ai.operation.name': 'chat',
          'brownout.use_case': useCase,
          'brownout.fallback.from.provider': 'openai',
          'brownout.fallback.from.model': 'gpt-5',
          'brownout.reason': reason,
          'brownout.fallback.mechanism': 'inferred',
          'brownout.verdict': 'usable',
        };
        expect(points('brownout.fallbacks')).toEqual([{ attributes: facts, value: 1 }]);

        const [failed, replacement] = callSpans;
        expect(callSpans).toHaveLength(2);
        expect(failed?.attributes).toMatchObject({ 'brownout.reason': reason });
        expect(replacement?.links.map(({ context: { spanId } }) => spanId)).toEqual([failed?.spanContext().spanId]);
        expect(replacement?.attributes).toMatchObject({
          'brownout.fallback.from.provider': 'openai',
          'brownout.fallback.from.model': 'gpt-5',
        });
        const events = logs.filter(({ eventName }) => eventName === 'brownout.fallback');
        expect(events).toHaveLength(1);
        expect(events[0]?.attributes).toMatchObject(facts);
      });
    }
  }

  test('a chain of three is two fallbacks, each from the call before it', async () => {
    const useCase = `${place}, chain`;
    await underUseCase(useCase, () =>
      inPlace(async () => {
        await askAnthropic({ fault: 'overloaded' });
        await askOpenAI({ fault: 'internal_server_error' });
        await askOpenAI({ model: 'gpt-5-mini' });
      }),
    );
    const { points } = await observe(telemetry, useCase);
    const chain = points('brownout.fallbacks').map(
      ({ attributes, value }) => `${value} × ${String(attributes['brownout.fallback.from.model'])}`,
    );
    expect(chain).toEqual(['1 × claude-opus-5', '1 × gpt-5']);
  });

  const fails = { fault: 'internal_server_error' } as const;
  const NOT_COUNTED: Record<string, () => Promise<unknown>> = {
    'two models asked side by side': () => Promise.all([askOpenAI(fails), askAnthropic()]),
    'a second opinion after a usable answer': () => askOpenAI().then(() => askAnthropic()),
    'another question after a failure': () => askOpenAI(fails).then(() => askAnthropic({ question: 'Who are you?' })),
    'the same model asked again': () => askOpenAI(fails).then(() => askOpenAI()),
    'a vote among answers of one model': () =>
      Promise.all([askOpenAI(), askOpenAI(fails), askOpenAI()]).then(() => askOpenAI()),
    'a second opinion after the same model has answered at last': () =>
      askOpenAI(fails)
        .then(() => askOpenAI())
        .then(() => askAnthropic()),
  };
  for (const [title, run] of Object.entries(NOT_COUNTED)) {
    test(`${title}: no fallback`, async () => {
      const useCase = `${place}, ${title}`;
      await underUseCase(useCase, () => inPlace(async () => void (await run())));
      const { points, calls, logs } = await observe(telemetry, useCase);
      expect(calls.length).toBeGreaterThan(1);
      expect(points('brownout.fallbacks')).toEqual([]);
      expect(logs.filter(({ eventName }) => eventName === 'brownout.fallback')).toEqual([]);
    });
  }

  test('each failed call is replaced at most once', async () => {
    const useCase = `${place}, once`;
    await underUseCase(useCase, () =>
      inPlace(async () => {
        await askOpenAI(fails);
        await askOpenAI(fails);
        await askAnthropic();
        await askOpenAI({ model: 'gpt-5-mini' });
        await askAnthropic({ model: 'claude-haiku-5' });
      }),
    );
    const { points } = await observe(telemetry, useCase);
    expect(points('brownout.fallbacks').map(({ attributes }) => attributes['gen_ai.request.model'])).toEqual([
      'claude-opus-5',
    ]);
  });

  test('a dozen questions side by side fall back a dozen times', async () => {
    const useCase = `${place}, a dozen`;
    const questions = Array.from({ length: 12 }, (_, index) => `Where is order ${index}?`);
    await underUseCase(useCase, () =>
      inPlace(async () => {
        await Promise.all(
          questions.map((question) => askOpenAI({ ...fails, question }).then(() => askAnthropic({ question }))),
        );
      }),
    );
    const { points } = await observe(telemetry, useCase);
    expect(points('brownout.fallbacks').map(({ value }) => value)).toEqual([12]);
  });

  test('the same question asked elsewhere is not a fallback', async () => {
    const useCase = `${place}, elsewhere`;
    await underUseCase(useCase, () => inPlace(() => askOpenAI(fails)));
    await underUseCase(useCase, () => inPlace(() => askAnthropic()));
    const { points, calls } = await observe(telemetry, useCase);
    expect(calls.toSorted()).toEqual(['unusable server_error', 'usable ok']);
    expect(points('brownout.fallbacks')).toEqual([]);
  });
});
