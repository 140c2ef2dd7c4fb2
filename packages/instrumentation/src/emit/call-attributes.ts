import type { Call, RequestFacts } from '@brownout/core';
import { ATTRIBUTE } from '@brownout/signals';
import type { Attributes, AttributeValue } from '@opentelemetry/api';

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

/**
 * Everything that is known of a call once it has ended: for its span and for its events. No content. Written key by
 * key: most of these are unknown for most calls, and an object full of blanks costs as much as a full one.
 */
export function endAttributes(call: Call): Attributes {
  const attributes: Attributes = {};
  const set: SetAttribute = (key, value) => {
    if (value !== undefined) attributes[key] = value;
  };
  setRequest(call.facts.request, set);
  setAnswer(call, set);
  setOutcome(call, set);
  return attributes;
}

type SetAttribute = (key: string, value: AttributeValue) => void;

function setRequest({ parameters, ...request }: RequestFacts, set: SetAttribute): void {
  if (request.streaming) set(ATTRIBUTE.requestStream, true);
  set(ATTRIBUTE.outputType, request.outputType);
  set(ATTRIBUTE.openaiApiType, request.openaiApiType);
  if (request.openaiApiType && parameters.serviceTier !== 'auto') {
    set(ATTRIBUTE.openaiRequestServiceTier, parameters.serviceTier);
  }
  set(ATTRIBUTE.requestMaxTokens, parameters.maxTokens);
  set(ATTRIBUTE.requestTemperature, parameters.temperature);
  set(ATTRIBUTE.requestTopP, parameters.topP);
  set(ATTRIBUTE.requestTopK, parameters.topK);
  set(ATTRIBUTE.requestFrequencyPenalty, parameters.frequencyPenalty);
  set(ATTRIBUTE.requestPresencePenalty, parameters.presencePenalty);
  set(ATTRIBUTE.requestSeed, parameters.seed);
  set(ATTRIBUTE.requestChoiceCount, parameters.choiceCount);
  set(ATTRIBUTE.requestStopSequences, parameters.stopSequences && [...parameters.stopSequences]);
  set(ATTRIBUTE.requestReasoningLevel, parameters.reasoningLevel);
  set(ATTRIBUTE.requestPreviousResponseId, parameters.previousResponseId);
  set(ATTRIBUTE.conversationId, parameters.conversationId);
  set(ATTRIBUTE.requestEncodingFormats, parameters.encodingFormats && [...parameters.encodingFormats]);
  set(ATTRIBUTE.embeddingsDimensionCount, parameters.embeddingDimensions);
}

function setAnswer(call: Call, set: SetAttribute): void {
  const answer = call.attempts.at(-1)?.answer;
  set(ATTRIBUTE.responseFinishReasons, finishReasons(call));
  if (answer === undefined) return;
  set(ATTRIBUTE.responseId, answer.responseId);
  set(ATTRIBUTE.responseModel, answer.model);
  if (call.facts.request.openaiApiType) {
    set(ATTRIBUTE.openaiResponseServiceTier, answer.serviceTier);
    set(ATTRIBUTE.openaiResponseSystemFingerprint, answer.systemFingerprint);
  }
  const { usage } = answer;
  set(ATTRIBUTE.usageInputTokens, usage.inputTokens);
  set(ATTRIBUTE.usageOutputTokens, usage.outputTokens);
  set(ATTRIBUTE.usageCacheReadInputTokens, usage.cacheReadInputTokens);
  set(ATTRIBUTE.usageCacheWriteInputTokens, usage.cacheWriteInputTokens);
  set(ATTRIBUTE.usageReasoningOutputTokens, usage.reasoningOutputTokens);
}

function setOutcome({ facts, attempts, outcome, fallback }: Call, set: SetAttribute): void {
  set(ATTRIBUTE.useCase, facts.useCase);
  set(ATTRIBUTE.attempts, attempts.length);
  set(ATTRIBUTE.fallbackFromProvider, fallback?.fromProvider);
  set(ATTRIBUTE.fallbackFromModel, fallback?.fromModel);
  const requestIds = attempts.flatMap((attempt) => attempt.requestIds);
  if (requestIds.length > 0) set(ATTRIBUTE.providerRequestIds, requestIds);
  if (outcome === undefined) return;
  set(ATTRIBUTE.verdict, outcome.verdict);
  set(ATTRIBUTE.reason, outcome.reason);
  set(ATTRIBUTE.fault, outcome.fault);
  set(ATTRIBUTE.transport, outcome.transport);
  set(ATTRIBUTE.errorType, outcome.errorType);
  set(ATTRIBUTE.responseTimeToFirstChunk, outcome.timeToFirstChunkSeconds);
  set(ATTRIBUTE.streamMaxGap, outcome.maxGapSeconds);
  if (outcome.anomalies.length > 0) set(ATTRIBUTE.anomalies, [...outcome.anomalies]);
}

/** The conventions: where a reason was expected and did not come (failed, cancelled, cut), `error` stands in its place. */
function finishReasons({ facts, attempts, outcome }: Call): string[] | undefined {
  if (facts.request.operation === 'embeddings') return undefined;
  const words = attempts.at(-1)?.answer.finishWords ?? [];
  const expected = Math.max(words.length, facts.request.parameters.choiceCount ?? 1);
  if (words.length === 0 && outcome?.transport === 'down') return undefined;
  const reasons: string[] = [];
  for (let choice = 0; choice < expected; choice += 1) reasons.push(words[choice] ?? 'error');
  return reasons;
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
