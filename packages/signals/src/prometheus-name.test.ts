import { expect, test } from 'vitest';
import { METRICS, prometheusLabel, prometheusName } from './index.ts';

test.each([
  ['a counter of things ends in _total, its braces dropped', METRICS.calls, 'brownout_calls_total'],
  ['seconds are spelled out', METRICS.attemptDuration, 'brownout_attempt_duration_seconds'],
  [
    'a braced unit over seconds leaves only its rate',
    METRICS.streamOutputRate,
    'brownout_stream_output_rate_per_second',
  ],
  ['a unitless gauge becomes a ratio', METRICS.vendorStatus, 'brownout_vendor_status_ratio'],
  ['a ratio is not said twice', METRICS.rateLimitRemainingRatio, 'brownout_rate_limit_remaining_ratio'],
  ['a gauge of seconds says so', METRICS.vendorLastSuccess, 'brownout_vendor_last_success_seconds'],
  ['a gauge of things has no suffix', METRICS.vendorIncidents, 'brownout_vendor_incidents'],
  ['a histogram of things has no suffix', METRICS.legacyTokenUsage, 'gen_ai_client_token_usage'],
  [
    'dots and underscores are one',
    METRICS.inferenceTimeToFirstChunk,
    'gen_ai_client_inference_time_to_first_chunk_seconds',
  ],
  [
    'nested names keep their order',
    METRICS.cacheReadInputTokens,
    'gen_ai_client_inference_usage_cache_read_input_tokens_total',
  ],
])('%s', (_rule, metric, expected) => {
  expect(prometheusName(metric)).toBe(expected);
});

test('a unit that the name already ends in is not said twice', () => {
  expect(prometheusName({ name: 'a.seconds', unit: 's', instrument: 'gauge' })).toBe('a_seconds');
});

test('a counter is never a ratio, and a total in the middle of a name moves to its end', () => {
  expect(prometheusName({ name: 'a.total.b', unit: '1', instrument: 'counter' })).toBe('a_b_total');
});

test('no two metrics share a Prometheus name', () => {
  const names = Object.values(METRICS).map(prometheusName);
  expect(new Set(names).size).toBe(names.length);
});

test('labels keep letters, digits and underscores', () => {
  expect(prometheusLabel('gen_ai.request.model')).toBe('gen_ai_request_model');
  expect(prometheusLabel('http.request.header.x-request-id')).toBe('http_request_header_x_request_id');
});
