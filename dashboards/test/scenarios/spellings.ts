import { METRICS, prometheusName } from '@brownout/signals';
import type { PromtoolTest } from '../support/promtool-test.ts';

const AT = '20m';

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
export const SPELLINGS: PromtoolTest = {
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

/** In the order in which they count. */
const NAMES_OF_FIRST_CHUNKS = [FIRST, FORMER, 'gen_ai_server_time_to_first_token'].flatMap((name) => [
  `${name}_seconds`,
  name,
]);

const modelOf = (names: readonly number[]) => ({
  names,
  labels: `gen_ai_provider_name="openai",gen_ai_request_model="of names ${names.join(' and ')}"`,
});

/** One model for each two names, which has these alone, and one for each name. */
const MODELS_OF_NAMES = NAMES_OF_FIRST_CHUNKS.flatMap((_, first) =>
  NAMES_OF_FIRST_CHUNKS.slice(first).map((_name, after) => modelOf([first, first + after])),
);

/** Each name has another bound and another rate. */
export const ORDER_OF_NAMES: PromtoolTest = {
  name: 'first chunks are counted by the first name that has any',
  interval: '1m',
  input_series: NAMES_OF_FIRST_CHUNKS.flatMap((name, index) =>
    [...MODELS_OF_NAMES, modelOf([])].flatMap(({ names, labels }) => {
      const bucket = `source:${name}_bucket:rate5m{${labels},le="${index}"}`;
      // Buckets are there without a call as well.
      return names.includes(index)
        ? [
            { series: `source:${name}_count:rate5m{${labels}}`, values: `${index + 1}x5` },
            { series: bucket, values: `${index + 1}x5` },
          ]
        : [{ series: bucket, values: '0x5' }];
    }),
  ),
  promql_expr_test: [
    { part: 'count', le: () => '' },
    { part: 'bucket', le: (index: number) => `,le="${index}"` },
  ].map(({ part, le }) => ({
    expr: `provider_model:${FIRST}_seconds_${part}:rate5m`,
    eval_time: '3m',
    exp_samples: MODELS_OF_NAMES.map(({ names: [first = 0], labels }) => ({
      labels: `provider_model:${FIRST}_seconds_${part}:rate5m{${labels}${le(first)}}`,
      value: first + 1,
    })),
  })),
};
