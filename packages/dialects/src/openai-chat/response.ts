import type { FinishReason, OutputKind, Usage } from '@brownout/core';
import type { Emit, OpenedCall } from '../dialect.ts';
import { readFailure } from '../failure.ts';
import { asCount, asList, asNumber, asObject, asText, isObject, present, type JsonObject } from '../json.ts';

/** https://platform.openai.com/docs/api-reference/chat/object */
export function readResponse(body: unknown, emit: Emit): void {
  if (isObject(body) && body['error']) {
    emit({ type: 'failure', failure: readFailure(undefined, body) });
    return;
  }
  if (!isObject(body) || !Array.isArray(body['choices'])) {
    emit({ type: 'malformed', detail: 'the body is not a chat completion: it has no choices' });
    return;
  }
  emit({
    type: 'identity',
    ...present({
      responseId: asText(body['id']),
      model: asText(body['model']),
      serviceTier: asText(body['service_tier']),
      systemFingerprint: asText(body['system_fingerprint']),
    }),
  });
  for (const [position, entry] of body['choices'].entries()) {
    const choice = asObject(entry);
    const index = asNumber(choice['index']) ?? position;
    readMessage(asObject(choice['message']), index, emit);
    readFinish(choice['finish_reason'], index, emit);
  }
  readUsage(body, emit);
  emit({ type: 'end' });
}

/** Which call of a choice the one at this index is; a stream has to remember, a whole message is numbered as it is. */
export type PlaceOfCall = (choice: number, index: number, id: string | undefined) => number;
const asNumbered: PlaceOfCall = (_choice, index) => index;

/** Reads a message, or a stream's delta, which has the same fields. Returns whether it held any output. */
export function readMessage(message: JsonObject, choice: number, emit: Emit, placeOf = asNumbered): boolean {
  // `reasoning_content` is DeepSeek's word, `reasoning` OpenRouter's and Groq's; some hosts send both, with the same text.
  let output = put('reasoning', message['reasoning_content'] ?? message['reasoning'], choice, emit);
  const content = message['content'];
  if (Array.isArray(content)) {
    for (const part of content) output = readPart(asObject(part), choice, emit) || output;
  } else if (content) output = put('text', content, choice, emit) || output;
  // OpenRouter's images: https://openrouter.ai/docs/features/multimodal/image-generation
  if (asList(message['images']).length > 0) {
    emit({ type: 'output', kind: 'media', choice, text: '' });
    output = true;
  }
  if (message['refusal']) output = put('refusal', message['refusal'], choice, emit) || output;
  if (message['audio']) output = put('text', asObject(message['audio'])['transcript'], choice, emit) || output;
  if (message['tool_calls']) output = readToolCalls(asList(message['tool_calls']), choice, emit, placeOf) || output;
  // The predecessor of `tool_calls`: one call, without an id.
  if (message['function_call'])
    output = readToolCall({ function: message['function_call'] }, 0, choice, emit, placeOf) || output;
  return output;
}

/** Mistral's content is a list where the model thinks aloud: https://docs.mistral.ai/capabilities/reasoning */
function readPart(part: JsonObject, choice: number, emit: Emit): boolean {
  if (part['type'] !== 'thinking') return put('text', part['text'], choice, emit);
  let output = false;
  for (const thought of asList(part['thinking'])) {
    output = put('reasoning', asObject(thought)['text'], choice, emit) || output;
  }
  return output;
}

function readToolCalls(calls: readonly unknown[], choice: number, emit: Emit, placeOf: PlaceOfCall): boolean {
  let output = false;
  for (const [position, entry] of calls.entries()) {
    const call = asObject(entry);
    output = readToolCall(call, asNumber(call['index']) ?? position, choice, emit, placeOf) || output;
  }
  return output;
}

function readToolCall(call: JsonObject, at: number, choice: number, emit: Emit, placeOf: PlaceOfCall): boolean {
  const custom = asObject(call['custom']);
  const called = asObject(call['function']);
  const name = asText(called['name']) ?? asText(custom['name']);
  const id = asText(call['id']);
  const freeText = call['custom'] ? (true as const) : undefined;
  const text = asText(called['arguments']) ?? asText(custom['input']) ?? '';
  if (text === '' && name === undefined && id === undefined) return false;
  const index = placeOf(choice, at, id);
  // Most deltas hold nothing but the next piece of the arguments.
  const isPiece = name === undefined && id === undefined && freeText === undefined;
  const tool = isPiece ? { index } : present<OpenedCall>({ index, name, id, freeText });
  emit({ type: 'output', kind: 'tool_call', choice, text, tool });
  return true;
}

function put(kind: OutputKind, text: unknown, choice: number, emit: Emit): boolean {
  if (typeof text !== 'string' || text === '') return false;
  emit({ type: 'output', kind, choice, text });
  return true;
}

const FINISH_REASONS: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['model_length', 'length'], // Mistral
  ['tool_calls', 'tool_call'],
  ['function_call', 'tool_call'],
  ['content_filter', 'content_filter'],
  ['sensitive', 'content_filter'], // Z.ai
  ['error', 'error'], // Mistral, OpenRouter
  ['network_error', 'error'], // Z.ai
  ['insufficient_system_resource', 'error'], // DeepSeek
]);

/** Returns whether there was a finish reason. A reason that is an error is reported as a failure too. */
export function readFinish(raw: unknown, choice: number, emit: Emit, failed = false): boolean {
  if (typeof raw !== 'string' || raw === '') return false;
  const reason = FINISH_REASONS.get(raw) ?? 'other';
  if (reason === 'error' && !failed) emit({ type: 'failure', failure: readFailure(undefined, { code: raw }) });
  emit({ type: 'finish', choice, reason, raw });
  return true;
}

/** Returns whether there was usage. Groq puts a stream's usage into `x_groq`: https://console.groq.com/docs/api-reference */
export function readUsage(body: JsonObject, emit: Emit): boolean {
  const usage = body['usage'] ?? asObject(body['x_groq'])['usage'];
  if (!isObject(usage)) return false;
  emit({ type: 'usage', usage: toUsage(usage) });
  return true;
}

/** https://platform.openai.com/docs/api-reference/chat/object#chat/object-usage */
function toUsage(usage: JsonObject): Usage {
  const prompt = asObject(usage['prompt_tokens_details']);
  return present<Usage>({
    inputTokens: asCount(usage['prompt_tokens']),
    outputTokens: asCount(usage['completion_tokens']),
    // DeepSeek counts its cache in `prompt_cache_hit_tokens`, Moonshot in `cached_tokens` beside the totals.
    cacheReadInputTokens:
      asCount(prompt['cached_tokens']) ?? asCount(usage['prompt_cache_hit_tokens']) ?? asCount(usage['cached_tokens']),
    cacheWriteInputTokens: asCount(prompt['cache_write_tokens']),
    reasoningOutputTokens: asCount(asObject(usage['completion_tokens_details'])['reasoning_tokens']),
  });
}
