import { createServer, request } from 'node:http';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { startSimulator } from '@brownout/simulator';
import type { Simulator } from '@brownout/simulator';
import type { AzureOpenAI } from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTelemetry } from '../support/telemetry.ts';
import type { Telemetry } from '../support/telemetry.ts';
import { observe, underUseCase } from '../support/use-case.ts';

const require = createRequire(import.meta.url);
const BODY = { model: 'tickets', messages: [{ role: 'user' as const, content: 'Where is my order?' }] };

let telemetry: Telemetry;
let simulator: Simulator;
let azure: Server;
let endpoint: string;

/** The simulator at Azure's addresses: the deployment is in the path, before what OpenAI has there. */
async function startAzure(): Promise<void> {
  azure = createServer((incoming, response) => {
    const path = (incoming.url ?? '').replace(/\/openai\/(?:deployments\/[^/]+|v1)\//, '/v1/').replace(/\?.*$/, '');
    const { method, headers } = incoming;
    const forwarded = request(simulator.url + path, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => azure.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(azure.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  simulator = await startSimulator({ timing: { instant: true } });
  await startAzure();
  process.env['BROWNOUT_PROVIDERS'] = `${new URL(endpoint).host}=openai-chat:azure.ai.openai`;
  telemetry = startTelemetry();
  delete process.env['BROWNOUT_PROVIDERS'];
});

afterAll(async () => {
  azure.closeAllConnections();
  await new Promise((resolve) => azure.close(resolve));
  await simulator.close();
  await telemetry.shutdown();
});

function createClient(sdk: string, prefix = '', deployment?: string): AzureOpenAI {
  const loaded = require(sdk) as { AzureOpenAI: typeof AzureOpenAI };
  const options = { apiKey: 'none', apiVersion: '2026-01-01', maxRetries: 2, logLevel: 'off' as const };
  return new loaded.AzureOpenAI({ ...options, endpoint: endpoint + prefix, ...(deployment && { deployment }) });
}

async function play(useCase: string, ask: () => Promise<unknown>) {
  const before = simulator.requests.length;
  await underUseCase(useCase, ask);
  const { calls, attempts, callSpans, points } = await observe(telemetry, useCase);
  return {
    calls,
    attempts,
    anomalies: points('brownout.output.anomalies').length,
    spans: callSpans.map(({ name, attributes }) => [name, attributes['gen_ai.provider.name']]),
    onTheWire: simulator.requests.length - before,
  };
}

const ONE_CALL = {
  calls: ['usable ok'],
  attempts: 1,
  anomalies: 0,
  spans: [['chat tickets', 'azure.ai.openai']],
  onTheWire: 1,
};

describe.each(['openai-5', 'openai-6', 'openai'])('AzureOpenAI of %s', (sdk) => {
  test('a chat is one call to the deployment that its path names', async () => {
    const seen = await play(`${sdk} chat`, () => createClient(sdk).chat.completions.create(BODY));
    expect(seen).toEqual(ONE_CALL);
  });

  test('a streamed chat with the deployment set on the client is one call', async () => {
    const seen = await play(`${sdk} stream`, async () => {
      const client = createClient(sdk, '', 'tickets');
      for await (const _ of await client.chat.completions.create({ ...BODY, stream: true }));
    });
    expect(seen).toEqual(ONE_CALL);
  });

  test('a retry is a second attempt of the same call: the subclass is linked too', async () => {
    const prefix = `/~internal_server_error;times=1;id=${sdk}`;
    const useCase = `${sdk} retried ${simulator.requests.length}`;
    const seen = await play(useCase, () => createClient(sdk, prefix).chat.completions.create(BODY));
    expect(seen).toEqual({ ...ONE_CALL, attempts: 2, onTheWire: 2 });
  });

  test('a model of another name than the deployment is not a substituted one', async () => {
    const seen = await play(`${sdk} model`, () =>
      createClient(sdk, '/~substituted_model').chat.completions.create(BODY),
    );
    expect(seen).toEqual(ONE_CALL);
  });
});
