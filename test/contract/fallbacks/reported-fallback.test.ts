import { recordFallback } from '@brownout/api';
import type { FallbackReport } from '@brownout/api';
import { faultUrl, startSimulator } from '@brownout/simulator';
import type { Simulator } from '@brownout/simulator';
import { trace } from '@opentelemetry/api';
import type OpenAIClient from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTelemetry } from '../../support/telemetry.ts';
import type { Telemetry } from '../../support/telemetry.ts';
import { observe, underUseCase } from '../../support/use-case.ts';

let OpenAI: typeof OpenAIClient;
let telemetry: Telemetry;
let simulator: Simulator;

beforeAll(async () => {
  telemetry = startTelemetry();
  simulator = await startSimulator({ timing: { instant: true } });
  ({ OpenAI } = await import('openai'));
});

afterAll(async () => {
  await simulator.close();
  await telemetry.shutdown();
});

async function ask(model: string, content = 'Where is my order?', fails = false): Promise<void> {
  const url = fails ? faultUrl(simulator.url, 'internal_server_error') : simulator.url;
  const client = new OpenAI({ apiKey: 'none', baseURL: `${url}/v1`, maxRetries: 0, logLevel: 'off' });
  await client.chat.completions.create({ model, messages: [{ role: 'user', content }] }).catch(() => undefined);
}
const fail = () => ask('gpt-5', undefined, true);

const FROM = { provider: 'openai', model: 'gpt-5' };
const MINI = { provider: 'openai', model: 'gpt-5-mini' };

const PLACES = {
  'in a trace': (run: () => Promise<void>) =>
    trace.getTracer('test').startActiveSpan('POST /tickets', async (span) => {
      await run();
      span.end();
    }),
  'in no trace': (run: () => Promise<void>) => run(),
} as const;

interface Case {
  readonly run: () => Promise<void>;
  /** Mechanism, reason and model fallen back to of each that is counted. */
  readonly counted: readonly string[];
  readonly links?: number;
}

const CASES: Record<string, Case> = {
  'one that would be inferred too is counted once, as reported': {
    run: () => reported({}, () => ask('gpt-5-mini')),
    counted: ['policy server_error gpt-5-mini'],
    links: 1,
  },
  'a framework can say that it was one': {
    run: () => reported({ to: MINI, mechanism: 'framework', reason: 'timeout' }, () => ask('gpt-5-mini')),
    counted: ['framework timeout gpt-5-mini'],
    links: 1,
  },
  'a reworded question, which is not inferred, is counted': {
    run: () => reported({ to: MINI }, () => ask('gpt-5-mini', 'My order?')),
    counted: ['policy server_error gpt-5-mini'],
    links: 1,
  },
  'a reason that no table has is not passed on': {
    run: () => reported({ reason: 'the moon was full' }, () => ask('gpt-5-mini')),
    counted: ['policy server_error gpt-5-mini'],
    links: 1,
  },
  'a call that was never seen leaves the reason open': {
    run: async () => {
      recordFallback({ from: { provider: 'acme', model: 'acme-1' } });
      await ask('gpt-5-mini');
    },
    counted: ['policy undefined gpt-5-mini'],
  },
  'a call to the model that was given up does not use the report': {
    run: () =>
      reported({}, async () => {
        await ask('gpt-5', 'Hello?');
        await ask('gpt-5-mini', 'My order?');
      }),
    counted: ['policy server_error gpt-5-mini'],
    links: 1,
  },
  'a report about another model leaves what is inferred as it is': {
    run: () => reported({ to: { provider: 'openai', model: 'gpt-4.1' } }, () => ask('gpt-5-mini')),
    counted: ['inferred server_error gpt-5-mini'],
    links: 1,
  },
  'a report is for one call': {
    run: () =>
      reported({}, async () => {
        await ask('gpt-5-mini');
        await ask('gpt-4.1');
      }),
    counted: ['policy server_error gpt-5-mini'],
    links: 1,
  },
  'a canned answer is counted at once, with no verdict': {
    run: () => reported({ to: 'none' }),
    counted: ['policy server_error none'],
  },
  'what a canned answer has replaced is not replaced again': {
    run: () => reported({ to: 'none' }, () => ask('gpt-5-mini')),
    counted: ['policy server_error none'],
  },
};

async function reported(report: Omit<FallbackReport, 'from'>, then?: () => Promise<void>): Promise<void> {
  await fail();
  recordFallback({ from: FROM, ...report });
  await then?.();
}

describe.each(Object.entries(PLACES))('a reported fallback %s', (place, inPlace) => {
  test.each(Object.entries(CASES))('%s', async (title, { run, counted, links = 0 }) => {
    const useCase = `${place}, ${title}`;
    await underUseCase(useCase, () => inPlace(run));
    const { points, callSpans, logs } = await observe(telemetry, useCase);
    const found = points('brownout.fallbacks');
    expect(
      found.flatMap(({ attributes, value }) =>
        Array.from({ length: value }, () =>
          [
            attributes['brownout.fallback.mechanism'],
            attributes['brownout.reason'],
            attributes['gen_ai.request.model'],
          ].join(' '),
        ),
      ),
    ).toEqual(counted.map((line) => line.replace('undefined', '')));
    for (const { attributes } of found) {
      expect('brownout.verdict' in attributes).toBe(attributes['gen_ai.request.model'] !== 'none');
    }
    expect(callSpans.flatMap((span) => span.links)).toHaveLength(links);
    expect(logs.filter(({ eventName }) => eventName === 'brownout.fallback')).toHaveLength(counted.length);
  });
});

test('reports that make no sense, or that nobody listens to, do not reach the application', () => {
  const nonsense = [undefined, null, {}, { to: 'none' }, { from: 'gpt-5' }, { from: FROM, to: 7 }];
  for (const report of nonsense) expect(() => recordFallback(report as never)).not.toThrow();
  telemetry.instrumentation.disable();
  expect(() => recordFallback({ from: FROM, to: 'none' })).not.toThrow();
  telemetry.instrumentation.enable();
});

test('a nonsensical report does not spoil the calls that follow', async () => {
  await underUseCase('nonsense', async () => {
    for (const report of [undefined, {}, { from: FROM, to: null }]) recordFallback(report as never);
    await ask('gpt-5-mini');
  });
  expect((await observe(telemetry, 'nonsense')).calls).toEqual(['usable ok']);
});
