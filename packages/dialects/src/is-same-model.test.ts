import { expect, test } from 'vitest';
import { isSameModel } from './is-same-model.ts';

test.each([
  ['gpt-5', 'gpt-5'],
  ['gpt-5', 'gpt-5-2026-08-07'],
  ['gpt-4', 'gpt-4-0613'],
  ['text-embedding-ada-002', 'text-embedding-ada-002-v2'],
  ['claude-sonnet-4-5', 'claude-sonnet-4-5-20250929'],
  ['claude-3-5-sonnet-latest', 'claude-3-5-sonnet-20241022'],
  ['claude-sonnet-4-5@20250929', 'claude-sonnet-4-5-20250929'],
  ['mistral-large-latest', 'mistral-large-2411'],
  ['gemini-2.5-flash', 'gemini-2.5-flash-preview-05-20'],
  ['gemini-2.0-flash', 'gemini-2.0-flash-001'],
  ['openai/gpt-5', 'gpt-5-2026-08-07'],
  ['gpt-5', 'openai/gpt-5'],
  ['deepseek/deepseek-r1:free', 'deepseek/deepseek-r1'],
  ['accounts/fireworks/models/llama-v3p1-70b-instruct', 'llama-v3p1-70b-instruct'],
  ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'claude-sonnet-4-5-20250929'],
  ['GPT-5', 'gpt-5'],
  ['gpt-4o-2024-08-06', 'gpt-4o'],
  ['openrouter/auto', 'anthropic/claude-sonnet-4.5'],
  ['llama3', 'llama3:latest'],
])('%s answered by %s is the same model', (requested, responded) => {
  expect(isSameModel(requested, responded)).toBe(true);
});

test.each([
  ['gpt-5', 'gpt-5-mini'],
  ['gpt-5', 'gpt-5-mini-2026-08-07'],
  ['gpt-5-mini', 'gpt-5'],
  ['gpt-4', 'gpt-4.1'],
  ['gpt-4', 'gpt-4o'],
  ['gpt-4o-2024-08-06', 'gpt-4o-2024-05-13'],
  ['gpt-4o-2024-08-06', 'gpt-4o-mini'],
  ['claude-opus-4-1', 'claude-sonnet-4-5'],
  ['claude-sonnet-4', 'claude-sonnet-4-5-20250929'],
  ['llama3:8b', 'llama3:70b'],
  ['o3', 'o3-pro'],
  ['deepseek-v3', 'deepseek-v4'],
  ['gpt-5', ''],
])('%s answered by %s is another model', (requested, responded) => {
  expect(isSameModel(requested, responded)).toBe(false);
});
