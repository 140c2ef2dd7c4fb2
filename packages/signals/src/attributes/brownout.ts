import type { AttributeRow } from '../attribute.ts';

/** Reasons in the order of the verdict table. `tools/reference.test.ts` holds this list equal to that table. */
const REASONS = [
  'blocked',
  'empty_output',
  'malformed_output',
  'repetition',
  'stream_cut',
  'stalled',
  'gave_up',
  'malformed_response',
  'timeout',
  'overloaded',
  'server_error',
  'rate_limited',
  'quota_exhausted',
  'auth',
  'bad_request',
  'connection',
  'slow_first_chunk',
  'slow_total',
  'slow_stream',
  'truncated',
  'model_substituted',
  'cancelled',
  'abandoned',
  'ok',
] as const;

const ANOMALIES = [
  'truncated',
  'empty_output',
  'malformed_output',
  'invalid_tool_arguments',
  'schema_violation',
  'repetition',
  'blocked',
  'garbled',
  'language_switch',
  'stream_cut',
  'stalled',
  'model_substituted',
  'usage_missing',
  'usage_implausible',
  'length_outlier',
] as const;

/** The project's own attributes, of calls and of the instrumentation itself. */
export const BROWNOUT_ATTRIBUTES = {
  useCase: {
    key: 'brownout.use_case',
    type: 'string',
    description: "The application's name for why the call is made; `unspecified` where it gave none.",
  },
  verdict: {
    key: 'brownout.verdict',
    type: 'string',
    values: ['usable', 'degraded', 'unusable', 'cancelled'],
    description: 'What the application got.',
  },
  reason: {
    key: 'brownout.reason',
    type: 'string',
    values: REASONS,
    description: 'The one primary cause of a verdict.',
  },
  fault: {
    key: 'brownout.fault',
    type: 'string',
    values: ['vendor', 'capacity', 'caller', 'network', 'policy', 'none'],
    description: 'Whose problem it is.',
  },
  transport: {
    key: 'brownout.transport',
    type: 'string',
    values: ['up', 'down'],
    description: 'What uptime monitoring sees: `up` if the final attempt got a 2xx status line.',
  },
  streaming: {
    key: 'brownout.streaming',
    type: 'boolean',
    description: 'Whether the request asked for a streamed answer.',
  },
  attemptKind: {
    key: 'brownout.attempt.kind',
    type: 'string',
    values: ['first', 'retry', 'continuation'],
    description: 'What an attempt is within its call.',
  },
  attempts: {
    key: 'brownout.attempts',
    type: 'int',
    description: 'Requests on the wire that the call took, retries included.',
  },
  retryAdvised: {
    key: 'brownout.retry.advised',
    type: 'boolean',
    description: 'Whether the server named a delay before the retry.',
  },
  fallbackFromProvider: {
    key: 'brownout.fallback.from.provider',
    type: 'string',
    description: 'Provider of the call that this one replaces.',
  },
  fallbackFromModel: {
    key: 'brownout.fallback.from.model',
    type: 'string',
    description: 'Model of the call that this one replaces.',
  },
  fallbackMechanism: {
    key: 'brownout.fallback.mechanism',
    type: 'string',
    values: ['policy', 'framework', 'vendor', 'gateway', 'inferred'],
    description:
      'Who switched: a policy of the application, a framework, the vendor or a gateway; `inferred` where it was only seen.',
  },
  anomaly: {
    key: 'brownout.anomaly',
    type: 'string',
    values: ANOMALIES,
    description: 'Something wrong with an output; a call may have several.',
  },
  anomalies: {
    key: 'brownout.anomalies',
    type: 'string[]',
    values: ANOMALIES,
    description: "Every anomaly found in the call's output.",
  },
  budget: {
    key: 'brownout.budget',
    type: 'string',
    values: ['first_chunk', 'total', 'gap', 'output_rate'],
    description: 'The budget that the call broke.',
  },
  streamMaxGap: {
    key: 'brownout.stream.max_gap',
    type: 'double',
    description: 'Longest silence between two output chunks of the call, in seconds.',
  },
  rateLimitResource: {
    key: 'brownout.rate_limit.resource',
    type: 'string',
    values: ['requests', 'tokens', 'input_tokens', 'output_tokens'],
    description: 'What the rate limit counts.',
  },
  providerRequestIds: {
    key: 'brownout.provider.request_ids',
    type: 'string[]',
    description: "The provider's id of every attempt that got an answer, in order: what the vendor's support asks for.",
  },
  sdk: { key: 'brownout.sdk', type: 'string', description: 'Package name of an SDK that was found in the process.' },
  sdkVersion: { key: 'brownout.sdk.version', type: 'string', description: 'Version of that SDK.' },
  link: {
    key: 'brownout.link',
    type: 'string',
    values: ['linked', 'wire', 'unsupported'],
    description: 'How the boundaries of its calls are known: from the SDK, inferred on the wire, or not at all.',
  },
  site: {
    key: 'brownout.site',
    type: 'string',
    description: 'Where in the instrumentation an error was swallowed.',
  },
  dimension: {
    key: 'brownout.dimension',
    type: 'string',
    known: ['gen_ai.request.model', 'brownout.use_case', 'brownout.task', 'brownout.breaker', 'brownout.policy'],
    description: 'The attribute whose values were folded into `_other`.',
  },
} as const satisfies Readonly<Record<string, AttributeRow>>;
