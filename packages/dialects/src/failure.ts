import type { Failure, FailureReason } from '@brownout/core';
import { asList, asNumber, asObject, asText, isObject, type JsonObject } from './json.ts';

/**
 * What the codes and types of the vendors mean. Quota, policy and overload are known by their words alone; the rest of
 * the words decide only where there is no status (an error in-band, on a 200).
 */
const WORDS = {
  quota_exhausted: [
    'insufficient_quota', // https://platform.openai.com/docs/guides/error-codes
    'billing_hard_limit_reached',
    'billing_not_active',
    'billing_error', // https://docs.claude.com/en/api/errors
    'insufficient_balance',
    'insufficient_credits',
    'exceeded_current_quota_error', // Moonshot
  ],
  blocked: [
    'content_filter', // Azure OpenAI
    'content_policy_violation',
    'ResponsibleAIPolicyViolation',
    'image_content_policy_violation',
    'bio_policy',
    'misalignment_policy_violation',
    'data_inspection_failed', // Alibaba DashScope
  ],
  overloaded: [
    'overloaded_error',
    'overloaded',
    'engine_overloaded_error', // Moonshot, with status 429
    'model_overloaded',
    'server_is_overloaded', // OpenAI
    'service_unavailable',
    'service_unavailable_error',
    'capacity_exceeded',
    'insufficient_system_resource', // DeepSeek
    'UNAVAILABLE',
  ],
  rate_limited: [
    'rate_limit_exceeded',
    'rate_limit_error',
    'rate_limit_reached_error',
    'rate_limited',
    'too_many_requests',
    'requests',
    'tokens',
    'RESOURCE_EXHAUSTED',
  ],
  timeout: ['timeout', 'timeout_error', 'request_timeout', 'vector_store_timeout', 'DEADLINE_EXCEEDED'],
  auth: ['authentication_error', 'permission_error', 'invalid_api_key', 'unauthorized', 'permission_denied'],
  bad_request: [
    'invalid_request_error',
    'invalid_prompt',
    'not_found_error',
    'model_not_found',
    'context_length_exceeded',
    'request_too_large',
    'INVALID_ARGUMENT',
  ],
} as const satisfies Partial<Record<FailureReason, readonly string[]>>;

const MEANING: ReadonlyMap<string, FailureReason> = new Map(
  Object.entries(WORDS).flatMap(([reason, words]) => words.map((word) => [word, reason as FailureReason] as const)),
);
const DECISIVE: ReadonlySet<FailureReason> = new Set(['quota_exhausted', 'blocked', 'overloaded']);

/** A code is a word of the provider's vocabulary, never a sentence. */
const CODE = /^[\w.:-]{1,64}$/;

/**
 * What a provider's error means.
 * @param status of the response; `undefined` for an error that came in-band on a 200
 * @param body of the error response, or the event or response that holds the error
 */
export function readFailure(status: number | undefined, body: unknown): Failure {
  const error = errorObject(body);
  const words = [
    error['code'],
    error['type'],
    error['status'],
    asObject(error['innererror'])['code'],
    asObject(body)['code'],
  ].filter((word): word is string => typeof word === 'string' && word !== 'error' && CODE.test(word));
  const number = asNumber(error['code']) ?? asNumber(error['status']);
  const code = words[0] ?? (number === undefined ? undefined : String(number));
  const reason = reasonOf(status ?? number, words, error);
  return code === undefined ? { reason } : { reason, code };
}

function reasonOf(status: number | undefined, words: readonly string[], error: JsonObject): FailureReason {
  const meanings = words.flatMap((word) => MEANING.get(word) ?? []);
  const decisive = meanings.find((meaning) => DECISIVE.has(meaning));
  if (decisive !== undefined) return decisive;
  // Anthropic has no code for it: 400 invalid_request_error "Your credit balance is too low …"
  if (asText(error['message'])?.includes('credit balance is too low')) return 'quota_exhausted';
  // OpenRouter's moderation answers 403 with the reasons: https://openrouter.ai/docs/api/reference/errors-and-debugging
  if (Array.isArray(asObject(error['metadata'])['reasons'])) return 'blocked';
  return reasonOfStatus(status) ?? meanings[0] ?? 'server_error';
}

function reasonOfStatus(status: number | undefined): FailureReason | undefined {
  if (status === undefined || status < 400 || status > 599) return undefined;
  switch (status) {
    case 401:
    case 403:
      return 'auth';
    case 402:
      return 'quota_exhausted';
    case 408:
      return 'timeout';
    case 429:
      return 'rate_limited';
    case 503:
    case 529:
      return 'overloaded';
    default:
      return status >= 500 ? 'server_error' : 'bad_request';
  }
}

/** Most nest it (`{ error: { … } }`), Mistral and the Responses API's error event do not, Google wraps it in an array. */
function errorObject(body: unknown): JsonObject {
  const outer = asObject(Array.isArray(body) ? asList(body)[0] : body);
  return isObject(outer['error']) ? outer['error'] : outer;
}
