import { expect, test } from 'vitest';
import type { FailureReason } from '@brownout/core';
import { DIALECTS } from './dialects.ts';

const error = (fields: object) => ({ error: { message: 'A sentence about it.', ...fields } });

test.each<[number, unknown, FailureReason, string | undefined]>([
  // OpenAI
  [429, error({ type: 'tokens', code: 'rate_limit_exceeded' }), 'rate_limited', 'rate_limit_exceeded'],
  [429, error({ type: 'insufficient_quota', code: 'insufficient_quota' }), 'quota_exhausted', 'insufficient_quota'],
  [400, error({ type: 'x', code: 'billing_hard_limit_reached' }), 'quota_exhausted', 'billing_hard_limit_reached'],
  [401, error({ type: 'invalid_request_error', code: 'invalid_api_key' }), 'auth', 'invalid_api_key'],
  [403, error({ type: 'invalid_request_error', code: null }), 'auth', 'invalid_request_error'],
  [404, error({ type: 'invalid_request_error', code: 'model_not_found' }), 'bad_request', 'model_not_found'],
  [400, error({ code: 'content_policy_violation' }), 'blocked', 'content_policy_violation'],
  [500, error({ type: 'server_error', code: null }), 'server_error', 'server_error'],
  [503, error({ type: 'server_error', code: null }), 'overloaded', 'server_error'],
  // Azure OpenAI
  [
    400,
    error({ code: 'content_filter', innererror: { code: 'ResponsibleAIPolicyViolation' } }),
    'blocked',
    'content_filter',
  ],
  [429, error({ code: '429' }), 'rate_limited', '429'],
  // Anthropic
  [529, { type: 'error', ...error({ type: 'overloaded_error' }) }, 'overloaded', 'overloaded_error'],
  [429, { type: 'error', ...error({ type: 'rate_limit_error' }) }, 'rate_limited', 'rate_limit_error'],
  [413, { type: 'error', ...error({ type: 'request_too_large' }) }, 'bad_request', 'request_too_large'],
  [
    400,
    { type: 'error', error: { type: 'invalid_request_error', message: 'Your credit balance is too low to access.' } },
    'quota_exhausted',
    'invalid_request_error',
  ],
  [402, { type: 'error', ...error({ type: 'billing_error' }) }, 'quota_exhausted', 'billing_error'],
  [504, { type: 'error', ...error({ type: 'timeout_error' }) }, 'server_error', 'timeout_error'],
  // others
  [402, error({ type: 'unknown_error', code: 'invalid_request_error' }), 'quota_exhausted', 'invalid_request_error'],
  [429, error({ type: 'engine_overloaded_error' }), 'overloaded', 'engine_overloaded_error'],
  [403, error({ code: 403, metadata: { reasons: ['violence'] } }), 'blocked', '403'],
  [429, [error({ code: 429, status: 'RESOURCE_EXHAUSTED' })], 'rate_limited', 'RESOURCE_EXHAUSTED'],
  [422, { object: 'error', message: 'm', type: 'invalid_request_error', code: '1300' }, 'bad_request', '1300'],
  [400, { code: 'The model is wrong.', error: 'A sentence.' }, 'bad_request', undefined],
  // no body to speak of
  [408, undefined, 'timeout', undefined],
  [502, '<html>Bad gateway</html>', 'server_error', undefined],
  [503, 'upstream connect error', 'overloaded', undefined],
  [529, null, 'overloaded', undefined],
  [429, '', 'rate_limited', undefined],
  [418, {}, 'bad_request', undefined],
  [500, error({ code: '__proto__', type: 'constructor' }), 'server_error', '__proto__'],
])('status %i with %j means %s (%s)', (status, body, reason, code) => {
  const expected = code === undefined ? { reason } : { reason, code };
  for (const dialect of Object.values(DIALECTS)) expect(dialect.readError(status, body)).toEqual(expected);
});
