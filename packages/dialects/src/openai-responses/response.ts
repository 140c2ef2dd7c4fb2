import type { FinishReason, OutputKind, Usage } from '@brownout/core';
import type { Emit, OpenedCall } from '../dialect.ts';
import { readFailure } from '../failure.ts';
import { asCount, asList, asObject, asText, isObject, present, type JsonObject } from '../json.ts';

/** https://platform.openai.com/docs/api-reference/responses/object */
export function readResponse(body: unknown, emit: Emit): void {
  if (!isObject(body) || (!Array.isArray(body['output']) && !body['error'])) {
    emit({ type: 'malformed', detail: 'the body is not a response: it has no output list' });
    return;
  }
  if (!Array.isArray(body['output'])) {
    emit({ type: 'failure', failure: readFailure(undefined, body) });
    return;
  }
  readIdentity(body, emit);
  let toolCalls = 0;
  for (const entry of body['output']) {
    const item = asObject(entry);
    if (isToolCall(item)) emitToolCall(item, toolCalls++, item['arguments'] ?? item['input'], emit);
    else readItem(item, emit);
  }
  readOutcome(body, toolCalls, emit);
  emit({ type: 'end' });
}

export function readIdentity(response: JsonObject, emit: Emit): void {
  const identity = present({
    responseId: asText(response['id']),
    model: asText(response['model']),
    serviceTier: asText(response['service_tier']),
  });
  emit({ type: 'identity', ...identity });
}

/**
 * Items that ask the application to act. What OpenAI runs itself (web search, file search, code interpreter, MCP, image
 * generation) is not in here. https://platform.openai.com/docs/guides/tools
 */
const TOOL_CALLS: ReadonlySet<unknown> = new Set([
  'function_call',
  'custom_tool_call',
  'computer_call',
  'local_shell_call',
  'shell_call',
  'apply_patch_call',
  'mcp_approval_request',
]);

export function isToolCall(item: JsonObject): boolean {
  return TOOL_CALLS.has(item['type']);
}

export function emitToolCall(item: JsonObject, index: number, input: unknown, emit: Emit): void {
  const tool = present<OpenedCall>({
    index,
    name: asText(item['name']) ?? asText(item['type']),
    id: asText(item['call_id']) ?? asText(item['id']),
    freeText: item['type'] === 'custom_tool_call' ? true : undefined,
  });
  emit({ type: 'output', kind: 'tool_call', choice: 0, text: asText(input) ?? '', tool });
}

const PART_KINDS: ReadonlyMap<unknown, OutputKind> = new Map([
  ['output_text', 'text'],
  ['refusal', 'refusal'],
  ['summary_text', 'reasoning'],
  ['reasoning_text', 'reasoning'],
]);

function readItem(item: JsonObject, emit: Emit): void {
  if (item['type'] === 'image_generation_call' && item['result']) emitImage(emit);
  for (const entry of [...asList(item['summary']), ...asList(item['content'])]) {
    const part = asObject(entry);
    const kind = PART_KINDS.get(part['type']);
    if (kind !== undefined) readText(kind, part['text'] ?? part['refusal'], emit);
  }
}

/** An image made by OpenAI's own tool may be the whole answer. */
export function emitImage(emit: Emit): void {
  emit({ type: 'output', kind: 'media', choice: 0, text: '' });
}

/** Returns whether there was any text. */
export function readText(kind: OutputKind, text: unknown, emit: Emit): boolean {
  if (typeof text !== 'string' || text === '') return false;
  emit({ type: 'output', kind, choice: 0, text });
  return true;
}

const INCOMPLETE_REASONS: ReadonlyMap<string, FinishReason> = new Map([
  ['max_output_tokens', 'length'],
  ['content_filter', 'content_filter'],
]);

/** How a response ended: its failure, its finish and its usage. */
export function readOutcome(response: JsonObject, toolCalls: number, emit: Emit): void {
  const status = asText(response['status']) ?? 'completed';
  switch (status) {
    case 'completed': {
      // That a response is complete is no reason, and this API has no word for one: the conventions' stands in its place.
      const reason = toolCalls > 0 ? 'tool_call' : 'stop';
      emit({ type: 'finish', choice: 0, reason, raw: reason });
      break;
    }
    case 'incomplete': {
      const raw = asText(asObject(response['incomplete_details'])['reason']) ?? status;
      emit({ type: 'finish', choice: 0, reason: INCOMPLETE_REASONS.get(raw) ?? 'other', raw });
      break;
    }
    case 'failed':
      emit({ type: 'failure', failure: readFailure(undefined, response) });
      emit({ type: 'finish', choice: 0, reason: 'error', raw: 'error' });
      break;
    case 'queued':
    case 'in_progress':
      // Background mode: the answer is fetched later. https://platform.openai.com/docs/guides/background
      emit({ type: 'finish', choice: 0, reason: 'pause', raw: status });
      break;
    default:
      emit({ type: 'finish', choice: 0, reason: 'other', raw: status });
  }
  const usage = response['usage'];
  if (isObject(usage)) emit({ type: 'usage', usage: toUsage(usage) });
}

function toUsage(usage: JsonObject): Usage {
  const input = asObject(usage['input_tokens_details']);
  return present<Usage>({
    inputTokens: asCount(usage['input_tokens']),
    outputTokens: asCount(usage['output_tokens']),
    cacheReadInputTokens: asCount(input['cached_tokens']),
    cacheWriteInputTokens: asCount(input['cache_write_tokens']),
    reasoningOutputTokens: asCount(asObject(usage['output_tokens_details'])['reasoning_tokens']),
  });
}
