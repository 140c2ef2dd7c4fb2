import { PROVIDERS } from './providers.ts';

/** What is asked of a response's headers: `Headers` fits, and so does any case-insensitive look-up. */
export interface HeaderSource {
  readonly get: (name: string) => string | null;
}

export interface RateLimit {
  readonly resource: 'requests' | 'tokens' | 'input_tokens' | 'output_tokens';
  /** Remaining over limit, 0 to 1. */
  readonly remainingRatio?: number;
  /** Seconds until the window is full again. */
  readonly resetSeconds?: number;
}

type Names = readonly [limit: string, remaining: string, reset: string];
const plain = (suffix: string): Names => [
  `x-ratelimit-limit${suffix}`,
  `x-ratelimit-remaining${suffix}`,
  `x-ratelimit-reset${suffix}`,
];
const anthropic = (resource: string): Names => [
  `anthropic-ratelimit-${resource}-limit`,
  `anthropic-ratelimit-${resource}-remaining`,
  `anthropic-ratelimit-${resource}-reset`,
];

const TOTAL_TOKENS = plain('-tokens');

/** Per resource, the first of these that a response carries. */
const RATE_LIMITS = {
  requests: [
    plain('-requests'), // https://platform.openai.com/docs/guides/rate-limits
    anthropic('requests'), // https://docs.claude.com/en/api/rate-limits
    plain('-requests-minute'),
    plain('-requests-day'), // https://inference-docs.cerebras.ai/support/rate-limits
    plain('-req-minute'), // Mistral
    plain(''), // Together, OpenRouter
  ],
  tokens: [
    TOTAL_TOKENS,
    anthropic('tokens'),
    plain('-tokens-minute'),
    plain('-tokens-per-minute'), // https://docs.digitalocean.com/products/inference/reference/quota-specific-response-headers/
    ['x-tokenlimit-limit', 'x-tokenlimit-remaining', 'x-tokenlimit-reset'], // Together
  ],
  input_tokens: [anthropic('input-tokens'), plain('-input-tokens'), plain('-tokens-prompt')], // the last is Fireworks
  output_tokens: [anthropic('output-tokens'), plain('-output-tokens'), plain('-tokens-generated')],
} as const satisfies Record<RateLimit['resource'], readonly Names[]>;

/**
 * The rate limits that a response reports. What cannot be read is left out: Azure sends -1 where it does not know, some
 * hosts send a remainder without its limit.
 */
export function readRateLimits(headers: HeaderSource, nowEpochMs: number): readonly RateLimit[] {
  const found: RateLimit[] = [];
  for (const [resource, families] of Object.entries(RATE_LIMITS)) {
    // A look-up costs about a microsecond and most responses have few of these headers: one tells whether to go on.
    const names = families.find(([, remaining]) => headers.get(remaining) !== null);
    if (names === undefined) continue;
    const reading = readRateLimit(headers, names, nowEpochMs);
    if (reading !== undefined) found.push({ resource: resource as RateLimit['resource'], ...reading });
    // OpenAI and those who do as it does tell no more than this.
    if (names === TOTAL_TOKENS) break;
  }
  return found;
}

function readRateLimit(
  headers: HeaderSource,
  [limitName, remainingName, resetName]: Names,
  nowEpochMs: number,
): Omit<RateLimit, 'resource'> | undefined {
  const limit = readCount(headers.get(limitName));
  const remaining = readCount(headers.get(remainingName));
  const resetSeconds = readReset(headers.get(resetName), nowEpochMs);
  const ratio = limit === undefined || limit === 0 || remaining === undefined ? undefined : remaining / limit;
  if (ratio === undefined && resetSeconds === undefined) return undefined;
  return {
    ...(ratio !== undefined && { remainingRatio: Math.min(1, ratio) }),
    ...(resetSeconds !== undefined && { resetSeconds }),
  };
}

/** Seconds that the server asks the caller to wait, from `retry-after-ms` or `retry-after` (seconds or a date). */
export function readRetryAdvice(headers: HeaderSource, nowEpochMs: number): number | undefined {
  const milliseconds = readCount(headers.get('retry-after-ms'));
  if (milliseconds !== undefined) return milliseconds / 1000;
  const advice = headers.get('retry-after');
  return readCount(advice) ?? readDate(advice, nowEpochMs);
}

/** Ids that gateways of any host add to those of the table. */
const GATEWAY_IDS = ['x-litellm-call-id', 'x-bifrost-request-id', 'ngrok-aig-request-id'];
const REQUEST_ID_HEADERS: readonly string[] = [
  ...new Set(PROVIDERS.flatMap(({ requestIdHeaders }): readonly string[] => requestIdHeaders)),
];

/** The ids by which the provider's support finds the request, the best known first. */
export function readRequestIds(headers: HeaderSource): string[] {
  const ids: string[] = [];
  // The provider's own id is the first that is there; a gateway in between may have added another.
  for (const name of REQUEST_ID_HEADERS) {
    const id = headers.get(name);
    if (!id) continue;
    ids.push(id);
    break;
  }
  for (const name of GATEWAY_IDS) {
    const id = headers.get(name);
    if (id && !ids.includes(id)) ids.push(id);
  }
  return ids;
}

function readCount(text: string | null): number | undefined {
  if (text === null || !/^\s*\d+(?:\.\d+)?\s*$/.test(text)) return undefined;
  const count = Number(text);
  return Number.isFinite(count) ? count : undefined;
}

/** A duration as Go writes it ("6m0s", "20ms"), seconds, a moment in RFC 3339, or one in Unix seconds or milliseconds. */
function readReset(text: string | null, nowEpochMs: number): number | undefined {
  if (text === null) return undefined;
  const number = readCount(text);
  if (number !== undefined) return number < YEAR_2001 ? number : secondsUntil(number, nowEpochMs);
  return readGoDuration(text.trim()) ?? readDate(text, nowEpochMs);
}

const YEAR_2001 = 1_000_000_000;

function secondsUntil(moment: number, nowEpochMs: number): number {
  const epochMs = moment < YEAR_2001 * 1000 ? moment * 1000 : moment;
  return Math.max(0, (epochMs - nowEpochMs) / 1000);
}

const SECONDS_PER_UNIT = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 } as const;

/** https://pkg.go.dev/time#ParseDuration */
function readGoDuration(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:h|ms|m|s|us|µs|ns))+$/.test(text)) return undefined;
  let seconds = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)/g)) {
    seconds += Number(amount) * SECONDS_PER_UNIT[unit as keyof typeof SECONDS_PER_UNIT];
  }
  return Number.isFinite(seconds) ? seconds : undefined;
}

function readDate(text: string | null, nowEpochMs: number): number | undefined {
  // `Date.parse` takes almost anything: only what starts like a date in RFC 3339 or HTTP is one.
  if (text === null || !/^\s*(?:\d{4}-\d{2}-\d{2}T|[A-Z][a-z]{2}, \d{2} )/.test(text)) return undefined;
  const epochMs = Date.parse(text);
  return Number.isNaN(epochMs) ? undefined : Math.max(0, (epochMs - nowEpochMs) / 1000);
}
