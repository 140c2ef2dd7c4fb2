import type { Attempt, Call, Reason, Usage } from '@brownout/core';
import { attemptErrorType } from '@brownout/core';
import { ATTRIBUTE } from '@brownout/signals';
import type { Context } from '@opentelemetry/api';
import { genAiDimensions } from './dimensions.ts';
import type { CommonDimensions, DimensionLimits, GenAiDimensions } from './dimensions.ts';
import type { RecordMetric } from './instruments.ts';

/** Everything that is measured of a call when it ends. `at` carries the exemplar's span. */
export function recordCall(
  record: RecordMetric,
  call: Call,
  common: CommonDimensions,
  limits: DimensionLimits,
  at: Context,
): void {
  const { outcome, facts } = call;
  if (outcome === undefined) return;
  const { verdict, reason, fault, transport } = outcome;
  const worth = { [ATTRIBUTE.verdict]: verdict, [ATTRIBUTE.reason]: reason };
  record(
    'calls',
    1,
    {
      ...common,
      ...worth,
      [ATTRIBUTE.fault]: fault,
      [ATTRIBUTE.transport]: transport,
      [ATTRIBUTE.streaming]: facts.request.streaming,
    },
    at,
  );
  for (const anomaly of outcome.anomalies) {
    record('outputAnomalies', 1, { ...common, [ATTRIBUTE.anomaly]: anomaly }, at);
  }
  for (const budget of outcome.breaches) record('budgetBreaches', 1, { ...common, [ATTRIBUTE.budget]: budget }, at);
  if (outcome.maxGapSeconds !== undefined) {
    record('streamMaxGap', outcome.maxGapSeconds, { ...common, [ATTRIBUTE.verdict]: verdict }, at);
  }
  if (outcome.outputRate !== undefined) record('streamOutputRate', outcome.outputRate, common, at);
  recordFallback(record, call, common, limits, at);
  recordGenAi(record, call, genAiDimensions(call, limits), limits, at);
}

function recordFallback(
  record: RecordMetric,
  { fallback, outcome }: Call,
  common: CommonDimensions,
  limits: DimensionLimits,
  at: Context,
): void {
  if (fallback === undefined || outcome === undefined) return;
  record(
    'fallbacks',
    1,
    {
      ...common,
      ...(fallback.toModel !== undefined && { [ATTRIBUTE.requestModel]: limits.requestModel(fallback.toModel) }),
      [ATTRIBUTE.fallbackFromProvider]: fallback.fromProvider,
      [ATTRIBUTE.fallbackFromModel]: limits.requestModel(fallback.fromModel),
      ...(fallback.reason !== undefined && { [ATTRIBUTE.reason]: fallback.reason }),
      [ATTRIBUTE.fallbackMechanism]: fallback.mechanism,
      [ATTRIBUTE.verdict]: outcome.verdict,
    },
    at,
  );
}

/** The standard metrics. A token count that the provider did not send is not recorded. */
function recordGenAi(
  record: RecordMetric,
  { facts, outcome, attempts }: Call,
  dimensions: GenAiDimensions,
  limits: DimensionLimits,
  at: Context,
): void {
  if (outcome === undefined) return;
  const isEmbeddings = facts.request.operation === 'embeddings';
  const ended =
    outcome.errorType === undefined
      ? dimensions
      : { ...dimensions, [ATTRIBUTE.errorType]: limits.errorType(outcome.errorType) };
  record(isEmbeddings ? 'embeddingsDuration' : 'inferenceDuration', outcome.durationSeconds, ended, at);
  record('legacyOperationDuration', outcome.durationSeconds, ended, at);
  if (outcome.timeToFirstChunkSeconds !== undefined) {
    record('inferenceTimeToFirstChunk', outcome.timeToFirstChunkSeconds, dimensions, at);
    record('legacyTimeToFirstChunk', outcome.timeToFirstChunkSeconds, dimensions, at);
  }
  const usage = attempts.at(-1)?.answer.usage ?? {};
  if (!isEmbeddings) {
    // The provider gives no split by modality here, and the conventions ask not to guess one.
    const byModality = { ...dimensions, [ATTRIBUTE.tokenModality]: 'unknown' } as const;
    for (const [id, field] of TOKEN_COUNTERS) {
      const count = usage[field];
      if (count !== undefined) record(id, count, byModality, at);
    }
  }
  const { inputTokens, outputTokens } = usage;
  if (inputTokens !== undefined) {
    const id = isEmbeddings ? 'embeddingsInputTokensPerOperation' : 'inputTokensPerOperation';
    if (outcome.errorType === undefined) record(id, inputTokens, dimensions, at);
    record('legacyTokenUsage', inputTokens, { ...dimensions, [ATTRIBUTE.tokenType]: 'input' }, at);
  }
  if (outputTokens !== undefined && !isEmbeddings) {
    if (outcome.errorType === undefined) record('outputTokensPerOperation', outputTokens, dimensions, at);
    record('legacyTokenUsage', outputTokens, { ...dimensions, [ATTRIBUTE.tokenType]: 'output' }, at);
  }
}

const TOKEN_COUNTERS = [
  ['inputTokens', 'inputTokens'],
  ['outputTokens', 'outputTokens'],
  ['cacheReadInputTokens', 'cacheReadInputTokens'],
  ['cacheWriteInputTokens', 'cacheWriteInputTokens'],
  ['reasoningOutputTokens', 'reasoningOutputTokens'],
] as const satisfies readonly (readonly [string, keyof Usage])[];

/** One request on the wire, when it is over. */
export function recordAttempt(
  record: RecordMetric,
  call: Call,
  attempt: Attempt,
  common: CommonDimensions,
  limits: DimensionLimits,
  at: Context,
): void {
  const { startedAt, headersAt, endedAt, kind, status } = attempt;
  const dimensions = {
    ...common,
    [ATTRIBUTE.attemptKind]: kind,
    [ATTRIBUTE.streaming]: call.facts.request.streaming,
    [ATTRIBUTE.serverAddress]: limits.serverAddress(call.facts.serverAddress),
  };
  const errorType = attemptErrorType(call, attempt);
  record(
    'attemptDuration',
    ((endedAt ?? startedAt) - startedAt) / 1000,
    {
      ...dimensions,
      ...(status !== undefined && { [ATTRIBUTE.httpResponseStatusCode]: status }),
      ...(errorType !== undefined && { [ATTRIBUTE.errorType]: limits.errorType(errorType) }),
    },
    at,
  );
  if (headersAt !== undefined) record('attemptTimeToHeaders', (headersAt - startedAt) / 1000, dimensions, at);
}

/** A further attempt is on its way because the one before it failed for `reason`. */
export function recordRetry(
  record: RecordMetric,
  { attempts }: Call,
  attempt: Attempt,
  reason: Reason,
  common: CommonDimensions,
): void {
  record('retries', 1, { ...common, [ATTRIBUTE.reason]: reason });
  if (attempt.delayMs === undefined) return;
  const advised = attempts.at(-1)?.retryAdviceSeconds !== undefined;
  record('retryDelay', attempt.delayMs / 1000, { ...common, [ATTRIBUTE.retryAdvised]: advised });
}
