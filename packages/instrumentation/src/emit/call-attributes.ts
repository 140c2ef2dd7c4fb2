import type { Call, RequestFacts, Usage } from '@brownout/core';
import { ATTRIBUTE } from '@brownout/signals';
import type { Attributes } from '@opentelemetry/api';

/** The five attributes that a sampler may decide by: set when the span starts. */
export function creationAttributes({ facts }: Call): Attributes {
  return defined({
    [ATTRIBUTE.operationName]: facts.request.operation,
    [ATTRIBUTE.providerName]: facts.provider,
    [ATTRIBUTE.requestModel]: facts.request.model,
    [ATTRIBUTE.serverAddress]: facts.serverAddress,
    [ATTRIBUTE.serverPort]: facts.serverPort,
  });
}

/** `{operation} {model}`, or the operation alone where the request names no model. */
export function spanName({ operation, model }: RequestFacts): string {
  return model === undefined ? operation : `${operation} ${model}`;
}

/** Everything that is known of a call once it has ended: for its span and for its events. No content. */
export function endAttributes(call: Call): Attributes {
  const { facts, attempts, outcome, fallback } = call;
  const answer = attempts.at(-1)?.answer;
  const requestIds = attempts.flatMap((attempt) => attempt.requestIds);
  return defined({
    ...requestAttributes(facts.request),
    [ATTRIBUTE.responseId]: answer?.responseId,
    [ATTRIBUTE.responseModel]: answer?.model,
    [ATTRIBUTE.responseFinishReasons]: finishReasons(call),
    [ATTRIBUTE.responseTimeToFirstChunk]: outcome?.timeToFirstChunkSeconds,
    [ATTRIBUTE.openaiResponseServiceTier]: facts.request.openaiApiType && answer?.serviceTier,
    [ATTRIBUTE.openaiResponseSystemFingerprint]: facts.request.openaiApiType && answer?.systemFingerprint,
    ...usageAttributes(answer?.usage ?? {}),
    [ATTRIBUTE.errorType]: outcome?.errorType,
    [ATTRIBUTE.useCase]: facts.useCase,
    [ATTRIBUTE.verdict]: outcome?.verdict,
    [ATTRIBUTE.reason]: outcome?.reason,
    [ATTRIBUTE.fault]: outcome?.fault,
    [ATTRIBUTE.transport]: outcome?.transport,
    [ATTRIBUTE.attempts]: attempts.length,
    [ATTRIBUTE.streamMaxGap]: outcome?.maxGapSeconds,
    [ATTRIBUTE.anomalies]: outcome?.anomalies.length ? [...outcome.anomalies] : undefined,
    [ATTRIBUTE.fallbackFromProvider]: fallback?.fromProvider,
    [ATTRIBUTE.fallbackFromModel]: fallback?.fromModel,
    [ATTRIBUTE.providerRequestIds]: requestIds.length > 0 ? requestIds : undefined,
  });
}

function requestAttributes({ parameters, ...request }: RequestFacts): Attributes {
  return {
    [ATTRIBUTE.requestStream]: request.streaming ? true : undefined,
    [ATTRIBUTE.outputType]: request.outputType,
    [ATTRIBUTE.openaiApiType]: request.openaiApiType,
    [ATTRIBUTE.openaiRequestServiceTier]:
      request.openaiApiType && parameters.serviceTier !== 'auto' ? parameters.serviceTier : undefined,
    [ATTRIBUTE.requestMaxTokens]: parameters.maxTokens,
    [ATTRIBUTE.requestTemperature]: parameters.temperature,
    [ATTRIBUTE.requestTopP]: parameters.topP,
    [ATTRIBUTE.requestTopK]: parameters.topK,
    [ATTRIBUTE.requestFrequencyPenalty]: parameters.frequencyPenalty,
    [ATTRIBUTE.requestPresencePenalty]: parameters.presencePenalty,
    [ATTRIBUTE.requestSeed]: parameters.seed,
    [ATTRIBUTE.requestChoiceCount]: parameters.choiceCount,
    [ATTRIBUTE.requestStopSequences]: parameters.stopSequences && [...parameters.stopSequences],
    [ATTRIBUTE.requestReasoningLevel]: parameters.reasoningLevel,
    [ATTRIBUTE.requestPreviousResponseId]: parameters.previousResponseId,
    [ATTRIBUTE.conversationId]: parameters.conversationId,
    [ATTRIBUTE.requestEncodingFormats]: parameters.encodingFormats && [...parameters.encodingFormats],
    [ATTRIBUTE.embeddingsDimensionCount]: parameters.embeddingDimensions,
  };
}

function usageAttributes(usage: Usage): Attributes {
  return {
    [ATTRIBUTE.usageInputTokens]: usage.inputTokens,
    [ATTRIBUTE.usageOutputTokens]: usage.outputTokens,
    [ATTRIBUTE.usageCacheReadInputTokens]: usage.cacheReadInputTokens,
    [ATTRIBUTE.usageCacheWriteInputTokens]: usage.cacheWriteInputTokens,
    [ATTRIBUTE.usageReasoningOutputTokens]: usage.reasoningOutputTokens,
  };
}

/** The conventions: where a reason was expected and did not come (failed, cancelled, cut), `error` stands in its place. */
function finishReasons({ facts, attempts, outcome }: Call): string[] | undefined {
  if (facts.request.operation === 'embeddings') return undefined;
  const words = attempts.at(-1)?.answer.finishWords ?? [];
  const expected = Math.max(words.length, facts.request.parameters.choiceCount ?? 1);
  if (words.length === 0 && outcome?.transport === 'down') return undefined;
  return Array.from({ length: expected }, (_, choice) => words[choice] ?? 'error');
}

/** Attributes without those that are not known. */
export function defined(attributes: Attributes): Attributes {
  const known: Attributes = {};
  for (const key in attributes) {
    const value = attributes[key];
    if (value !== undefined) known[key] = value;
  }
  return known;
}
