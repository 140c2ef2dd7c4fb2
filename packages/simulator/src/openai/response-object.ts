import type { Answer, Choice, Usage } from '../content/answer.ts';
import type { JsonObject } from '../content/json-value.ts';
import { createRandom, HEXADECIMAL } from '../content/random.ts';
import type { InBandKind, Rendering } from '../endpoint.ts';
import { OPENAI_ERRORS } from './voice.ts';

/** The response object as it stands before anything was generated. */
export function emptyResponse(model: string, rendering: Rendering): JsonObject {
  const { body } = rendering;
  return {
    id: `resp_${createRandom(rendering.requestId).text(48, HEXADECIMAL)}`,
    object: 'response',
    created_at: rendering.createdAt,
    status: 'in_progress',
    background: false,
    error: null,
    incomplete_details: null,
    instructions: body['instructions'] ?? null,
    max_output_tokens: body['max_output_tokens'] ?? null,
    max_tool_calls: null,
    model,
    output: [],
    parallel_tool_calls: body['parallel_tool_calls'] ?? true,
    previous_response_id: body['previous_response_id'] ?? null,
    reasoning: { effort: null, summary: null },
    service_tier: 'default',
    store: body['store'] ?? true,
    temperature: body['temperature'] ?? 1,
    text: body['text'] ?? { format: { type: 'text' } },
    tool_choice: body['tool_choice'] ?? 'auto',
    tools: body['tools'] ?? [],
    top_p: body['top_p'] ?? 1,
    truncation: body['truncation'] ?? 'disabled',
    usage: null,
    user: null,
    metadata: body['metadata'] ?? {},
  };
}

/** The response object with the whole answer in it: `completed`, or `incomplete` where a limit or a filter ended it. */
export function finishedResponse(answer: Answer, rendering: Rendering): JsonObject {
  const [choice] = answer.choices;
  const reason = incompleteReason(choice);
  const status = reason === null ? 'completed' : 'incomplete';
  return {
    ...emptyResponse(answer.model, rendering),
    status,
    completed_at: reason === null ? rendering.createdAt : null,
    incomplete_details: reason === null ? null : { reason },
    output: outputItems(choice, rendering, status),
    usage: answer.usage === null ? null : usageOf(answer.usage),
  };
}

export function failedResponse(kind: InBandKind, rendering: Rendering, model: string): JsonObject {
  return { ...emptyResponse(model, rendering), status: 'failed', error: responseError(kind) };
}

/** `code` is what tells the errors apart here; this object has no type. */
export function responseError(kind: InBandKind): { code: string; message: string } {
  const { code, message } = OPENAI_ERRORS[kind];
  return { code: code ?? kind, message: message.replace(/ for \{model\}.*$/, '.') };
}

function incompleteReason(choice: Choice): string | null {
  if (choice.finish === 'length') return 'max_output_tokens';
  return choice.finish === 'content_filter' ? 'content_filter' : null;
}

/** The output items: one message or one function call; none where the answer is empty of both. */
export function outputItems(choice: Choice, rendering: Rendering, status: string): JsonObject[] {
  const id = createRandom(`${rendering.requestId}/item`).text(48, HEXADECIMAL);
  if (choice.tool !== null) {
    const call = { name: choice.tool.name, arguments: choice.tool.arguments };
    return [{ id: `fc_${id}`, type: 'function_call', status, call_id: `call_${id.slice(0, 24)}`, ...call }];
  }
  return [{ id: `msg_${id}`, type: 'message', status, content: [contentPart(choice)], role: 'assistant' }];
}

export function contentPart(choice: Choice): JsonObject {
  return choice.refusal === null
    ? { type: 'output_text', annotations: [], logprobs: [], text: choice.text }
    : { type: 'refusal', refusal: choice.refusal };
}

function usageOf(usage: Usage): JsonObject {
  return {
    input_tokens: usage.inputTokens,
    input_tokens_details: { cached_tokens: usage.cacheReadTokens },
    output_tokens: usage.outputTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: usage.inputTokens + usage.outputTokens,
  };
}
