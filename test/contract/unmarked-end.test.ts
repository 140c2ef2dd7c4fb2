import { faultUrl, startSimulator } from '@brownout/simulator';
import type { FaultName, Simulator } from '@brownout/simulator';
import type OpenAIClient from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTelemetry } from '../support/telemetry.ts';
import type { Telemetry } from '../support/telemetry.ts';
import { observe, underUseCase } from '../support/use-case.ts';

let OpenAI: typeof OpenAIClient;
let telemetry: Telemetry;
let perplexity: Simulator;
let other: Simulator;

beforeAll(async () => {
  const simulator = () => startSimulator({ timing: { instant: true } });
  [perplexity, other] = await Promise.all([simulator(), simulator()]);
  const { host } = new URL(perplexity.url);
  telemetry = startTelemetry({ providers: new Map([[host, { dialect: 'openai-chat', provider: 'perplexity' }]]) });
  ({ OpenAI } = await import('openai'));
});

afterAll(async () => {
  await perplexity.close();
  await other.close();
  await telemetry.shutdown();
});

const ROWS = [
  ['perplexity', 'missing_terminal', 'usable ok'],
  ['perplexity', 'cut_clean', 'unusable stream_cut'],
  ['perplexity', 'cut_with_error', 'unusable stream_cut'],
  ['perplexity', undefined, 'usable ok'],
  ['another provider', 'missing_terminal', 'unusable stream_cut'],
] as const satisfies readonly (readonly [string, FaultName | undefined, string])[];

test.each(ROWS)('a stream of %s with %s is %s', async (provider, fault, verdict) => {
  const { url } = provider === 'perplexity' ? perplexity : other;
  const useCase = `${provider} ${fault}`;
  await underUseCase(useCase, async () => {
    const baseURL = `${fault ? faultUrl(url, fault) : url}/v1`;
    const client = new OpenAI({ apiKey: 'none', baseURL, maxRetries: 0, logLevel: 'off' });
    try {
      const messages = [{ role: 'user' as const, content: 'Where is my order?' }];
      for await (const _ of await client.chat.completions.create({ model: 'sonar', messages, stream: true }));
    } catch {
      // What the application makes of a cut is its own affair.
    }
  });
  expect((await observe(telemetry, useCase)).calls).toEqual([verdict]);
});
