import { expect, test } from 'vitest';
import { readRateLimits, readRequestIds, readRetryAdvice } from './read-headers.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');

test.each<[string, Record<string, string>, unknown]>([
  [
    'OpenAI',
    {
      'x-ratelimit-limit-requests': '60',
      'x-ratelimit-remaining-requests': '45',
      'x-ratelimit-reset-requests': '1s',
      'x-ratelimit-limit-tokens': '150000',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': '6m0s',
    },
    [
      { resource: 'requests', remainingRatio: 0.75, resetSeconds: 1 },
      { resource: 'tokens', remainingRatio: 0, resetSeconds: 360 },
    ],
  ],
  [
    'Anthropic',
    {
      'anthropic-ratelimit-requests-limit': '50',
      'anthropic-ratelimit-requests-remaining': '49',
      'anthropic-ratelimit-requests-reset': '2026-11-22T12:00:30Z',
      'anthropic-ratelimit-input-tokens-limit': '100',
      'anthropic-ratelimit-input-tokens-remaining': '25',
      'anthropic-ratelimit-input-tokens-reset': '2026-11-22T11:59:00Z',
      'anthropic-ratelimit-output-tokens-limit': '8000',
      'anthropic-ratelimit-output-tokens-remaining': '8000',
    },
    [
      { resource: 'requests', remainingRatio: 0.98, resetSeconds: 30 },
      { resource: 'input_tokens', remainingRatio: 0.25, resetSeconds: 0 },
      { resource: 'output_tokens', remainingRatio: 1 },
    ],
  ],
  [
    'Cerebras',
    {
      'x-ratelimit-limit-requests-day': '1000',
      'x-ratelimit-remaining-requests-day': '999',
      'x-ratelimit-reset-requests-day': '33011.382867',
    },
    [{ resource: 'requests', remainingRatio: 0.999, resetSeconds: 33011.382867 }],
  ],
  [
    'OpenRouter',
    { 'x-ratelimit-limit': '20', 'x-ratelimit-remaining': '5', 'x-ratelimit-reset': String(NOW + 5000) },
    [{ resource: 'requests', remainingRatio: 0.25, resetSeconds: 5 }],
  ],
  [
    'Fireworks',
    { 'x-ratelimit-limit-tokens-generated': '100', 'x-ratelimit-remaining-tokens-generated': '150' },
    [{ resource: 'output_tokens', remainingRatio: 1 }],
  ],
  ['Azure where it does not know', { 'x-ratelimit-limit-tokens': '-1', 'x-ratelimit-remaining-tokens': '-1' }, []],
  ['a remainder without a limit', { 'x-ratelimit-remaining-requests': '5' }, []],
  ['a limit of nothing', { 'x-ratelimit-limit-requests': '0', 'x-ratelimit-remaining-requests': '0' }, []],
  ['nonsense', { 'x-ratelimit-reset-requests': 'soon', 'x-ratelimit-limit-requests': '1e999' }, []],
  ['nothing', {}, []],
])('rate limits of %s are read', (_, headers, expected) => {
  expect(readRateLimits(new Headers(headers), NOW)).toEqual(expected);
});

test.each([
  ['20ms', 0.02],
  ['2m30s', 150],
  ['1h2m3.5s', 3723.5],
  ['7.66s', 7.66],
  ['0s', 0],
  ['45', 45],
  ['1795348830', 30],
  ['1s2', undefined],
  ['-5s', undefined],
])('a reset of %s is %j seconds', (text, seconds) => {
  const [limit] = readRateLimits(
    new Headers({ 'x-ratelimit-remaining-requests': '1', 'x-ratelimit-reset-requests': text }),
    NOW,
  );
  if (seconds === undefined) expect(limit).toBe(undefined);
  else expect(limit?.resetSeconds).toBeCloseTo(seconds, 9);
});

test.each<[Record<string, string>, number | undefined]>([
  [{ 'retry-after': '2' }, 2],
  [{ 'retry-after-ms': '250', 'retry-after': '9' }, 0.25],
  [{ 'retry-after': 'Sun, 22 Nov 2026 12:00:10 GMT' }, 10],
  [{ 'retry-after': 'Sun, 22 Nov 2026 11:00:00 GMT' }, 0],
  [{ 'retry-after': 'later' }, undefined],
  [{ 'retry-after': '-1' }, undefined],
  [{ 'retry-after-ms': 'x', 'retry-after': '3' }, 3],
  [{}, undefined],
])('%j advises a wait of %j seconds', (headers, seconds) => {
  expect(readRetryAdvice(new Headers(headers), NOW)).toBe(seconds);
});

test("the provider's request id is found, and a gateway's beside it, each once", () => {
  const headers = { 'x-request-id': 'a', 'x-litellm-call-id': 'c', 'x-bifrost-request-id': 'a' };
  expect(readRequestIds(new Headers(headers))).toEqual(['a', 'c']);
  expect(readRequestIds(new Headers({ 'request-id': 'b' }))).toEqual(['b']);
  expect(readRequestIds(new Headers())).toEqual([]);
});
