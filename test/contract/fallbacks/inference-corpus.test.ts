import { readFile } from 'node:fs/promises';
import type AnthropicClient from '@anthropic-ai/sdk';
import { faultUrl, startSimulator } from '@brownout/simulator';
import type { FaultName, Simulator } from '@brownout/simulator';
import { trace } from '@opentelemetry/api';
import type OpenAIClient from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTelemetry } from '../../support/telemetry.ts';
import type { Telemetry } from '../../support/telemetry.ts';
import { observe, underUseCase } from '../../support/use-case.ts';

let OpenAI: typeof OpenAIClient;
let Anthropic: typeof AnthropicClient;
let telemetry: Telemetry;
let simulator: Simulator;

beforeAll(async () => {
  telemetry = startTelemetry({ budgets: [{ gapMs: 300, firstChunkMs: 60_000, totalMs: 60_000 }] });
  simulator = await startSimulator({ timing: { instant: true } });
  // The SDKs are linked as they are loaded, which has to come later.
  ({ OpenAI } = await import('openai'));
  ({ Anthropic } = await import('@anthropic-ai/sdk'));
});

afterAll(async () => {
  await simulator.close();
  await telemetry.shutdown();
});

const DOWN = 'internal_server_error';
const Q = 'Where is my order?';
type Content = string | { type: 'text'; text: string }[];
const urlOf = (fault: FaultName | undefined): string => (fault ? faultUrl(simulator.url, fault) : simulator.url);

async function gpt(fault?: FaultName, content: Content = Q, model = 'gpt-5', system = 'Be kind.', stream = false) {
  const client = new OpenAI({ apiKey: 'none', baseURL: `${urlOf(fault)}/v1`, maxRetries: 0, logLevel: 'off' });
  const messages = [
    { role: 'system' as const, content: system },
    { role: 'user' as const, content },
  ];
  if (!stream) return client.chat.completions.create({ model, messages });
  for await (const _ of await client.chat.completions.create({ model, messages, stream: true }));
  return undefined;
}
const mini = (content: Content = Q, system?: string) => gpt(undefined, content, 'gpt-5-mini', system);

async function claude(fault?: FaultName, content: Content = Q, model = 'claude-opus-5') {
  const client = new Anthropic({ apiKey: 'none', baseURL: urlOf(fault), maxRetries: 0, logLevel: 'off' });
  return client.messages.create({ model, max_tokens: 100, messages: [{ role: 'user', content }] });
}

const quiet = (call: Promise<unknown>) => call.catch(() => undefined);
const parts = (text: string): Content => [{ type: 'text', text }];
const inOrder = async (attempts: readonly (() => Promise<unknown>)[]) => {
  for (const attempt of attempts) {
    try {
      return await attempt();
    } catch {
      // On to the next.
    }
  }
  return undefined;
};

interface Program {
  /** How many fallbacks the program makes, by what it is written to do. */
  readonly truth: number;
  readonly run: () => Promise<unknown>;
  /** How many are inferred where that is not the truth: a limit that the guide names. */
  readonly counted?: number;
}

const PROGRAMS: Record<string, Program> = {
  'catch, then another provider': { truth: 1, run: () => gpt(DOWN).catch(() => claude()) },
  'catch, then another model': { truth: 1, run: () => gpt(DOWN).catch(() => mini()) },
  'from Anthropic to OpenAI': { truth: 1, run: () => claude('overloaded').catch(() => gpt()) },
  'a loop over three': { truth: 2, run: () => inOrder([() => gpt(DOWN), () => claude(DOWN), () => mini()]) },
  'a loop whose first answers': { truth: 0, run: () => inOrder([() => gpt(), () => claude()]) },
  'an empty answer': { truth: 1, run: () => gpt('empty_completion').then(() => claude()) },
  'a cut stream, then a whole answer': {
    truth: 1,
    run: () => gpt('cut_with_error', Q, 'gpt-5', '', true).catch(() => claude()),
  },
  'a rate limit': { truth: 1, run: () => gpt('rate_limited_short_wait').catch(() => claude()) },
  'another system prompt': { truth: 1, run: () => gpt(DOWN).catch(() => mini(Q, 'You are a substitute.')) },
  'a message turned into content parts': { truth: 1, run: () => gpt(DOWN).catch(() => claude(undefined, parts(Q))) },
  'other white space': { truth: 1, run: () => gpt(DOWN).catch(() => claude(undefined, ` Where is\n my order? `)) },
  'the same model twice, then another': {
    truth: 1,
    run: () => inOrder([() => gpt(DOWN), () => gpt(DOWN), () => claude()]),
  },
  'a shortened question for the smaller model': {
    truth: 1,
    counted: 0,
    run: () => gpt(DOWN).catch(() => mini('My order?')),
  },
  'instructions folded into the question': {
    truth: 1,
    counted: 0,
    run: () => gpt(DOWN).catch(() => claude(undefined, `Be kind. ${Q}`)),
  },
  'a helper that swallows errors': {
    truth: 1,
    run: async () => (await quiet(gpt(DOWN))) ?? (await claude()),
  },
  'two models side by side, one fails': { truth: 0, run: () => Promise.allSettled([gpt(DOWN), claude()]) },
  'a second opinion': { truth: 0, run: () => gpt().then(() => claude()) },
  'a vote of three models': { truth: 0, run: () => Promise.allSettled([gpt(), mini(), claude(DOWN)]) },
  'a judge of the answer': { truth: 0, run: () => gpt().then(() => claude(undefined, 'Is this answer good?')) },
  'a shadow call that fails': { truth: 0, run: () => Promise.all([gpt(), quiet(claude(DOWN))]) },
  'the next turn goes to another model': {
    truth: 0,
    run: () => quiet(gpt(DOWN)).then(() => claude(undefined, 'Hello?')),
  },
  'a batch whose next item goes to another model': {
    truth: 0,
    run: () => quiet(gpt(DOWN, 'Item one')).then(() => mini('Item two')),
  },
  'the same model again': { truth: 0, run: () => quiet(gpt(DOWN)).then(() => gpt()) },
  'a router by cost': { truth: 0, run: () => mini('A short one').then(() => gpt(undefined, 'A long one')) },
  'a warm-up ping that fails, then work': { truth: 0, run: () => quiet(gpt(DOWN, 'ping')).then(() => claude()) },
  'pings of two providers, one after the other': {
    truth: 0,
    counted: 1,
    run: () => quiet(gpt(DOWN, 'ping')).then(() => claude(undefined, 'ping')),
  },
  'a comparison of models, one after the other': {
    truth: 0,
    counted: 1,
    run: () => quiet(gpt(DOWN)).then(() => quiet(claude())),
  },
};

const PLACES = {
  'in a trace': (run: () => Promise<unknown>) =>
    trace.getTracer('test').startActiveSpan('POST /tickets', async (span) => {
      await quiet(run());
      span.end();
    }),
  'in no trace': async (run: () => Promise<unknown>) => void (await quiet(run())),
} as const;

const tally = { right: 0, wrong: 0, missed: 0 };

describe.each(Object.entries(PLACES))('%s', (place, inPlace) => {
  for (const [title, { truth, counted, run }] of Object.entries(PROGRAMS)) {
    test(`${title}: ${truth} made, ${counted ?? truth} counted`, async () => {
      const useCase = `${place}, ${title}`;
      await underUseCase(useCase, () => inPlace(run));
      const { points, calls } = await observe(telemetry, useCase);
      const found = points('brownout.fallbacks').reduce((sum, { value }) => sum + value, 0);
      tally.right += Math.min(found, truth);
      tally.wrong += Math.max(0, found - truth);
      tally.missed += Math.max(0, truth - found);
      expect(calls).not.toEqual([]);
      expect(found).toBe(counted ?? truth);
    });
  }
});

test('precision and recall are what the guide states', async () => {
  const { right, wrong, missed } = tally;
  const row = (name: string, all: number, what: string): RegExp =>
    new RegExp(`${name} *\\| ${right} of ${all} ${what} *\\| ${Math.round((100 * right) / all)} %`);
  const guide = await readFile(new URL('../../../docs/guides/fallbacks.md', import.meta.url), 'utf8');
  console.info(`precision ${right}/${right + wrong}, recall ${right}/${right + missed}`);
  expect(guide).toMatch(row('precision', right + wrong, 'counted'));
  expect(guide).toMatch(row('recall', right + missed, 'made'));
  expect(guide).toContain(`${Object.keys(PROGRAMS).length} small programs`);
});
