import { METRICS, prometheusName } from '@brownout/signals';
import type { PromtoolTest } from '../support/promtool-test.ts';

/** What is recorded of metrics as they arrive, label by label: what later rules, dashboards and runbooks count on. */

const WHO = 'gen_ai_provider_name="openai",gen_ai_request_model="gpt"';
const CALL = `${WHO},gen_ai_operation_name="chat",brownout_use_case="triage"`;
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

/** A histogram by one of the names that it arrives by: all of its values lie between two bounds. */
const histogram = (name: string, model: string, [below, upTo]: readonly [string, string], labels = '') =>
  [
    [below, 0],
    [upTo, 60],
    ['+Inf', 60],
  ].map(([le, pace]) => ({
    series: `${name}_bucket{job="shop",gen_ai_provider_name="openai",gen_ai_request_model="${model}",le="${le}"${labels}}`,
    values: `0+${pace}x30`,
  }));

const counted = (name: string, model: string, pace: number, labels = '') => ({
  series: `${name}{job="shop",gen_ai_provider_name="openai",gen_ai_request_model="${model}"${labels}}`,
  values: `0+${pace}x30`,
});

const expected = (record: string, values: Readonly<Record<string, number>>) => ({
  expr: record,
  eval_time: AT,
  exp_samples: Object.entries(values).map(([model, value]) => ({
    labels: `${record}{gen_ai_provider_name="openai",gen_ai_request_model="${model}"}`,
    value,
  })),
});

const FIRST = 'gen_ai_client_inference_time_to_first_chunk';
const FORMER = 'gen_ai_client_operation_time_to_first_chunk';
const MEDIAN = `provider_model:${prometheusName(METRICS.inferenceTimeToFirstChunk)}:p50_15m`;

/** Every way in which other instrumentations spell the conventions' metrics. */
const SPELLINGS: PromtoolTest = {
  name: 'metrics of the conventions by all of their names, and never two of them mixed',
  interval: '1m',
  input_series: [
    ...histogram(`${FIRST}_seconds`, 'current', ['1', '3']),
    ...histogram(FIRST, 'unit-left-out', ['3', '5']),
    ...histogram(`${FORMER}_seconds`, 'former', ['5', '7']),
    ...histogram(FORMER, 'former-unit-left-out', ['7', '9']),
    // One model under all names, with other bounds: the current name counts, and it alone.
    ...histogram(`${FIRST}_seconds`, 'all', ['1', '3']),
    ...histogram(FIRST, 'all', ['0.1', '0.5']),
    ...histogram(`${FORMER}_seconds`, 'all', ['0.1', '0.7']),
    ...histogram(FORMER, 'all', ['0.1', '0.9']),
    // And without the current one.
    ...histogram(FIRST, 'three', ['3', '5']),
    ...histogram(`${FORMER}_seconds`, 'three', ['0.1', '0.7']),
    ...histogram(FORMER, 'three', ['0.1', '0.9']),
    ...histogram(`${FORMER}_seconds`, 'two', ['5', '7']),
    ...histogram(FORMER, 'two', ['0.1', '0.9']),
    ...[`${FIRST}_seconds`, FIRST, `${FORMER}_seconds`, FORMER].flatMap((name, index, names) => [
      ...['current', 'unit-left-out', 'former', 'former-unit-left-out']
        .slice(index, index + 1)
        .map((model) => counted(`${name}_count`, model, 60 * (index + 1))),
      ...['all', 'three', 'two']
        .slice(0, index + 1)
        .map((model) => counted(`${name}_count`, model, 60 * (names.length - index))),
    ]),
    counted('gen_ai_client_inference_duration_seconds_sum', 'current', 60),
    counted('gen_ai_client_inference_duration_sum', 'unit-left-out', 120),
    counted('gen_ai_client_operation_duration_seconds_sum', 'former', 180),
    counted('gen_ai_client_operation_duration_sum', 'former-unit-left-out', 240),
    ...['input', 'output'].flatMap((type, index) =>
      ['sum', 'count'].flatMap((part, other) => [
        counted(`gen_ai_client_inference_operation_${type}_tokens_${part}`, 'current', 60 * (1 + index + 2 * other)),
        counted(`gen_ai_client_token_usage_${part}`, 'current', 900, `,gen_ai_token_type="${type}"`),
        counted(
          `gen_ai_client_token_usage_${part}`,
          'former',
          60 * 2 ** (4 + index + 2 * other),
          `,gen_ai_token_type="${type}"`,
        ),
      ]),
    ),
  ],
  promql_expr_test: [
    expected(MEDIAN, {
      current: 2,
      'unit-left-out': 4,
      former: 6,
      'former-unit-left-out': 8,
      all: 2,
      three: 4,
      two: 6,
    }),
    expected('provider_model:gen_ai_client_inference_duration_seconds_sum:rate5m', {
      current: 1,
      'unit-left-out': 2,
      former: 3,
      'former-unit-left-out': 4,
    }),
    expected('provider_model:gen_ai_client_inference_operation_input_tokens_sum:rate5m', { current: 1, former: 16 }),
    expected('provider_model:gen_ai_client_inference_operation_output_tokens_sum:rate5m', { current: 2, former: 32 }),
    expected('provider_model:gen_ai_client_inference_operation_input_tokens_count:rate5m', { current: 3, former: 64 }),
    expected('provider_model:gen_ai_client_inference_operation_output_tokens_count:rate5m', {
      current: 4,
      former: 128,
    }),
  ],
};

export const RECORDING_TESTS: readonly PromtoolTest[] = [
  ...RATES.map((row) => test(row, () => '0+30x30', 1)),
  ...GAUGES.map((row) => test(row, (process) => `${2 + process}x30`, row.value)),
  SPELLINGS,
];
