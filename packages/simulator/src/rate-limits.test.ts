import { expect, it } from 'vitest';
import { createRateLimiter, DEFAULT_RATE_LIMITS } from './rate-limits.ts';
import { startSimulator } from './start-simulator.ts';
import { observe } from './testing/observe.ts';

const COST = { requests: 1, inputTokens: 100, outputTokens: 50 };

it('counts down with every request and refills with time', () => {
  let now = 0;
  const limiter = createRateLimiter({ ...DEFAULT_RATE_LIMITS, requestsPerMinute: 60 }, () => now);
  expect(limiter.take('key', COST).requests).toEqual({ limit: 60, remaining: 59, resetMs: 1000 });
  expect(limiter.take('key', COST).requests.remaining).toBe(58);
  now += 1000;
  expect(limiter.take('key', COST).requests.remaining).toBe(58);
  now += 60_000;
  expect(limiter.take('key', { ...COST, requests: 0 }).requests).toEqual({ limit: 60, remaining: 60, resetMs: 0 });
});

it('keeps every API key and model apart', () => {
  const limiter = createRateLimiter(DEFAULT_RATE_LIMITS, () => 0);
  limiter.take('one', COST);
  limiter.take('one', COST);
  expect(limiter.take('other', COST).requests.remaining).toBe(DEFAULT_RATE_LIMITS.requestsPerMinute - 1);
});

it('refuses what is over a limit only where limits are enforced, and then takes nothing', () => {
  const limits = { ...DEFAULT_RATE_LIMITS, requestsPerMinute: 1 };
  const counting = createRateLimiter(limits, () => 0);
  const enforcing = createRateLimiter({ ...limits, enforced: true }, () => 0);
  for (const limiter of [counting, enforcing]) expect(limiter.take('key', COST).admitted).toBe(true);
  expect(counting.take('key', COST)).toMatchObject({ admitted: true, requests: { remaining: 0 } });
  const refused = enforcing.take('key', COST);
  expect(refused.admitted).toBe(false);
  expect(refused.inputTokens.remaining).toBe(DEFAULT_RATE_LIMITS.inputTokensPerMinute - 100);
});

it('shows the limits on successes and on failures, in each provider’s headers', async () => {
  const clock = { now: () => 1_800_000_000_000, sleep: () => Promise.resolve() };
  const simulator = await startSimulator({ clock, rateLimits: { requestsPerMinute: 600 } });
  const openai = await observe(simulator, { dialect: 'openai-chat', streamed: true });
  const failed = await observe(simulator, { dialect: 'openai-chat', streamed: true, fault: 'internal_server_error' });
  const anthropic = await observe(simulator, { dialect: 'anthropic-messages', streamed: false });
  await simulator.close();
  expect(openai.headers.get('x-ratelimit-limit-requests')).toBe('600');
  expect(openai.headers.get('x-ratelimit-remaining-requests')).toBe('599');
  expect(openai.headers.get('x-ratelimit-reset-requests')).toBe('100ms');
  expect(openai.headers.get('x-ratelimit-remaining-tokens')).toMatch(/^\d+$/);
  expect(failed.status).toBe(500);
  expect(failed.headers.get('x-ratelimit-remaining-requests')).toBe('598');
  expect(anthropic.headers.get('anthropic-ratelimit-requests-remaining')).toBe('599');
  expect(anthropic.headers.get('anthropic-ratelimit-output-tokens-remaining')).toBe('399600');
  expect(anthropic.headers.get('anthropic-ratelimit-requests-reset')).toBe('2027-01-15T08:00:00Z');
});

it('refuses with 429 and a Retry-After once an enforced limit is used up', async () => {
  const clock = { now: () => 1_800_000_000_000, sleep: () => Promise.resolve() };
  const simulator = await startSimulator({ clock, rateLimits: { requestsPerMinute: 2, enforced: true } });
  const seen = [];
  for (let count = 0; count < 3; count += 1) {
    seen.push(await observe(simulator, { dialect: 'openai-chat', streamed: false }));
  }
  await simulator.close();
  expect(seen.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(seen[2]?.headers.get('retry-after')).toBe('1');
  expect(simulator.requests[2]?.fault).toBeNull();
});
