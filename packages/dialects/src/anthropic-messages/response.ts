import type { FinishReason, Usage } from '@brownout/core';
import type { Emit } from '../dialect.ts';
import { readFailure } from '../failure.ts';
import { asCount, asObject, asText, isObject, present, toJsonText, type JsonObject } from '../json.ts';

/** https://docs.claude.com/en/api/messages */
export function readResponse(body: unknown, emit: Emit): void {
  if (isObject(body) && body['error']) {
    emit({ type: 'failure', failure: readFailure(undefined, body) });
    return;
  }
  if (!isObject(body) || !Array.isArray(body['content'])) {
    emit({ type: 'malformed', detail: 'the body is not a message: it has no content list' });
    return;
  }
  readIdentity(body, emit);
  let toolCalls = 0;
  for (const entry of body['content']) {
    const block = asObject(entry);
    const isCall = readBlock(block, toolCalls, emit);
    if (isCall) toolCalls++;
  }
  readFinish(body['stop_reason'], emit);
  readUsage(body['usage'], {}, emit);
  emit({ type: 'end' });
}

/** Reads the message that a response is, or that `message_start` opens. */
export function readIdentity(message: JsonObject, emit: Emit): void {
  const identity = present({
    responseId: asText(message['id']),
    model: asText(message['model']),
    serviceTier: asText(asObject(message['usage'])['service_tier']),
  });
  emit({ type: 'identity', ...identity });
}

/**
 * Reads a content block, whole or just opened. Returns whether it is a call of one of the application's tools; what the
 * vendor runs itself (web search, code execution, MCP) and unknown blocks are signs of life.
 */
export function readBlock(block: JsonObject, toolIndex: number, emit: Emit): boolean {
  switch (block['type']) {
    case 'text':
      readText('text', block['text'], emit);
      return false;
    case 'thinking':
      readText('reasoning', block['thinking'], emit);
      return false;
    case 'tool_use': {
      // A stream opens the block with an empty input and sends the arguments in pieces.
      const input = asObject(block['input']);
      const text = Object.keys(input).length === 0 ? '' : toJsonText(input);
      const tool = present({ index: toolIndex, name: asText(block['name']), id: asText(block['id']) });
      emit({ type: 'output', kind: 'tool_call', choice: 0, text, tool });
      return true;
    }
    case 'fallback': {
      const from = asText(asObject(block['from'])['model']) ?? '';
      const to = asText(asObject(block['to'])['model']) ?? '';
      emit({ type: 'model_fallback', from, to });
      emit({ type: 'identity', ...present({ model: asText(to) }) });
      return false;
    }
    default:
      emit({ type: 'heartbeat' });
      return false;
  }
}

export function readText(kind: 'text' | 'reasoning', text: unknown, emit: Emit): void {
  if (typeof text === 'string' && text !== '') emit({ type: 'output', kind, choice: 0, text });
  else emit({ type: 'heartbeat' });
}

/** https://docs.claude.com/en/api/handling-stop-reasons */
const FINISH_REASONS: ReadonlyMap<string, FinishReason> = new Map([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_use', 'tool_call'],
  ['pause_turn', 'pause'],
  ['compaction', 'pause'],
  ['refusal', 'refusal'],
]);

/** Returns whether there was a stop reason. */
export function readFinish(raw: unknown, emit: Emit): boolean {
  if (typeof raw !== 'string' || raw === '') return false;
  emit({ type: 'finish', choice: 0, reason: FINISH_REASONS.get(raw) ?? 'other', raw });
  return true;
}

/** The last value of each count that a response reported: a stream's later events need not repeat the earlier ones. */
export interface UsageSoFar {
  input?: number;
  cacheRead?: number;
  cacheWrite?: number;
  output?: number;
  reasoning?: number;
}

/** Adds what was reported to what is known and passes it on. Returns whether anything was reported. */
export function readUsage(reported: unknown, known: UsageSoFar, emit: Emit): boolean {
  if (!isObject(reported)) return false;
  const news = present<UsageSoFar>({
    input: asCount(reported['input_tokens']),
    cacheRead: asCount(reported['cache_read_input_tokens']),
    cacheWrite: asCount(reported['cache_creation_input_tokens']),
    output: asCount(reported['output_tokens']),
    reasoning: asCount(asObject(reported['output_tokens_details'])['thinking_tokens']),
  });
  if (Object.keys(news).length === 0) return false;
  Object.assign(known, news);
  emit({ type: 'usage', usage: toUsage(known) });
  return true;
}

/** The conventions count cached tokens into the input, Anthropic counts them beside it. */
function toUsage(known: UsageSoFar): Usage {
  const { input, cacheRead, cacheWrite } = known;
  return present<Usage>({
    inputTokens: input === undefined ? undefined : input + (cacheRead ?? 0) + (cacheWrite ?? 0),
    outputTokens: known.output,
    cacheReadInputTokens: cacheRead,
    cacheWriteInputTokens: cacheWrite,
    reasoningOutputTokens: known.reasoning,
  });
}
