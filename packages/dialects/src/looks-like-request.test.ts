import { expect, test } from 'vitest';
import type { DialectId } from './dialect.ts';
import { looksLikeRequest } from './looks-like-request.ts';

test.each<[DialectId, unknown, boolean]>([
  ['openai-chat', { model: 'm', messages: [] }, true],
  ['openai-chat', { messages: [] }, false],
  ['openai-chat', { model: 'm', messages: 'x' }, false],
  ['openai-responses', { model: 'm', input: 'x' }, true],
  ['openai-responses', { model: 'm', input: [] }, true],
  ['openai-responses', { prompt: { id: 'pmpt_1' } }, true],
  ['openai-responses', { model: 'm', answers: [] }, false],
  ['openai-embeddings', { model: 'm', input: ['x'] }, true],
  ['openai-embeddings', { input: ['x'] }, false],
  ['anthropic-messages', { model: 'm', messages: [], max_tokens: 1 }, true],
  ['anthropic-messages', { model: 'm', messages: [] }, false],
  ['anthropic-messages', { to: '+41', body: 'sms' }, false],
  ['openai-chat', null, false],
  ['openai-chat', [], false],
  ['openai-chat', 'text', false],
])('a body for %s such as %j is recognised: %j', (dialect, body, expected) => {
  expect(looksLikeRequest(dialect, body)).toBe(expected);
});

test("Azure's path may carry the model instead of the body", () => {
  const path = '/openai/deployments/d/chat/completions';
  expect(looksLikeRequest('openai-chat', { messages: [] }, path)).toBe(true);
});
