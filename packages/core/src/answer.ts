import type { AnswerEvent, Failure, FinishReason, Usage } from './answer-event.ts';
import type { DetectorSwitches } from './detectors/index.ts';
import { createFindings, MAX_WATCHED, watchText, watchToolArguments } from './findings.ts';
import type { Findings } from './findings.ts';
import type { RequestFacts, RequestSchemas } from './request-facts.ts';

/** What has come of one attempt's answer so far: numbers and short names, never text. Times in ms of the injected clock. */
export interface Answer {
  responseId: string | undefined;
  model: string | undefined;
  serviceTier: string | undefined;
  systemFingerprint: string | undefined;
  /** The provider's own finish words, by choice. */
  readonly finishWords: string[];
  readonly finishReasons: Set<FinishReason>;
  usage: Usage;
  failure: Failure | undefined;
  /** The model or gateway switched inside the attempt. */
  fallback: { readonly from: string; readonly to: string } | undefined;
  /** The terminal marker was seen. */
  ended: boolean;
  /** It came whole, and nothing of it could be read. */
  unseen: boolean;
  /** What was not the dialect, first sight. */
  malformed: string | undefined;
  /** Characters (UTF-16 units) of text for the user; white space alone counts as none. */
  textLength: number;
  reasoningLength: number;
  /** Characters of the arguments of tool calls. */
  toolLength: number;
  /** Tool calls that were opened with a name; at least 1 where any piece of one came. */
  toolCalls: number;
  embeddings: number;
  /** Images and sounds. */
  media: number;
  refused: boolean;
  /** Chunks that carried output, and when the first and the last of them came. */
  outputChunks: number;
  firstOutputAt: number | undefined;
  lastOutputAt: number | undefined;
  /** Longest silence between two output chunks, ms. */
  maxGapMs: number;
  readonly findings: Findings;
}

/** @param schemas what the request carries of them, asked when there is JSON to hold to one. */
export function createAnswer(switches: DetectorSwitches, schemas: () => RequestSchemas | undefined): Answer {
  return {
    responseId: undefined,
    model: undefined,
    serviceTier: undefined,
    systemFingerprint: undefined,
    finishWords: [],
    finishReasons: new Set(),
    usage: {},
    failure: undefined,
    fallback: undefined,
    ended: false,
    unseen: false,
    malformed: undefined,
    textLength: 0,
    reasoningLength: 0,
    toolLength: 0,
    toolCalls: 0,
    embeddings: 0,
    media: 0,
    refused: false,
    outputChunks: 0,
    firstOutputAt: undefined,
    lastOutputAt: undefined,
    maxGapMs: 0,
    findings: createFindings(switches, schemas),
  };
}

/**
 * Folds one event into the answer, in place: this runs for every chunk of every stream, so it allocates nothing of its own.
 * Returns the gap to the output chunk before it in ms where the event is a further output chunk, else `undefined`.
 */
export function foldAnswer(answer: Answer, event: AnswerEvent, request: RequestFacts, at: number): number | undefined {
  switch (event.type) {
    case 'output':
      inspect(answer, event, request);
      return countOutput(answer, at);
    case 'identity':
      answer.responseId = event.responseId ?? answer.responseId;
      answer.model = event.model ?? answer.model;
      answer.serviceTier = event.serviceTier ?? answer.serviceTier;
      answer.systemFingerprint = event.systemFingerprint ?? answer.systemFingerprint;
      return undefined;
    case 'finish':
      answer.finishReasons.add(event.reason);
      if (event.choice < MAX_WATCHED) answer.finishWords[event.choice] = event.raw;
      return undefined;
    case 'usage':
      answer.usage = { ...answer.usage, ...event.usage };
      return undefined;
    case 'failure':
      answer.failure ??= event.failure;
      return undefined;
    case 'malformed':
      answer.malformed ??= event.detail;
      return undefined;
    case 'model_fallback':
      answer.fallback = { from: event.from, to: event.to };
      return undefined;
    case 'heartbeat':
      return undefined;
    case 'end':
      answer.ended = true;
      return undefined;
    case 'unseen':
      answer.ended = true;
      answer.unseen = true;
      return undefined;
    default:
      return event satisfies never;
  }
}

function countOutput(answer: Answer, at: number): number | undefined {
  answer.outputChunks += 1;
  const previous = answer.lastOutputAt;
  answer.lastOutputAt = at;
  if (previous === undefined) {
    answer.firstOutputAt = at;
    return undefined;
  }
  const gap = at - previous;
  if (gap > answer.maxGapMs) answer.maxGapMs = gap;
  return gap;
}

function inspect(answer: Answer, event: Extract<AnswerEvent, { type: 'output' }>, request: RequestFacts): void {
  const { text } = event;
  switch (event.kind) {
    case 'text':
      answer.textLength += isBlank(text) ? 0 : text.length;
      watchText(answer.findings, event, request);
      return;
    case 'reasoning':
      answer.reasoningLength += text.length;
      return;
    case 'tool_call':
      if (event.tool?.name !== undefined || answer.toolCalls === 0) answer.toolCalls += 1;
      answer.toolLength += text.length;
      watchToolArguments(answer.findings, event);
      return;
    case 'refusal':
      answer.refused ||= !isBlank(text);
      return;
    case 'embedding':
      answer.embeddings += 1;
      return;
    case 'media':
      answer.media += 1;
      return;
    default:
      event.kind satisfies never;
  }
}

function isBlank(text: string): boolean {
  return text.length === 0 || text.trim().length === 0;
}
