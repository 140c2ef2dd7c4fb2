import type { ProblemKind } from '../content/problem.ts';
import { HEXADECIMAL } from '../content/random.ts';
import type { Voice } from '../endpoint.ts';
import type { BucketState } from '../rate-limits.ts';

interface ErrorRow {
  readonly status: number;
  readonly type: string;
  readonly code: string | null;
  readonly message: string;
}

/** https://platform.openai.com/docs/guides/error-codes */
export const OPENAI_ERRORS = {
  rate_limited: {
    status: 429,
    type: 'requests',
    code: 'rate_limit_exceeded',
    message:
      'Rate limit reached for {model} in organization org-simulator on requests per min (RPM): Limit {limit}, Used {limit}, Requested 1. Please try again in {retry}. Visit https://platform.openai.com/account/rate-limits to learn more.',
  },
  quota_exhausted: {
    status: 429,
    type: 'insufficient_quota',
    code: 'insufficient_quota',
    message:
      'You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.',
  },
  payment_required: {
    status: 402,
    type: 'billing_error',
    code: 'billing_not_active',
    message: 'Your account is not active, please check your billing details on our website.',
  },
  unauthorized: {
    status: 401,
    type: 'invalid_request_error',
    code: 'invalid_api_key',
    message:
      'Incorrect API key provided: {key}. You can find your API key at https://platform.openai.com/account/api-keys.',
  },
  forbidden: {
    status: 403,
    type: 'request_forbidden',
    code: 'unsupported_country_region_territory',
    message: 'Country, region, or territory not supported',
  },
  bad_request: {
    status: 400,
    type: 'invalid_request_error',
    code: null,
    message: 'We could not parse the JSON body of your request.',
  },
  not_found: {
    status: 404,
    type: 'invalid_request_error',
    code: 'model_not_found',
    message: 'The model `{model}` does not exist or you do not have access to it.',
  },
  unknown_path: {
    status: 404,
    type: 'invalid_request_error',
    code: null,
    message: 'Invalid URL ({method} {path})',
  },
  server_error: {
    status: 500,
    type: 'server_error',
    code: null,
    message: 'The server had an error while processing your request. Sorry about that!',
  },
  bad_gateway: { status: 502, type: '', code: null, message: '' },
  unavailable: {
    status: 503,
    type: 'service_unavailable_error',
    code: 'server_is_overloaded',
    message: 'Our servers are currently overloaded. Please try again later.',
  },
  overloaded: {
    status: 529,
    type: 'service_unavailable_error',
    code: 'server_is_overloaded',
    message: 'Our servers are currently overloaded. Please try again later.',
  },
} as const satisfies Record<ProblemKind, ErrorRow>;

const BAD_GATEWAY =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n';

/** Go's notation of a duration, as OpenAI writes it: `6m0s`, `1.2s`, `20ms`. */
function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${milliseconds}ms`;
  const minutes = Math.floor(milliseconds / 60_000);
  const seconds = `${Number(((milliseconds % 60_000) / 1000).toFixed(3))}s`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}

function limitHeaders(resource: string, bucket: BucketState): Record<string, string> {
  return {
    [`x-ratelimit-limit-${resource}`]: String(bucket.limit),
    [`x-ratelimit-remaining-${resource}`]: String(bucket.remaining),
    [`x-ratelimit-reset-${resource}`]: formatDuration(bucket.resetMs),
  };
}

function obscure(apiKey: string | null): string {
  const key = apiKey ?? '';
  return key.length <= 12 ? '*'.repeat(key.length) : `${key.slice(0, 8)}${'*'.repeat(8)}${key.slice(-4)}`;
}

/** Headers and errors as https://platform.openai.com/docs/api-reference/debugging-requests describes them. */
export const openaiVoice: Voice = {
  createRequestId: (random) => `req_${random.text(32, HEXADECIMAL)}`,

  headers: (requestId, processingMilliseconds, limits) => ({
    'x-request-id': requestId,
    'openai-organization': 'org-simulator',
    'openai-processing-ms': String(processingMilliseconds),
    'openai-project': 'proj_simulator',
    'openai-version': '2020-10-01',
    ...limitHeaders('requests', limits.requests),
    ...limitHeaders('tokens', limits.inputTokens),
    'strict-transport-security': 'max-age=31536000; includeSubDomains; preload',
    'x-content-type-options': 'nosniff',
    'cf-cache-status': 'DYNAMIC',
    server: 'cloudflare',
  }),

  error: (problem, context) => {
    const row: ErrorRow = OPENAI_ERRORS[problem.kind];
    if (problem.kind === 'bad_gateway') {
      return { status: row.status, headers: { 'content-type': 'text/html' }, body: BAD_GATEWAY };
    }
    const retry = problem.retryAfterSeconds;
    const message = (problem.message ?? row.message)
      .replaceAll('{model}', context.model)
      .replaceAll('{method}', context.method)
      .replaceAll('{path}', context.path)
      .replaceAll('{key}', obscure(context.apiKey))
      .replaceAll('{limit}', String(context.limits.requests.limit))
      .replaceAll('{retry}', formatDuration((retry ?? 1) * 1000));
    const error = { message, type: row.type, param: problem.parameter ?? null, code: row.code };
    return {
      status: row.status,
      headers: {
        'content-type': 'application/json',
        ...(retry === undefined ? {} : { 'retry-after': String(retry), 'retry-after-ms': String(retry * 1000) }),
      },
      body: `${JSON.stringify({ error }, null, 4)}\n`,
    };
  },
};
