import { faultUrl, startSimulator } from '@brownout/simulator';
import type { Simulator } from '@brownout/simulator';
import type * as Cockatiel from 'cockatiel';
import type OpenAIClient from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTelemetry } from '../../support/telemetry.ts';
import type { Telemetry } from '../../support/telemetry.ts';
import { observe, underUseCase } from '../../support/use-case.ts';
import { importOpossum } from './opossum-class.ts';

type Run = () => Promise<unknown>;
/** Runs one function and, if it fails, another. */
type WithFallback = (first: Run, instead: Run) => Promise<unknown>;

const LIBRARIES = ['opossum-9', 'opossum', 'cockatiel-3', 'cockatiel'] as const;
type Library = (typeof LIBRARIES)[number];

let telemetry: Telemetry;
let simulator: Simulator;
let OpenAI: typeof OpenAIClient;
const policies = new Map<Library, WithFallback>();

beforeAll(async () => {
  telemetry = startTelemetry();
  simulator = await startSimulator({ timing: { instant: true } });
  ({ OpenAI } = await import('openai'));
  for (const library of LIBRARIES) {
    policies.set(
      library,
      library.startsWith('opossum') ? await opossumFallback(library) : await cockatielFallback(library),
    );
  }
});

afterAll(async () => {
  await simulator.close();
  await telemetry.shutdown();
});

async function opossumFallback(library: Library): Promise<WithFallback> {
  const Breaker = await importOpossum(library);
  return (first, instead) => new Breaker(first, { name: 'fallback' }).fallback(instead).fire();
}

async function cockatielFallback(library: Library): Promise<WithFallback> {
  const { fallback, handleAll } = (await import(library)) as typeof Cockatiel;
  return (first, instead) => fallback(handleAll, instead).execute(first);
}

describe.each(LIBRARIES)('%s', (library) => {
  function ask(model: string, url: string): Run {
    const client = new OpenAI({ apiKey: 'none', baseURL: `${url}/v1`, maxRetries: 0, logLevel: 'off' });
    const messages = [{ role: 'user' as const, content: 'Where is my order?' }];
    return () => client.chat.completions.create({ model, messages });
  }

  async function mechanisms(useCase: string, first: Run, instead: Run): Promise<readonly unknown[]> {
    const policy = policies.get(library);
    if (policy === undefined) throw new Error(`${library} was not loaded`);
    await underUseCase(useCase, () => policy(first, instead));
    const { points } = await observe(telemetry, useCase);
    return points('brownout.fallbacks').map(({ attributes }) => attributes['brownout.fallback.mechanism']);
  }

  test('a model that its policy asks instead of one that failed is a fallback by policy', async () => {
    const failing = ask('gpt-5', faultUrl(simulator.url, 'internal_server_error'));
    expect(await mechanisms(`${library} policy`, failing, ask('gpt-5-mini', simulator.url))).toEqual(['policy']);
  });

  test('a fallback that asks no model is no fallback to a model', async () => {
    const failing = ask('gpt-5', faultUrl(simulator.url, 'internal_server_error'));
    expect(await mechanisms(`${library} canned`, failing, () => Promise.resolve('later, please'))).toEqual([]);
  });

  test('a model asked instead of something that was no model call is no fallback to a model', async () => {
    const failing = () => Promise.reject(new Error('no such row'));
    expect(await mechanisms(`${library} database`, failing, ask('gpt-5-mini', simulator.url))).toEqual([]);
  });
});
