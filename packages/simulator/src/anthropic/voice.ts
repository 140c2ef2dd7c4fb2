import type { ProblemKind } from '../content/problem.ts';
import { ALPHANUMERIC } from '../content/random.ts';
import type { Voice } from '../endpoint.ts';
import type { BucketState } from '../rate-limits.ts';

interface ErrorRow {
  readonly status: number;
  readonly type: string;
  readonly message: string;
  readonly shouldRetry: boolean;
}

/** https://docs.claude.com/en/api/errors */
export const ANTHROPIC_ERRORS = {
  rate_limited: {
    status: 429,
    type: 'rate_limit_error',
    message:
      'This request would exceed the rate limit for your organization (simulator) of {limit} requests per minute. For details, refer to: https://docs.claude.com/en/api/rate-limits.',
    shouldRetry: true,
  },
  quota_exhausted: {
    status: 400,
    type: 'invalid_request_error',
    message:
      'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
    shouldRetry: false,
  },
  payment_required: {
    status: 402,
    type: 'billing_error',
    message: 'There is an issue with your billing or payment information.',
    shouldRetry: false,
  },
  unauthorized: { status: 401, type: 'authentication_error', message: 'invalid x-api-key', shouldRetry: false },
  forbidden: {
    status: 403,
    type: 'permission_error',
    message: 'Your API key does not have permission to use the specified resource.',
    shouldRetry: false,
  },
  bad_request: {
    status: 400,
    type: 'invalid_request_error',
    message: 'The request body is not valid JSON.',
    shouldRetry: false,
  },
  not_found: { status: 404, type: 'not_found_error', message: 'model: {model}', shouldRetry: false },
  unknown_path: { status: 404, type: 'not_found_error', message: 'Not found', shouldRetry: false },
  server_error: { status: 500, type: 'api_error', message: 'Internal server error', shouldRetry: true },
  bad_gateway: { status: 502, type: '', message: '', shouldRetry: true },
  unavailable: { status: 503, type: 'api_error', message: 'Service unavailable', shouldRetry: true },
  overloaded: { status: 529, type: 'overloaded_error', message: 'Overloaded', shouldRetry: true },
} as const satisfies Record<ProblemKind, ErrorRow>;

const BAD_GATEWAY =
  '<!DOCTYPE html>\n<html lang="en-US">\n<head><title>api.anthropic.com | 502: Bad gateway</title></head>\n<body><h1>Bad gateway</h1><p>Error code 502</p></body>\n</html>\n';

function limitHeaders(resource: string, bucket: BucketState, at: number): Record<string, string> {
  const reset = new Date(at + bucket.resetMs).toISOString().replace(/\.\d+Z$/, 'Z');
  return {
    [`anthropic-ratelimit-${resource}-limit`]: String(bucket.limit),
    [`anthropic-ratelimit-${resource}-remaining`]: String(bucket.remaining),
    [`anthropic-ratelimit-${resource}-reset`]: reset,
  };
}

/** The rate limits of input and output together, which Anthropic reports as `tokens`. */
function together(one: BucketState, other: BucketState): BucketState {
  return {
    limit: one.limit + other.limit,
    remaining: one.remaining + other.remaining,
    resetMs: Math.max(one.resetMs, other.resetMs),
  };
}

/** Headers and errors as https://docs.claude.com/en/api/rate-limits and https://docs.claude.com/en/api/errors describe them. */
export const anthropicVoice: Voice = {
  createRequestId: (random) => `req_011C${random.text(20, ALPHANUMERIC)}`,

  headers: (requestId, processingMilliseconds, limits) => ({
    'request-id': requestId,
    'anthropic-organization-id': '00000000-0000-4000-8000-000000000000',
    ...limitHeaders('requests', limits.requests, limits.at),
    ...limitHeaders('input-tokens', limits.inputTokens, limits.at),
    ...limitHeaders('output-tokens', limits.outputTokens, limits.at),
    ...limitHeaders('tokens', together(limits.inputTokens, limits.outputTokens), limits.at),
    'x-envoy-upstream-service-time': String(processingMilliseconds),
    'strict-transport-security': 'max-age=31536000; includeSubDomains; preload',
    'x-robots-tag': 'none',
    'cf-cache-status': 'DYNAMIC',
    server: 'cloudflare',
  }),

  error: (problem, context) => {
    const row: ErrorRow = ANTHROPIC_ERRORS[problem.kind];
    if (problem.kind === 'bad_gateway') {
      return { status: row.status, headers: { 'content-type': 'text/html; charset=UTF-8' }, body: BAD_GATEWAY };
    }
    const message = (problem.message ?? row.message)
      .replaceAll('{model}', context.model)
      .replaceAll('{limit}', String(context.limits.requests.limit));
    const body = { type: 'error', error: { type: row.type, message }, request_id: context.requestId };
    return {
      status: row.status,
      headers: {
        'content-type': 'application/json',
        'x-should-retry': String(row.shouldRetry),
        ...(problem.retryAfterSeconds === undefined ? {} : { 'retry-after': String(problem.retryAfterSeconds) }),
      },
      body: JSON.stringify(body),
    };
  },
};
