import { ATTRIBUTE, type AttributeKey } from './attributes.ts';

/** One kind of span. */
export interface SpanRow {
  readonly name: string;
  readonly kind: 'CLIENT' | 'INTERNAL';
  /** Set when the span starts, so that samplers can decide by them. */
  readonly atCreation: readonly AttributeKey[];
  readonly required: readonly AttributeKey[];
  /** Set where the attribute's description says so. */
  readonly conditional: readonly AttributeKey[];
  /** Set where known. */
  readonly recommended: readonly AttributeKey[];
  /** Set only if content capture is switched on. */
  readonly optIn: readonly AttributeKey[];
  readonly description: string;
}

const AT_CREATION = [
  ATTRIBUTE.operationName,
  ATTRIBUTE.providerName,
  ATTRIBUTE.requestModel,
  ATTRIBUTE.serverAddress,
  ATTRIBUTE.serverPort,
] as const;

const OWN_REQUIRED = [
  ATTRIBUTE.useCase,
  ATTRIBUTE.verdict,
  ATTRIBUTE.reason,
  ATTRIBUTE.fault,
  ATTRIBUTE.transport,
  ATTRIBUTE.attempts,
] as const;

const OWN_CONDITIONAL = [
  ATTRIBUTE.streamMaxGap,
  ATTRIBUTE.anomalies,
  ATTRIBUTE.fallbackFromProvider,
  ATTRIBUTE.fallbackFromModel,
  ATTRIBUTE.providerRequestIds,
] as const;

/** Every kind of span. */
export const SPANS = {
  inference: {
    name: '{gen_ai.operation.name} {gen_ai.request.model}',
    kind: 'CLIENT',
    atCreation: AT_CREATION,
    required: [ATTRIBUTE.operationName, ATTRIBUTE.providerName, ...OWN_REQUIRED],
    conditional: [
      ATTRIBUTE.errorType,
      ATTRIBUTE.requestModel,
      ATTRIBUTE.requestStream,
      ATTRIBUTE.requestTopK,
      ATTRIBUTE.requestSeed,
      ATTRIBUTE.requestChoiceCount,
      ATTRIBUTE.outputType,
      ATTRIBUTE.conversationId,
      ATTRIBUTE.serverPort,
      ATTRIBUTE.openaiRequestServiceTier,
      ATTRIBUTE.openaiResponseServiceTier,
      ...OWN_CONDITIONAL,
    ],
    recommended: [
      ATTRIBUTE.requestMaxTokens,
      ATTRIBUTE.requestTemperature,
      ATTRIBUTE.requestTopP,
      ATTRIBUTE.requestStopSequences,
      ATTRIBUTE.requestFrequencyPenalty,
      ATTRIBUTE.requestPresencePenalty,
      ATTRIBUTE.requestReasoningLevel,
      ATTRIBUTE.requestPreviousResponseId,
      ATTRIBUTE.responseId,
      ATTRIBUTE.responseModel,
      ATTRIBUTE.responseFinishReasons,
      ATTRIBUTE.responseTimeToFirstChunk,
      ATTRIBUTE.usageInputTokens,
      ATTRIBUTE.usageOutputTokens,
      ATTRIBUTE.usageCacheReadInputTokens,
      ATTRIBUTE.usageCacheWriteInputTokens,
      ATTRIBUTE.usageReasoningOutputTokens,
      ATTRIBUTE.serverAddress,
      ATTRIBUTE.openaiApiType,
      ATTRIBUTE.openaiResponseSystemFingerprint,
    ],
    optIn: [ATTRIBUTE.inputMessages, ATTRIBUTE.outputMessages, ATTRIBUTE.systemInstructions, ATTRIBUTE.toolDefinitions],
    description:
      'One call, retries and back-off included. A fallback links to the span of the call that it replaces. Where the SDK makes this span itself, that span is enriched and no second one is made.',
  },
  embeddings: {
    name: 'embeddings {gen_ai.request.model}',
    kind: 'CLIENT',
    atCreation: AT_CREATION,
    required: [ATTRIBUTE.operationName, ATTRIBUTE.providerName, ...OWN_REQUIRED],
    conditional: [ATTRIBUTE.errorType, ATTRIBUTE.requestModel, ATTRIBUTE.serverPort, ...OWN_CONDITIONAL],
    recommended: [
      ATTRIBUTE.requestEncodingFormats,
      ATTRIBUTE.embeddingsDimensionCount,
      ATTRIBUTE.usageInputTokens,
      ATTRIBUTE.responseModel,
      ATTRIBUTE.serverAddress,
    ],
    optIn: [],
    description: 'One embeddings call, retries and back-off included.',
  },
  task: {
    name: 'task {brownout.task}',
    kind: 'INTERNAL',
    atCreation: [ATTRIBUTE.task],
    required: [ATTRIBUTE.task, ATTRIBUTE.taskOutcome, ATTRIBUTE.taskDegraded],
    conditional: [
      ATTRIBUTE.errorType,
      ATTRIBUTE.taskTimeInference,
      ATTRIBUTE.taskTimeRetrieval,
      ATTRIBUTE.taskTimeHttp,
      ATTRIBUTE.taskTimeTool,
      ATTRIBUTE.taskTimeApp,
    ],
    recommended: [ATTRIBUTE.useCase],
    optIn: [],
    description:
      "A unit of the application's own work, the parent of what happens in it; its status is an error where its outcome is `failure`. The times are there where the spans of the process are seen.",
  },
  attempt: {
    name: '{http.request.method}',
    kind: 'CLIENT',
    atCreation: [ATTRIBUTE.httpRequestMethod, ATTRIBUTE.serverAddress, ATTRIBUTE.serverPort, ATTRIBUTE.urlFull],
    required: [
      ATTRIBUTE.httpRequestMethod,
      ATTRIBUTE.serverAddress,
      ATTRIBUTE.serverPort,
      ATTRIBUTE.urlFull,
      ATTRIBUTE.attemptKind,
    ],
    conditional: [ATTRIBUTE.httpResponseStatusCode, ATTRIBUTE.errorType, ATTRIBUTE.httpRequestResendCount],
    recommended: [],
    optIn: [],
    description:
      "One request on the wire, a child of its call's span. Where the application's HTTP instrumentation makes this span, none is added.",
  },
} as const satisfies Readonly<Record<string, SpanRow>>;
