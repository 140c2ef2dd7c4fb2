import type { PromtoolTest } from '../support/promtool-test.ts';

/** Who is who, as other instrumentations and former conventions say it. */

interface Row {
  /** Labels that arrive. */
  readonly says: Readonly<Record<string, string>>;
  readonly provider: string;
  readonly model: string;
}

const ROWS: readonly Row[] = [
  { says: { gen_ai_system: 'cohere', gen_ai_request_model: 'a' }, provider: 'cohere', model: 'a' },
  // Both, while an instrumentation moves from one to the other.
  {
    says: { gen_ai_system: 'az.ai.openai', gen_ai_provider_name: 'azure.ai.openai', gen_ai_request_model: 'b' },
    provider: 'azure.ai.openai',
    model: 'b',
  },
  // What is said now comes before what was said formerly.
  {
    says: { gen_ai_system: 'openai', gen_ai_provider_name: 'azure.ai.openai', gen_ai_request_model: 'k' },
    provider: 'azure.ai.openai',
    model: 'k',
  },
  { says: { gen_ai_system: 'az.ai.inference', gen_ai_request_model: 'c' }, provider: 'azure.ai.inference', model: 'c' },
  { says: { gen_ai_system: 'vertex_ai', gen_ai_request_model: 'd' }, provider: 'gcp.vertex_ai', model: 'd' },
  { says: { gen_ai_system: 'gemini', gen_ai_request_model: 'e' }, provider: 'gcp.gemini', model: 'e' },
  { says: { gen_ai_system: 'xai', gen_ai_request_model: 'f' }, provider: 'x_ai', model: 'f' },
  { says: { gen_ai_system: 'OpenAI', gen_ai_response_model: 'g' }, provider: 'openai', model: 'g' },
  { says: { gen_ai_system: 'Anthropic', gen_ai_response_model: 'h' }, provider: 'anthropic', model: 'h' },
  // The model that was asked for comes before the one that answered.
  {
    says: { gen_ai_provider_name: 'openai', gen_ai_request_model: 'i', gen_ai_response_model: 'i-2026' },
    provider: 'openai',
    model: 'i',
  },
  { says: { gen_ai_system: 'openai', gen_ai_response_model: 'i' }, provider: 'openai', model: 'i' },
  { says: { gen_ai_provider_name: 'gemini-proxy', gen_ai_request_model: 'j' }, provider: 'gemini-proxy', model: 'j' },
];

/** Every name that is read by provider and model, and labels that it needs. */
const NAMES: readonly {
  readonly name: string;
  readonly needs?: string;
  readonly as?: string;
  readonly kept?: string;
}[] = [
  ...['inference', 'operation'].flatMap((which) => [
    { name: `gen_ai_client_${which}_duration_seconds_sum` },
    { name: `gen_ai_client_${which}_duration_sum` },
  ]),
  ...['client_inference_time_to_first_chunk', 'client_operation_time_to_first_chunk', 'server_time_to_first_token']
    .flatMap((which) => [`gen_ai_${which}_seconds`, `gen_ai_${which}`])
    .flatMap((name) => [{ name: `${name}_count` }, { name: `${name}_bucket`, needs: ',le="1"', kept: ',le="1"' }]),
  ...['input', 'output'].flatMap((type) =>
    ['sum', 'count'].flatMap((part) => [
      { name: `gen_ai_client_inference_operation_${type}_tokens_${part}` },
      {
        name: `gen_ai_client_token_usage_${part}`,
        needs: `,gen_ai_token_type="${type}"`,
        as: `gen_ai_client_token_usage_${part}_${type}`,
      },
    ]),
  ),
];

export const SPELLINGS_OF_OTHERS: readonly PromtoolTest[] = [
  ...NAMES.map(({ name, needs = '', as = name, kept = '' }) => ({
    name: `${as}: providers and models as others say them`,
    interval: '1m' as const,
    // Two services say each of them.
    input_series: ROWS.flatMap(({ says }) =>
      ['shop', 'desk'].map((job) => ({
        series: `${name}{job="${job}",${Object.entries(says)
          .map(([label, value]) => `${label}="${value}"`)
          .join(',')}${needs}}`,
        values: '0+30x30',
      })),
    ),
    promql_expr_test: [
      {
        expr: `source:${as}:rate5m`,
        eval_time: '20m',
        exp_samples: [...Map.groupBy(ROWS, ({ provider, model }) => `${provider} ${model}`)].map(([, same]) => ({
          labels: `source:${as}:rate5m{gen_ai_provider_name="${same[0]?.provider}",gen_ai_request_model="${same[0]?.model}"${kept}}`,
          value: same.length,
        })),
      },
    ],
  })),
  {
    name: 'a model that one service calls by its former names and another by its current ones is one model',
    interval: '1m',
    input_series: [
      'gen_ai_client_inference_duration_seconds_sum{gen_ai_provider_name="gcp.gemini",gen_ai_request_model="g"}',
      'gen_ai_client_operation_duration_seconds_sum{gen_ai_system="gemini",gen_ai_response_model="g"}',
    ].map((series, index) => ({ series, values: `0+${60 * (index + 1)}x30` })),
    promql_expr_test: [
      {
        expr: 'provider_model:gen_ai_client_inference_duration_seconds_sum:rate5m',
        eval_time: '20m',
        exp_samples: [
          {
            labels:
              'provider_model:gen_ai_client_inference_duration_seconds_sum:rate5m{gen_ai_provider_name="gcp.gemini",gen_ai_request_model="g"}',
            value: 1,
          },
        ],
      },
    ],
  },
  {
    name: "what other instrumentations' clients call a server's first token is a first chunk",
    interval: '1m',
    input_series: [
      ...[
        ['1', 0],
        ['3', 60],
        ['+Inf', 60],
      ].map(([le, pace]) => ({
        series: `gen_ai_server_time_to_first_token_seconds_bucket{gen_ai_system="openai",gen_ai_response_model="g",le="${le}"}`,
        values: `0+${pace}x30`,
      })),
      {
        series: 'gen_ai_server_time_to_first_token_seconds_count{gen_ai_system="openai",gen_ai_response_model="g"}',
        values: '0+60x30',
      },
    ],
    promql_expr_test: [
      {
        expr: 'provider_model:gen_ai_client_inference_time_to_first_chunk_seconds:p50_15m',
        eval_time: '20m',
        exp_samples: [
          {
            labels:
              'provider_model:gen_ai_client_inference_time_to_first_chunk_seconds:p50_15m{gen_ai_provider_name="openai",gen_ai_request_model="g"}',
            value: 2,
          },
        ],
      },
    ],
  },
];
