import type { PromtoolTest } from '../support/promtool-test.ts';

/** Shares of a service that is well are 0, not absent: what is absent cannot be compared, and looks like no traffic. */

const WHO = 'job="shop",gen_ai_provider_name="openai",gen_ai_request_model="gpt"';
const CALL = `${WHO},gen_ai_operation_name="chat",brownout_use_case="triage"`;
const USABLE = 'brownout_verdict="usable",brownout_reason="ok",brownout_fault="none",brownout_transport="up"';

const ZERO = [
  'provider_model:brownout_calls_vendor_fault_per_calls_counted:ratio_increase15m',
  'provider_model:brownout_calls_rate_limited_per_calls_counted:ratio_increase15m',
  'provider_model:brownout_calls_auth_per_calls_made:ratio_increase15m',
  'provider_model:brownout_calls_stream_cut_per_calls_answered:ratio_increase15m',
  'provider_model:brownout_calls_malformed_response_per_calls_answered:ratio_increase15m',
  'provider_model:brownout_calls_failed_per_calls_counted:ratio_increase15m',
  'provider_model:brownout_calls_bad_request_per_calls_made:ratio_increase15m',
  'provider_model:brownout_budget_breaches_total_per_calls_counted:ratio_increase15m',
  'provider_model:brownout_budget_breaches_first_chunk_per_calls_streamed:ratio_increase15m',
  'provider_model:brownout_budget_breaches_gap_per_calls_streamed:ratio_increase15m',
  'provider_model:brownout_output_anomalies_empty_output_per_calls_answered:ratio_increase15m',
  'provider_model:brownout_output_anomalies_truncated_per_calls_answered:ratio_increase15m',
  'provider_model:brownout_output_anomalies_malformed_output_per_calls_answered:ratio_increase15m',
  'provider_model:brownout_output_anomalies_repetition_per_calls_answered:ratio_increase15m',
  'provider_model:brownout_output_anomalies_blocked_per_calls_answered:ratio_increase15m',
  'provider_model:brownout_output_anomalies_garbled_per_calls_answered:ratio_increase15m',
  'provider_model:brownout_output_anomalies_model_substituted_per_calls_answered:ratio_increase15m',
  'provider_model:brownout_output_anomalies_length_outlier_per_calls_answered:ratio_increase15m',
  'provider_model:brownout_output_anomalies_usage_implausible_per_calls_answered:ratio_increase15m',
  'provider:brownout_calls_down_per_calls_counted:ratio_rate5m',
  'provider_model_streaming:brownout_calls_vendor_fault_per_calls_counted:ratio_increase15m',
  'provider_operation:brownout_calls_vendor_fault_per_calls_counted:ratio_increase15m',
  'provider_service:brownout_calls_vendor_fault_per_calls_counted:ratio_increase15m',
  'provider_model:brownout_calls_missed_per_answered:ratio_rate5m',
  'use_case:brownout_calls_missed_per_counted:ratio_rate5m',
  'use_case:brownout_fallbacks_per_calls_counted:ratio_increase15m',
  'use_case:brownout_fallbacks_unusable_per_fallbacks:ratio_increase15m',
  'task:brownout_tasks_failed_undegraded_per_tasks:ratio_increase15m',
  'provider_model:gen_ai_client_inference_usage_cache_read_input_tokens_per_gen_ai_client_inference_usage_input_tokens:ratio_increase1h',
];

const WELL = [
  `brownout_calls_total{${CALL},${USABLE},brownout_streaming="true"}`,
  `brownout_tasks_total{job="shop",brownout_task="t",brownout_task_outcome="success",brownout_task_degraded="false"}`,
  `gen_ai_client_inference_usage_input_tokens_total{${WHO}}`,
].map((series) => ({ series, values: '0+60x30' }));

const FALLBACK = { series: `brownout_fallbacks_total{${CALL},brownout_verdict="usable"}`, values: '0+60x30' };

export const SHARE_TESTS: readonly PromtoolTest[] = ZERO.map((record) => ({
  name: `${record} is 0 where all is well`,
  interval: '1m',
  input_series: record.includes('per_fallbacks') ? [...WELL, FALLBACK] : WELL,
  promql_expr_test: [{ expr: `sum(${record})`, eval_time: '25m', exp_samples: [{ labels: '{}', value: 0 }] }],
}));

const PAGE = 'gen_ai_provider_name="openai"';

/** What pages say, where two pollers read them and two vendors back one provider. */
export const VENDOR_TESTS: readonly PromtoolTest[] = [
  {
    name: 'what vendors say is the worst, the newest, and counted once',
    interval: '1m',
    input_series: [
      {
        series: `brownout_vendor_status_ratio{${PAGE},brownout_vendor="a",brownout_vendor_component="x"}`,
        values: '0x20',
      },
      {
        series: `brownout_vendor_status_ratio{${PAGE},brownout_vendor="a",brownout_vendor_component="y"}`,
        values: '2x20',
      },
      {
        series: `brownout_vendor_status_ratio{${PAGE},brownout_vendor="b",brownout_vendor_component="z"}`,
        values: '1x20',
      },
      { series: 'brownout_vendor_last_success_seconds{brownout_vendor="a",instance="1"}', values: '100x20' },
      { series: 'brownout_vendor_last_success_seconds{brownout_vendor="a",instance="2"}', values: '300x20' },
      { series: 'brownout_vendor_last_success_seconds{brownout_vendor="b",instance="1"}', values: '200x20' },
      ...[
        ['a', 'minor', '1', 2],
        ['a', 'minor', '2', 1],
        ['a', 'major', '1', 1],
        ['b', 'minor', '1', 1],
      ].map(([vendor, impact, instance, count]) => ({
        series: `brownout_vendor_incidents{${PAGE},brownout_vendor="${vendor}",brownout_vendor_impact="${impact}",instance="${instance}"}`,
        values: `${count}x20`,
      })),
    ],
    promql_expr_test: [
      ['provider:brownout_vendor_status_ratio:max', 2],
      ['provider:brownout_vendor_last_success_seconds:max', 300],
      ['provider:brownout_vendor_incidents:sum', 4],
    ].map(([record, value]) => ({
      expr: String(record),
      eval_time: '10m',
      exp_samples: [{ labels: `${record}{${PAGE}}`, value }],
    })),
  },
];
