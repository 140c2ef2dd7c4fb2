import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type OpenAIClient from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTelemetry } from '../../support/telemetry.ts';
import type { Telemetry } from '../../support/telemetry.ts';
import { observe, underUseCase } from '../../support/use-case.ts';

let OpenAI: typeof OpenAIClient;
let telemetry: Telemetry;
let gateway: Server;

const ANSWER = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'claude-opus-5',
  choices: [{ index: 0, message: { role: 'assistant', content: 'On its way.' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 5, completion_tokens: 4, total_tokens: 9 },
};

beforeAll(async () => {
  telemetry = startTelemetry();
  // Answers with the header that the path names.
  gateway = createServer((request, response) => {
    const [, name = '', value = ''] = request.url?.split('/') ?? [];
    response.writeHead(200, { 'content-type': 'application/json', [name]: value });
    request.resume().on('end', () => response.end(JSON.stringify(ANSWER)));
  });
  await new Promise<void>((resolve) => void gateway.listen(0, '127.0.0.1', resolve));
  ({ OpenAI } = await import('openai'));
});

afterAll(async () => {
  gateway.closeAllConnections();
  gateway.close();
  await telemetry.shutdown();
});

async function askThrough(header: string, value: string) {
  const { port } = gateway.address() as AddressInfo;
  const useCase = `${header}: ${value}`;
  const baseURL = `http://127.0.0.1:${port}/${header}/${value}/v1`;
  await underUseCase(useCase, () =>
    new OpenAI({ apiKey: 'none', baseURL, maxRetries: 0 }).chat.completions.create({
      model: 'gpt-5',
      messages: [{ role: 'user', content: 'Where is my order?' }],
    }),
  );
  return observe(telemetry, useCase);
}

const HEADERS = ['x-litellm-attempted-fallbacks', 'cf-aig-step'];

test.each(HEADERS)('%s tells of a fallback of the gateway, whose cause is unknown', async (header) => {
  const { points, calls, logs } = await askThrough(header, '1');
  expect(calls).toEqual(['usable ok']);
  expect(points('brownout.fallbacks')).toMatchObject([
    {
      value: 1,
      attributes: {
        'gen_ai.request.model': 'claude-opus-5',
        'brownout.fallback.from.model': 'gpt-5',
        'brownout.fallback.mechanism': 'gateway',
        'brownout.verdict': 'usable',
      },
    },
  ]);
  expect(points('brownout.fallbacks')[0]?.attributes).not.toHaveProperty('brownout.reason');
  expect(logs.filter(({ eventName }) => eventName === 'brownout.fallback')).toHaveLength(1);
});

test.each(HEADERS)('%s of 0 tells of none, so that another model is a substitute', async (header) => {
  const { points, calls } = await askThrough(header, '0');
  expect(calls).toEqual(['degraded model_substituted']);
  expect(points('brownout.fallbacks')).toEqual([]);
});
