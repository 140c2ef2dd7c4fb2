import { ATTRIBUTE } from '../attributes.ts';
import { DURATION_BUCKETS, TOKEN_BUCKETS } from '../buckets.ts';
import type { MetricRow } from '../metric.ts';

const WHO_AND_WHAT = [ATTRIBUTE.operationName, ATTRIBUTE.providerName] as const;
// The system fingerprint, which OpenAI's refinement also recommends here, is left to the span: its values are unbounded.
const WHERE_KNOWN = [
  ATTRIBUTE.requestModel,
  ATTRIBUTE.responseModel,
  ATTRIBUTE.serverAddress,
  ATTRIBUTE.serverPort,
  ATTRIBUTE.openaiResponseServiceTier,
] as const;

const DURATION = {
  group: 'genai',
  status: 'emitted',
  instrument: 'histogram',
  valueType: 'double',
  unit: 's',
  buckets: DURATION_BUCKETS,
  required: WHO_AND_WHAT,
  optional: WHERE_KNOWN,
} as const;
const TOKEN_COUNTER = {
  group: 'genai',
  status: 'emitted',
  instrument: 'counter',
  valueType: 'int',
  unit: '{token}',
  required: [...WHO_AND_WHAT, ATTRIBUTE.tokenModality],
  optional: WHERE_KNOWN,
} as const;
const TOKEN_HISTOGRAM = {
  group: 'genai',
  status: 'emitted',
  instrument: 'histogram',
  valueType: 'int',
  unit: '{token}',
  buckets: TOKEN_BUCKETS,
  required: WHO_AND_WHAT,
  optional: WHERE_KNOWN,
} as const;

/** The GenAI semantic conventions v0.1.0, client side. A count that the provider did not send is not recorded. */
export const GEN_AI_METRICS = {
  inferenceDuration: {
    ...DURATION,
    name: 'gen_ai.client.inference.duration',
    optional: [...WHERE_KNOWN, ATTRIBUTE.errorType],
    description: 'Time that a call took, retries and back-off included.',
  },
  inferenceTimeToFirstChunk: {
    ...DURATION,
    name: 'gen_ai.client.inference.time_to_first_chunk',
    description:
      'Time from the call to the first chunk that carries output (text, reasoning or a tool call); streamed answers only.',
  },
  inferenceTimePerOutputChunk: {
    ...DURATION,
    name: 'gen_ai.client.inference.time_per_output_chunk',
    optional: [ATTRIBUTE.requestModel],
    description: 'Time between two output chunks of a streamed answer; one record per chunk after the first.',
  },
  inputTokens: {
    ...TOKEN_COUNTER,
    name: 'gen_ai.client.inference.usage.input_tokens',
    description: 'Input tokens, cached ones included.',
  },
  outputTokens: {
    ...TOKEN_COUNTER,
    name: 'gen_ai.client.inference.usage.output_tokens',
    description: 'Output tokens, reasoning included.',
  },
  cacheReadInputTokens: {
    ...TOKEN_COUNTER,
    name: 'gen_ai.client.inference.usage.cache_read.input_tokens',
    description: "Input tokens read from the provider's cache; part of the input tokens.",
  },
  cacheWriteInputTokens: {
    ...TOKEN_COUNTER,
    name: 'gen_ai.client.inference.usage.cache_write.input_tokens',
    description: "Input tokens written to the provider's cache; part of the input tokens.",
  },
  reasoningOutputTokens: {
    ...TOKEN_COUNTER,
    name: 'gen_ai.client.inference.usage.reasoning.output_tokens',
    description: 'Output tokens spent on reasoning; part of the output tokens.',
  },
  inputTokensPerOperation: {
    ...TOKEN_HISTOGRAM,
    name: 'gen_ai.client.inference.operation.input_tokens',
    description: 'Input tokens of one successful call: for percentiles, not for totals.',
  },
  outputTokensPerOperation: {
    ...TOKEN_HISTOGRAM,
    name: 'gen_ai.client.inference.operation.output_tokens',
    description: 'Output tokens of one successful call: for percentiles, not for totals.',
  },
  embeddingsDuration: {
    ...DURATION,
    name: 'gen_ai.client.embeddings.duration',
    optional: [...WHERE_KNOWN, ATTRIBUTE.errorType],
    description: 'Time that an embeddings call took, retries and back-off included.',
  },
  embeddingsInputTokensPerOperation: {
    ...TOKEN_HISTOGRAM,
    name: 'gen_ai.client.embeddings.operation.input_tokens',
    description: 'Input tokens of one successful embeddings call.',
  },
} as const satisfies Readonly<Record<string, MetricRow>>;

/** The names before v0.1.0, emitted beside the current ones with `BROWNOUT_LEGACY_GENAI_METRICS=true`. */
export const GEN_AI_LEGACY_METRICS = {
  legacyOperationDuration: {
    ...DURATION,
    group: 'genai_legacy',
    name: 'gen_ai.client.operation.duration',
    optional: [...WHERE_KNOWN, ATTRIBUTE.errorType],
    description: 'Former name of the duration of inference and embeddings calls.',
  },
  legacyTokenUsage: {
    ...TOKEN_HISTOGRAM,
    group: 'genai_legacy',
    name: 'gen_ai.client.token.usage',
    required: [...WHO_AND_WHAT, ATTRIBUTE.tokenType],
    description: 'Former name of the token counts of one call, input and output told apart by `gen_ai.token.type`.',
  },
  legacyTimeToFirstChunk: {
    ...DURATION,
    group: 'genai_legacy',
    name: 'gen_ai.client.operation.time_to_first_chunk',
    description: 'Former name of the time to the first output chunk.',
  },
  legacyTimePerOutputChunk: {
    ...DURATION,
    group: 'genai_legacy',
    name: 'gen_ai.client.operation.time_per_output_chunk',
    optional: [ATTRIBUTE.requestModel],
    description: 'Former name of the time between two output chunks.',
  },
} as const satisfies Readonly<Record<string, MetricRow>>;
