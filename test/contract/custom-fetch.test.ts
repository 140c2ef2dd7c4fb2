import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type AnthropicClient from '@anthropic-ai/sdk';
import { faultUrl, startSimulator } from '@brownout/simulator';
import type { FaultName, ParameterValues, Simulator } from '@brownout/simulator';
import type OpenAIClient from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTelemetry } from '../support/telemetry.ts';
import type { Telemetry } from '../support/telemetry.ts';
import { observe, underUseCase } from '../support/use-case.ts';

type Fetch = typeof globalThis.fetch;

let OpenAI: typeof OpenAIClient;
let Anthropic: typeof AnthropicClient;
let undici: { readonly fetch: unknown };
let telemetry: Telemetry;
let simulator: Simulator;

beforeAll(async () => {
  telemetry = startTelemetry();
  simulator = await startSimulator({ timing: { instant: true } });
  // What is linked is linked as it is loaded, which has to come later.
  ({ OpenAI } = await import('openai'));
  ({ Anthropic } = await import('@anthropic-ai/sdk'));
  undici = await import('undici');
});

afterAll(async () => {
  await simulator.close();
  await telemetry.shutdown();
});

/** A `fetch` that has nothing to do with undici; what it makes of the answer is up to `respond`. */
const foreignFetch =
  (respond: (message: IncomingMessage) => unknown) =>
  (url: string, { method, headers, body, signal }: RequestInit): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const plain = Object.fromEntries(new Headers(headers));
      const sent = request(url, { method, headers: plain, ...(signal && { signal }) }, (message) =>
        resolve(respond(message)),
      );
      sent.once('error', reject);
      sent.end(body);
    });

const textOf = async (message: IncomingMessage): Promise<string> => Buffer.concat(await message.toArray()).toString();
const factsOf = ({ statusCode = 0, headers }: IncomingMessage) => ({
  status: statusCode,
  ok: statusCode < 400,
  headers: new Headers(headers as Record<string, string>),
});

/** In the manner of node-fetch: a class of its own, with a Node stream for a body. */
class ForeignResponse {
  readonly #message: IncomingMessage;
  constructor(message: IncomingMessage) {
    this.#message = message;
    Object.assign(this, factsOf(message));
  }
  get body(): IncomingMessage {
    return this.#message;
  }
  text(): Promise<string> {
    return textOf(this.#message);
  }
  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }
}

/** In the manner of polyfills: an object that has its readers itself. */
const plainResponse = (message: IncomingMessage) => ({
  ...factsOf(message),
  body: message,
  text: () => textOf(message),
  json: async () => JSON.parse(await textOf(message)) as unknown,
});

/** Sends a request anew as long as the server fails, as wrappers of applications do. */
const stubbornFetch: Fetch = async (input, init) => {
  const response = await fetch(input, init);
  return response.status < 500 ? response : stubbornFetch(input, init);
};

/** Every way of giving a client a `fetch`; how the requests leave is what differs. */
const FETCHES: Record<string, () => unknown> = {
  "undici's fetch": () => undici.fetch,
  'the global fetch itself': () => globalThis.fetch,
  'a function around the global fetch': () => (input: string, init: RequestInit) => fetch(input, init),
  "a function around undici's fetch": () => (input: string, init: RequestInit) => (undici.fetch as Fetch)(input, init),
  'a function that copies the init': () => (input: string, init: RequestInit) => fetch(new URL(input), { ...init }),
  'a function that makes a Request': () => (input: string, init: RequestInit) =>
    fetch(new Request(input, { ...init, duplex: 'half' })),
  'a fetch whose response is a foreign class': () => foreignFetch((message) => new ForeignResponse(message)),
  'a fetch whose response is a plain object': () => foreignFetch(plainResponse),
};

interface Client {
  readonly whole: () => Promise<unknown>;
  readonly streamed: () => Promise<unknown>;
}

type ClientOptions = { readonly baseUrl: string; readonly fetch: unknown; readonly maxRetries: number };

const CLIENTS: Record<string, (options: ClientOptions) => Client> = {
  openai({ baseUrl, fetch, maxRetries }) {
    const client = new OpenAI({
      apiKey: 'none',
      baseURL: `${baseUrl}/v1`,
      maxRetries,
      fetch: fetch as Fetch,
      logLevel: 'off',
    });
    const body = { model: 'gpt-5', messages: [{ role: 'user' as const, content: 'Where is my order?' }] };
    return {
      whole: () => client.chat.completions.create(body),
      async streamed() {
        for await (const _ of await client.chat.completions.create({ ...body, stream: true }));
      },
    };
  },
  anthropic({ baseUrl, fetch, maxRetries }) {
    const client = new Anthropic({
      apiKey: 'none',
      baseURL: baseUrl,
      maxRetries,
      fetch: fetch as Fetch,
      logLevel: 'off',
    });
    const body = { model: 'claude-opus-5', max_tokens: 100, messages: [{ role: 'user' as const, content: 'Where?' }] };
    return {
      whole: () => client.messages.create(body),
      async streamed() {
        for await (const _ of await client.messages.create({ ...body, stream: true }));
      },
    };
  },
};

async function play(useCase: string, fault: FaultName | undefined, run: (baseUrl: string) => Promise<unknown>) {
  const parameters: ParameterValues = { times: 1, id: useCase.replaceAll(/\W/g, '-') };
  const baseUrl = fault ? faultUrl(simulator.url, fault, parameters) : simulator.url;
  const before = simulator.requests.length;
  const outcome = await underUseCase(useCase, () =>
    run(baseUrl).then(
      () => 'fine',
      (error: unknown) => String(error),
    ),
  );
  const { calls, attempts, callSpans } = await observe(telemetry, useCase);
  const onTheWire = simulator.requests.length - before;
  return { outcome, calls, attempts, spans: callSpans.length, onTheWire };
}

describe.each(Object.entries(CLIENTS))('%s', (vendor, createClient) => {
  for (const [name, fetchOf] of Object.entries(FETCHES)) {
    for (const mode of ['whole', 'streamed'] as const) {
      test(`${name}, ${mode}: one call, one attempt`, async () => {
        const seen = await play(`${vendor} ${name} ${mode}`, undefined, (baseUrl) =>
          createClient({ baseUrl, fetch: fetchOf(), maxRetries: 0 })[mode](),
        );
        expect(seen).toEqual({ outcome: 'fine', calls: ['usable ok'], attempts: 1, spans: 1, onTheWire: 1 });
      });
    }

    test(`${name}: a retry by the SDK is a second attempt of the same call`, async () => {
      const seen = await play(`${vendor} ${name} retried`, 'internal_server_error', (baseUrl) =>
        createClient({ baseUrl, fetch: fetchOf(), maxRetries: 2 }).whole(),
      );
      expect(seen).toEqual({ outcome: 'fine', calls: ['usable ok'], attempts: 2, spans: 1, onTheWire: 2 });
    });

    test(`${name}: a connection that is reset is one failed attempt`, async () => {
      const seen = await play(`${vendor} ${name} reset`, 'connection_reset', (baseUrl) =>
        createClient({ baseUrl, fetch: fetchOf(), maxRetries: 0 }).whole(),
      );
      expect(seen).toMatchObject({ calls: ['unusable connection'], attempts: 1, spans: 1, onTheWire: 1 });
    });
  }

  test('a function that retries by itself: its attempts are those on the wire', async () => {
    const seen = await play(`${vendor} stubborn`, 'internal_server_error', (baseUrl) =>
      createClient({ baseUrl, fetch: stubbornFetch, maxRetries: 0 }).whole(),
    );
    expect(seen).toEqual({ outcome: 'fine', calls: ['usable ok'], attempts: 2, spans: 1, onTheWire: 2 });
  });
});

test("undici's fetch, used directly, is a call that is inferred", async () => {
  const seen = await play('direct undici', undefined, async (baseUrl) => {
    const body = JSON.stringify({ model: 'gpt-5', messages: [{ role: 'user', content: 'Where is my order?' }] });
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    return (await (undici.fetch as Fetch)(`${baseUrl}/v1/chat/completions`, init)).json();
  });
  expect(seen).toEqual({ outcome: 'fine', calls: ['usable ok'], attempts: 1, spans: 1, onTheWire: 1 });
});
