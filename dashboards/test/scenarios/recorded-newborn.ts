import type { PromtoolTest } from '../support/promtool-test.ts';

/** One event that its series is born with: no growth, and worth telling. */

const ROWS = [
  {
    arrives: 'brownout_self_faults_total',
    label: 'brownout_site="s"',
    recorded: 'service:brownout_self_faults:rate5m',
  },
  {
    arrives: 'brownout_self_overflow_total',
    label: 'brownout_dimension="d"',
    recorded: 'service:brownout_self_overflow:rate5m',
  },
] as const;

/** What the SDK folded: two metrics of ours, each in two processes, and what is not ours. */
export const FOLDED_TEST: PromtoolTest = {
  name: 'service:otel_metric_overflow:count counts metrics, and ours alone',
  interval: '1m',
  input_series: [
    ...['shop-1', 'shop-2'].flatMap((instance) =>
      ['brownout_calls_total', 'gen_ai_client_inference_duration_seconds_count', 'http_client_request_total'].map(
        (name) => `${name}{job="shop",instance="${instance}",otel_metric_overflow="true"}`,
      ),
    ),
    'brownout_retries_total{job="shop",instance="shop-1"}',
  ].map((series) => ({ series, values: '5x20' })),
  promql_expr_test: [
    {
      expr: 'service:otel_metric_overflow:count',
      eval_time: '10m',
      exp_samples: [{ labels: 'service:otel_metric_overflow:count{job="shop"}', value: 2 }],
    },
  ],
};

export const NEWBORN_TESTS: readonly PromtoolTest[] = ROWS.flatMap(({ arrives, label, recorded }) => {
  const test = (name: string, seen: string, values: string, counts: Readonly<Record<string, number | undefined>>) => ({
    name: `${recorded} ${name}`,
    interval: '1m' as const,
    input_series: [
      // Another process of the same service.
      { series: 'brownout_instrumented_ratio{job="shop",instance="shop-1",brownout_sdk="openai"}', values: seen },
      { series: `${arrives}{job="shop",instance="shop-2",${label}}`, values },
    ],
    promql_expr_test: Object.entries(counts).map(([minute, count]) => ({
      expr: `round(60 * sum_over_time(${recorded}[30m]), 0.01)`,
      eval_time: `${minute}m`,
      exp_samples: count === undefined ? [] : [{ labels: `{job="shop",${label}}`, value: count }],
    })),
  });
  return [
    test('counts what a series is born with, once', '1x60', '_x20 3x40', { 19: undefined, 22: 1.8, 24: 3, 40: 3 }),
    test('counts it for a service that is ten minutes old', '_x10 1x60', '_x20 3x40', { 40: 3 }),
    test('goes on with what comes after it', '1x60', '_x20 3x9 6x40', { 45: 6 }),
    test('does not where nothing of the service was seen before', '_x20 1x60', '_x20 3x40', { 40: undefined }),
  ];
});
