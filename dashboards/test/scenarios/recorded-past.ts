import type { Duration } from '../../src/promql/series.ts';
import type { PromtoolTest } from '../support/promtool-test.ts';

/** What is usual, of recorded series whose past is made up here. */

const MODEL = 'gen_ai_provider_name="openai",gen_ai_request_model="gpt"';

/**
 * Ten hours that are too long ago, then a day in whose middle the value rises from 1 over 3 to 5, then an hour of trouble:
 * the median of that day, and of no other, is 3.
 */
const VALUES = '0x599 1x713 3x29 5x695 9x120';

const LOOKED_BACK_AT = [
  'provider_model:gen_ai_client_inference_time_to_first_chunk_seconds:p50_15m',
  'provider_model:brownout_output_anomalies_truncated_per_calls_answered:ratio_increase15m',
  'provider_model:brownout_output_anomalies_blocked_per_calls_answered:ratio_increase15m',
  'provider_model:brownout_output_anomalies_length_outlier_per_calls_answered:ratio_increase15m',
  'provider_model:gen_ai_client_inference_operation_input_tokens:mean1h',
  'provider_model:gen_ai_client_inference_operation_output_tokens:mean1h',
  'provider_model:gen_ai_client_inference_usage_cache_read_input_tokens_per_gen_ai_client_inference_usage_input_tokens:ratio_increase1h',
];

/** 3 at two quarters of an hour, 9 at every third one, and 7 at all other minutes. */
const AT_QUARTERS = Array.from({ length: 36 }, () => '9 7x13 3 7x13 3 7x13').join(' ');

const usual = (record: string, how: string, values: string, at: string) => ({
  name: `the usual ${record}${how}`,
  interval: '1m' as const,
  evaluatedEvery: '1h' as const,
  input_series: [{ series: `${record}{${MODEL}}`, values }],
  promql_expr_test: [
    {
      expr: `${record}_median1d`,
      eval_time: at,
      exp_samples: [{ labels: `${record}_median1d{${MODEL}}`, value: 3 }],
    },
  ],
});

export const PAST_TESTS: readonly (PromtoolTest & { readonly evaluatedEvery: Duration })[] = LOOKED_BACK_AT.flatMap(
  (record) => [
    usual(record, '', VALUES, '35h'),
    usual(record, ', looked at every quarter of an hour', AT_QUARTERS, '26h'),
  ],
);
