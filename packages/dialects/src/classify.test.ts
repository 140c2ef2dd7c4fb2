import { expect, test } from 'vitest';
import { classify } from './classify.ts';
import type { DialectId } from './dialect.ts';
import { PROVIDERS } from './providers.ts';

const ask = (url: string, method = 'POST') => classify({ method, url: new URL(url) });

test.each<[string, DialectId, string | undefined]>([
  ['https://api.openai.com/v1/chat/completions', 'openai-chat', 'openai'],
  ['https://eu.api.openai.com/v1/responses', 'openai-responses', 'openai'],
  ['https://api.openai.com/v1/embeddings', 'openai-embeddings', 'openai'],
  ['https://api.anthropic.com/v1/messages', 'anthropic-messages', 'anthropic'],
  ['https://api.anthropic.com/v1/messages?beta=true', 'anthropic-messages', 'anthropic'],
  ['https://me.openai.azure.com/openai/deployments/d/chat/completions?api-version=1', 'openai-chat', 'azure.ai.openai'],
  ['https://me.openai.azure.com/openai/v1/responses', 'openai-responses', 'azure.ai.openai'],
  ['https://me.services.ai.azure.com/openai/v1/chat/completions', 'openai-chat', 'azure.ai.openai'],
  ['https://me.services.ai.azure.com/models/chat/completions', 'openai-chat', 'azure.ai.inference'],
  ['https://api.groq.com/openai/v1/chat/completions', 'openai-chat', 'groq'],
  ['https://openrouter.ai/api/v1/messages', 'anthropic-messages', 'openrouter'],
  ['https://api.deepseek.com/chat/completions', 'openai-chat', 'deepseek'],
  ['https://api.deepseek.com/anthropic/v1/messages', 'anthropic-messages', 'deepseek'],
  ['https://api.z.ai/api/paas/v4/chat/completions', 'openai-chat', 'z_ai'],
  ['https://generativelanguage.googleapis.com/v1beta/openai/chat/completions', 'openai-chat', 'gcp.gemini'],
  [
    'https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/l/endpoints/openapi/chat/completions',
    'openai-chat',
    'gcp.vertex_ai',
  ],
  ['https://gateway.ai.cloudflare.com/v1/a/g/compat/chat/completions', 'openai-chat', 'cloudflare_ai_gateway'],
  ['https://dashscope-intl.aliyuncs.com/compatible-mode/v1/embeddings', 'openai-embeddings', 'dashscope'],
  ['https://api.eu.mistral.ai/v1/chat/completions', 'openai-chat', 'mistral_ai'],
  ['https://us.api.x.ai/v1/responses', 'openai-responses', 'x_ai'],
  ['https://w.us-east-1.maas.aliyuncs.com/compatible-mode/v1/chat/completions', 'openai-chat', 'dashscope'],
  ['https://ai-gateway.helicone.ai/v1/chat/completions', 'openai-chat', 'helicone'],
  ['http://127.0.0.1:8080/v1/chat/completions', 'openai-chat', undefined],
  ['http://gateway.internal/v1/messages/', 'anthropic-messages', undefined],
  ['https://api.openai.com.evil.example/v1/responses', 'openai-responses', undefined],
  ['https://notapi.x.ai/v1/chat/completions', 'openai-chat', undefined],
])('%s is a call', (url, dialect, provider) => {
  expect(ask(url)).toEqual({ dialect, provider });
});

test.each([
  ['https://api.openai.com/v1/models', 'GET'],
  ['https://api.openai.com/v1/chat/completions', 'GET'],
  ['https://api.openai.com/v1/responses/resp_1', 'POST'],
  ['https://api.openai.com/v1/responses/resp_1/cancel', 'POST'],
  ['https://api.openai.com/v1/responses/compact', 'POST'],
  ['https://api.openai.com/v1/responses/input_tokens', 'POST'],
  ['https://api.openai.com/v1/threads/thread_1/messages', 'POST'],
  ['https://api.openai.com/v1/files', 'POST'],
  ['https://api.openai.com/v1/batches', 'POST'],
  ['https://api.openai.com/v1/moderations', 'POST'],
  ['https://api.anthropic.com/v1/messages/count_tokens', 'POST'],
  ['https://api.anthropic.com/v1/messages/batches', 'POST'],
  ['https://example.com/my-responses', 'POST'],
  ['https://example.com/', 'POST'],
])('%s by %s is no call', (url, method) => {
  expect(ask(url, method)).toBe(undefined);
});

test('a host that the user named speaks the dialect that the user named, on any path but the known others', () => {
  const overrides = new Map([
    ['127.0.0.1:9000', { dialect: 'anthropic-messages', provider: 'acme' } as const],
    ['llm.internal', { dialect: 'openai-chat' } as const],
  ]);
  const named = (url: string) => classify({ method: 'POST', url: new URL(url), overrides });
  expect(named('http://127.0.0.1:9000/generate')).toEqual({ dialect: 'anthropic-messages', provider: 'acme' });
  expect(named('http://127.0.0.1:9001/generate')).toBe(undefined);
  expect(named('http://127.0.0.1:9000/v1/messages/count_tokens')).toBe(undefined);
  expect(named('http://127.0.0.1:9000/v1/embeddings')).toEqual({ dialect: 'openai-embeddings', provider: 'acme' });
  expect(named('http://llm.internal:81/x')).toEqual({ dialect: 'openai-chat', provider: undefined });
});

test('no two rows of the provider table claim the same addresses, and every name is low in cardinality and case', () => {
  const addresses = PROVIDERS.flatMap((row) =>
    row.hosts.map((host: string) => host + ('pathPrefix' in row ? row.pathPrefix : '')),
  );
  expect(new Set(addresses).size).toBe(addresses.length);
  for (const { provider, docs } of PROVIDERS) {
    expect(provider).toMatch(/^[a-z][a-z_.]*$/);
    expect(docs).toMatch(/^https:\/\//);
  }
});
