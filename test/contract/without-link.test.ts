import { rm } from 'node:fs/promises';
import { faultUrl, startSimulator } from '@brownout/simulator';
import type { FaultName, ParameterValues, Simulator } from '@brownout/simulator';
import { trace } from '@opentelemetry/api';
import type OpenAIClient from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleSdk } from '../support/bundle-sdk.ts';
import { startTelemetry } from '../support/telemetry.ts';
import type { Telemetry } from '../support/telemetry.ts';
import { observe, underUseCase } from '../support/use-case.ts';
import type { Observed } from '../support/use-case.ts';

const MESSAGES = [{ role: 'user' as const, content: 'Where is my order?' }];
const BODY = { model: 'gpt-5', messages: MESSAGES };

let OpenAI: typeof OpenAIClient;
let telemetry: Telemetry;
let simulator: Simulator;
let directory: string;

beforeAll(async () => {
  telemetry = startTelemetry({ budgets: [{ firstChunkMs: 60_000, gapMs: 300, totalMs: 60_000 }] });
  simulator = await startSimulator({ timing: { instant: true } });
  const bundled = await bundleSdk<{ OpenAI: typeof OpenAIClient }>('openai');
  OpenAI = bundled.exports.OpenAI;
  directory = bundled.directory;
});

afterAll(async () => {
  await simulator.close();
  await telemetry.shutdown();
  await rm(directory, { recursive: true });
});

const client = (baseUrl: string, options: { maxRetries?: number; timeout?: number } = {}) =>
  new OpenAI({ apiKey: 'none', baseURL: `${baseUrl}/v1`, maxRetries: 0, logLevel: 'off', ...options });

async function readStream(openai: OpenAIClient): Promise<void> {
  for await (const _ of await openai.chat.completions.create({ ...BODY, stream: true }));
}

async function play(
  useCase: string,
  fault: FaultName | undefined,
  parameters: ParameterValues,
  run: (baseUrl: string) => Promise<unknown>,
): Promise<Observed> {
  const id = useCase.replaceAll(/\W/g, '-');
  const baseUrl = fault ? faultUrl(simulator.url, fault, { ...parameters, id }) : simulator.url;
  await underUseCase(useCase, () => run(baseUrl).catch(() => undefined));
  return observe(telemetry, useCase);
}

const seen = ({ calls, attempts, callSpans }: Observed) => ({
  calls: calls.toSorted(),
  attempts,
  spans: callSpans.length,
});

test('the bundled SDK is not linked', async () => {
  await new OpenAI({ apiKey: 'none', baseURL: simulator.url }).models.list().catch(() => undefined);
  expect((await telemetry.metrics())('brownout.instrumented')).toEqual([]);
});

describe('an SDK in a bundle', () => {
  test('an answer is one call', async () => {
    const observed = await play('answer', undefined, {}, (url) => client(url).chat.completions.create(BODY));
    expect(seen(observed)).toEqual({ calls: ['usable ok'], attempts: 1, spans: 1 });
  });

  test('a streamed answer is one call', async () => {
    const observed = await play('stream', undefined, {}, (url) => readStream(client(url)));
    expect(seen(observed)).toEqual({ calls: ['usable ok'], attempts: 1, spans: 1 });
  });

  test('a retry that succeeds is a second attempt of one call', async () => {
    const observed = await play('retried', 'internal_server_error', { times: 1 }, (url) =>
      client(url, { maxRetries: 2 }).chat.completions.create(BODY),
    );
    expect(seen(observed)).toEqual({ calls: ['usable ok'], attempts: 2, spans: 1 });
    expect(observed.points('brownout.retries')).toMatchObject([
      { value: 1, attributes: { 'brownout.reason': 'server_error' } },
    ]);
  });

  test('retries that run out are one unusable call', async () => {
    const observed = await play('exhausted', 'rate_limited_short_wait', {}, (url) =>
      client(url, { maxRetries: 1 }).chat.completions.create(BODY),
    );
    expect(seen(observed)).toEqual({ calls: ['unusable rate_limited'], attempts: 2, spans: 1 });
  });

  test('the same question asked anew after the SDK has given up is a call of its own', async () => {
    const observed = await play('anew', 'internal_server_error', { times: 2 }, async (url) => {
      const openai = client(url, { maxRetries: 1 });
      await openai.chat.completions.create(BODY).catch(() => undefined);
      await openai.chat.completions.create(BODY);
    });
    expect(seen(observed)).toEqual({ calls: ['unusable server_error', 'usable ok'], attempts: 3, spans: 2 });
    expect(observed.points('brownout.retries').map(({ value }) => value)).toEqual([1]);
  });

  test('the same question asked side by side is as many calls', async () => {
    const observed = await play('side by side', undefined, {}, (url) =>
      Promise.all([1, 2, 3].map(() => client(url).chat.completions.create(BODY))),
    );
    expect(seen(observed)).toEqual({ calls: ['usable ok', 'usable ok', 'usable ok'], attempts: 3, spans: 3 });
  });

  test('retries of the same question asked side by side stay with their calls', async () => {
    const observed = await play('side by side, retried', 'internal_server_error', { times: 2 }, (url) =>
      Promise.all([1, 2].map(() => client(url, { maxRetries: 2 }).chat.completions.create(BODY))),
    );
    expect(seen(observed)).toEqual({ calls: ['usable ok', 'usable ok'], attempts: 4, spans: 2 });
  });

  test('nor do they mix inside one trace', async () => {
    const observed = await play('in a trace, retried', 'internal_server_error', { times: 2 }, (url) =>
      trace.getTracer('test').startActiveSpan('POST /tickets', async (span) => {
        await Promise.all([1, 2].map(() => client(url, { maxRetries: 2 }).chat.completions.create(BODY)));
        span.end();
      }),
    );
    expect(seen(observed)).toEqual({ calls: ['usable ok', 'usable ok'], attempts: 4, spans: 2 });
    expect(observed.callSpans.map(({ attributes }) => attributes['brownout.attempts'])).toEqual([2, 2]);
  });

  test('what no SDK retries ends its call without a wait', async () => {
    const observed = await play('bad request', 'bad_request', {}, async (url) => {
      await client(url, { maxRetries: 2 })
        .chat.completions.create(BODY)
        .catch(() => undefined);
      expect(spansOf('bad request')).toBe(1);
    });
    expect(seen(observed)).toEqual({ calls: ['unusable bad_request'], attempts: 1, spans: 1 });
  });

  test('a failed attempt waits for its retry before it is judged', async () => {
    const observed = await play('waits', 'internal_server_error', {}, async (url) => {
      await client(url)
        .chat.completions.create(BODY)
        .catch(() => undefined);
      expect(spansOf('waits')).toBe(0);
    });
    expect(seen(observed)).toEqual({ calls: ['unusable server_error'], attempts: 1, spans: 1 });
  });

  test("the client's own deadline is a timeout, which its stated timeout tells", async () => {
    const observed = await play('timeout', 'no_headers', {}, (url) =>
      client(url).chat.completions.create(BODY, { timeout: 1_000 }),
    );
    expect(seen(observed)).toEqual({ calls: ['unusable timeout'], attempts: 1, spans: 1 });
  });

  test('a deadline that the request does not state is told by its retry', async () => {
    const observed = await play('timeout retried', 'no_headers', { times: 1 }, (url) =>
      client(url, { timeout: 500, maxRetries: 1 }).chat.completions.create(BODY),
    );
    expect(seen(observed)).toEqual({ calls: ['usable ok'], attempts: 2, spans: 1 });
    expect(observed.points('brownout.retries')).toMatchObject([
      { value: 1, attributes: { 'brownout.reason': 'timeout' } },
    ]);
  });

  test('an abort of the application before the stated timeout is a cancelled call', async () => {
    const observed = await play('aborted', 'no_headers', {}, (url) => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 100);
      return client(url).chat.completions.create(BODY, { timeout: 10_000, signal: controller.signal });
    });
    expect(seen(observed)).toEqual({ calls: ['cancelled cancelled'], attempts: 1, spans: 1 });
  });

  test('a cut stream is unusable', async () => {
    const observed = await play('cut', 'cut_with_error', {}, (url) => readStream(client(url)));
    expect(seen(observed)).toEqual({ calls: ['unusable stream_cut'], attempts: 1, spans: 1 });
  });
});

describe('a raw fetch', () => {
  const post = (url: string, body: unknown = BODY, init: RequestInit = {}) =>
    fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      ...init,
    });

  test('an answer is one call', async () => {
    const observed = await play('raw', undefined, {}, async (url) => (await post(url)).json());
    expect(seen(observed)).toEqual({ calls: ['usable ok'], attempts: 1, spans: 1 });
  });

  test('the same request sent again after a failure is a retry', async () => {
    const observed = await play('raw retried', 'internal_server_error', { times: 1 }, async (url) => {
      await (await post(url)).text();
      await (await post(url)).json();
    });
    expect(seen(observed)).toEqual({ calls: ['usable ok'], attempts: 2, spans: 1 });
  });

  test('so is one whose failure was told by its status alone, the body left unread', async () => {
    const observed = await play('raw retried unread', 'internal_server_error', { times: 1 }, async (url) => {
      expect((await post(url)).ok).toBe(false);
      await (await post(url)).json();
    });
    expect(seen(observed)).toEqual({ calls: ['usable ok'], attempts: 2, spans: 1 });
    expect(observed.points('brownout.retries')).toMatchObject([
      { value: 1, attributes: { 'brownout.reason': 'server_error' } },
    ]);
  });

  test('a failure whose body is left unread is what its status says', async () => {
    const observed = await play('raw unread', 'overloaded', {}, async (url) => {
      expect((await post(url)).ok).toBe(false);
    });
    expect(seen(observed)).toEqual({ calls: ['unusable overloaded'], attempts: 1, spans: 1 });
  });

  test('another body after a failure is another call', async () => {
    const observed = await play('raw, other body', 'internal_server_error', { times: 1 }, async (url) => {
      await (await post(url)).text();
      await (await post(url, { ...BODY, messages: [{ role: 'user', content: 'And when?' }] })).json();
    });
    expect(seen(observed)).toEqual({ calls: ['unusable server_error', 'usable ok'], attempts: 2, spans: 2 });
  });

  test('the same request sent again after an answer is another call', async () => {
    const observed = await play('raw twice', undefined, {}, async (url) => {
      await (await post(url)).json();
      await (await post(url)).json();
    });
    expect(seen(observed)).toEqual({ calls: ['usable ok', 'usable ok'], attempts: 2, spans: 2 });
  });

  test('AbortSignal.timeout is a deadline', async () => {
    const observed = await play('raw timeout', 'no_headers', {}, (url) =>
      post(url, BODY, { signal: AbortSignal.timeout(100) }),
    );
    expect(seen(observed)).toEqual({ calls: ['unusable timeout'], attempts: 1, spans: 1 });
  });
});

const spansOf = (useCase: string): number =>
  telemetry.spans().filter(({ attributes }) => attributes['brownout.use_case'] === useCase).length;
