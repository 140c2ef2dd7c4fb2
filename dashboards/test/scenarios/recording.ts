import type { Duration } from '../../src/promql/series.ts';
import type { PromtoolTest } from '../support/promtool-test.ts';
import { LAST_FALLBACK_TESTS } from './recorded-last-fallback.ts';
import { OBJECTIVE_TESTS } from './recorded-objectives.ts';
import { FOLDED_TEST, NEWBORN_TESTS } from './recorded-newborn.ts';
import { PAST_TESTS } from './recorded-past.ts';
import { SHARE_TESTS, VENDOR_TESTS } from './recorded-shares.ts';
import { SPELLINGS_OF_OTHERS } from './spellings-of-others.ts';
import { ORDER_OF_NAMES, SPELLINGS } from './spellings.ts';

/** What is recorded of metrics as they arrive, label by label: what later rules, dashboards and runbooks count on. */

const WHO = 'gen_ai_provider_name="openai",gen_ai_request_model="gpt"';
const CALL = `${WHO},gen_ai_operation_name="chat",brownout_use_case="triage"`;
/** One that rules are not evaluated for every minute. */
export type RecordingTest = PromtoolTest & { readonly evaluatedEvery?: Duration };

/** Two processes report the same thing. */
const PROCESSES = ['shop-1', 'shop-2'];

interface Row {
  readonly arrives: string;
  readonly labels: string;
  /** Labels that are summed away. */
  readonly dropped?: string;
  readonly recorded: string;
  readonly kept: string;
}

/** Each process counts 30 a minute, which is one a second for both. */
const RATES: readonly Row[] = [
  {
    arrives: 'brownout_calls_total',
    labels: `${CALL},brownout_verdict="usable",brownout_reason="ok",brownout_fault="none",brownout_transport="up",brownout_streaming="true"`,
    recorded: 'call:brownout_calls:rate5m',
    kept: `${CALL},brownout_verdict="usable",brownout_reason="ok",brownout_fault="none",brownout_transport="up",brownout_streaming="true"`,
  },
  {
    arrives: 'brownout_calls_total',
    labels: `${CALL},brownout_verdict="usable",brownout_fault="none"`,
    recorded: 'provider_service:brownout_calls:rate5m',
    kept: 'gen_ai_provider_name="openai",job="shop",brownout_verdict="usable",brownout_fault="none"',
  },
  {
    arrives: 'brownout_output_anomalies_total',
    labels: `${CALL},brownout_anomaly="truncated"`,
    recorded: 'call:brownout_output_anomalies:rate5m',
    kept: `${CALL},brownout_anomaly="truncated"`,
  },
  {
    arrives: 'brownout_budget_breaches_total',
    labels: `${CALL},brownout_budget="gap"`,
    recorded: 'call:brownout_budget_breaches:rate5m',
    kept: `${CALL},brownout_budget="gap"`,
  },
  {
    arrives: 'brownout_attempt_duration_seconds_count',
    labels: `${CALL},brownout_attempt_kind="retry"`,
    dropped: 'server_address="a",http_response_status_code="200"',
    recorded: 'call:brownout_attempt_duration_seconds_count:rate5m',
    kept: `${CALL},brownout_attempt_kind="retry"`,
  },
  {
    arrives: 'brownout_retry_delay_seconds_sum',
    labels: CALL,
    dropped: 'brownout_retry_advised="true"',
    recorded: 'call:brownout_retry_delay_seconds_sum:rate5m',
    kept: CALL,
  },
  {
    arrives: 'brownout_fallbacks_total',
    labels: `${CALL},brownout_fallback_from_provider="a",brownout_fallback_from_model="b",brownout_verdict="usable"`,
    dropped: 'brownout_fallback_mechanism="policy"',
    recorded: 'call:brownout_fallbacks:rate5m',
    kept: `${CALL},brownout_fallback_from_provider="a",brownout_fallback_from_model="b",brownout_verdict="usable"`,
  },
  {
    arrives: 'brownout_tasks_total',
    labels: 'brownout_task="t",brownout_task_outcome="failure",brownout_task_degraded="false"',
    recorded: 'task:brownout_tasks:rate5m',
    kept: 'brownout_task="t",brownout_task_outcome="failure",brownout_task_degraded="false"',
  },
  {
    arrives: 'brownout_breaker_transitions_total',
    labels: 'brownout_breaker="b",brownout_breaker_state="open"',
    dropped: 'brownout_breaker_trigger="probe"',
    recorded: 'breaker:brownout_breaker_transitions:rate5m',
    kept: 'job="shop",brownout_breaker="b",brownout_breaker_state="open"',
  },
  {
    arrives: 'brownout_self_faults_total',
    labels: 'brownout_site="s"',
    recorded: 'service:brownout_self_faults:rate5m',
    kept: 'job="shop",brownout_site="s"',
  },
  {
    arrives: 'brownout_self_overflow_total',
    labels: 'brownout_dimension="d"',
    recorded: 'service:brownout_self_overflow:rate5m',
    kept: 'job="shop",brownout_dimension="d"',
  },
  {
    arrives: 'gen_ai_client_inference_usage_input_tokens_total',
    labels: WHO,
    dropped: 'gen_ai_token_modality="text"',
    recorded: 'provider_model:gen_ai_client_inference_usage_input_tokens:rate5m',
    kept: WHO,
  },
  {
    arrives: 'gen_ai_client_inference_usage_cache_read_input_tokens_total',
    labels: WHO,
    dropped: 'gen_ai_token_modality="text"',
    recorded: 'provider_model:gen_ai_client_inference_usage_cache_read_input_tokens:rate5m',
    kept: WHO,
  },
];

/** The conventions' metrics, name by name. */
const ARRIVING: readonly Row[] = [
  ...[
    'gen_ai_client_inference_time_to_first_chunk_seconds_count',
    'gen_ai_client_inference_time_to_first_chunk_count',
    'gen_ai_client_operation_time_to_first_chunk_seconds_count',
    'gen_ai_client_operation_time_to_first_chunk_count',
    'gen_ai_server_time_to_first_token_seconds_count',
    'gen_ai_server_time_to_first_token_count',
    'gen_ai_client_inference_duration_seconds_sum',
    'gen_ai_client_inference_duration_sum',
    'gen_ai_client_operation_duration_seconds_sum',
    'gen_ai_client_operation_duration_sum',
    'gen_ai_client_inference_operation_input_tokens_sum',
    'gen_ai_client_inference_operation_input_tokens_count',
    'gen_ai_client_inference_operation_output_tokens_sum',
    'gen_ai_client_inference_operation_output_tokens_count',
  ].map((arrives) => ({ arrives, labels: WHO, recorded: `source:${arrives}:rate5m`, kept: WHO })),
  ...[
    'gen_ai_client_inference_time_to_first_chunk_seconds_bucket',
    'gen_ai_client_inference_time_to_first_chunk_bucket',
    'gen_ai_client_operation_time_to_first_chunk_seconds_bucket',
    'gen_ai_client_operation_time_to_first_chunk_bucket',
    'gen_ai_server_time_to_first_token_seconds_bucket',
    'gen_ai_server_time_to_first_token_bucket',
  ].map((arrives) => ({
    arrives,
    labels: `${WHO},le="1"`,
    recorded: `source:${arrives}:rate5m`,
    kept: `${WHO},le="1"`,
  })),
  ...['input', 'output'].flatMap((type) =>
    ['sum', 'count'].map((part) => ({
      arrives: `gen_ai_client_token_usage_${part}`,
      labels: `${WHO},gen_ai_token_type="${type}"`,
      recorded: `source:gen_ai_client_token_usage_${part}_${type}:rate5m`,
      kept: WHO,
    })),
  ),
];

/** One process says 2, the other 3. */
const GAUGES: readonly (Row & { readonly value: number })[] = [
  {
    arrives: 'brownout_rate_limit_remaining_ratio',
    labels: `${WHO},brownout_rate_limit_resource="tokens"`,
    recorded: 'provider_model:brownout_rate_limit_remaining_ratio:min',
    kept: `${WHO},brownout_rate_limit_resource="tokens"`,
    value: 2,
  },
  {
    arrives: 'brownout_breaker_state_ratio',
    labels: 'brownout_breaker="b",brownout_breaker_state="open"',
    recorded: 'breaker:brownout_breaker_state_ratio:max',
    kept: 'job="shop",brownout_breaker="b",brownout_breaker_state="open"',
    value: 3,
  },
  {
    arrives: 'brownout_vendor_last_success_seconds',
    labels: 'brownout_vendor="v"',
    recorded: 'vendor:brownout_vendor_last_success_seconds:max',
    kept: 'brownout_vendor="v"',
    value: 3,
  },
  {
    arrives: 'brownout_calls_total',
    labels: 'gen_ai_provider_name="openai"',
    recorded: 'provider_service:brownout_calls:count',
    kept: 'gen_ai_provider_name="openai",job="shop"',
    value: 2,
  },
];

const AT = '20m';

const input = ({ arrives, labels, dropped }: Row, values: (process: number) => string) =>
  PROCESSES.map((instance, process) => ({
    series: `${arrives}{${[`job="shop",instance="${instance}"`, labels, dropped].filter(Boolean).join(',')}}`,
    values: values(process),
  }));

const test = (row: Row, values: (process: number) => string, value: number): PromtoolTest => ({
  name: `${row.recorded} of ${row.arrives}`,
  interval: '1m',
  input_series: input(row, values),
  promql_expr_test: [
    { expr: row.recorded, eval_time: AT, exp_samples: [{ labels: `${row.recorded}{${row.kept}}`, value }] },
  ],
});

/**
 * Something happened until three minutes ago, and until seven: a rate looks at five, and what did not happen is left out. Of
 * buckets, also the empty ones are recorded.
 */
const stopped = (row: Row): PromtoolTest => {
  const isPresent = (minute: number, isExpected: boolean) => ({
    expr: `count(${row.recorded}${row.arrives.endsWith('_bucket') ? ' > 0' : ''})`,
    eval_time: `${minute}m`,
    exp_samples: isExpected ? [{ labels: '{}', value: 1 }] : [],
  });
  return {
    name: `${row.recorded} looks at five minutes`,
    interval: '1m',
    input_series: input(row, () => '0+30x17 510x20'),
    promql_expr_test: [isPresent(20, true), isPresent(24, false)],
  };
};

export const RECORDING_TESTS: readonly RecordingTest[] = [
  ...[...RATES, ...ARRIVING].flatMap((row) => [test(row, () => '0+30x30', 1), stopped(row)]),
  ...GAUGES.map((row) => test(row, (process) => `${2 + process}x30`, row.value)),
  SPELLINGS,
  ORDER_OF_NAMES,
  ...SPELLINGS_OF_OTHERS,
  ...NEWBORN_TESTS,
  FOLDED_TEST,
  ...PAST_TESTS,
  ...OBJECTIVE_TESTS,
  ...LAST_FALLBACK_TESTS,
  ...SHARE_TESTS,
  ...VENDOR_TESTS,
];
