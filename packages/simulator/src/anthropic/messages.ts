import type { Answer, Ask, Choice, Finish, Usage } from '../content/answer.ts';
import { listOf, numberOf, objectOf, textOf, type JsonObject } from '../content/json-value.ts';
import { ALPHANUMERIC, createRandom } from '../content/random.ts';
import { chunkTokens, countTokens } from '../content/tokens.ts';
import {
  asked,
  objected,
  type GenerationEndpoint,
  type InBandKind,
  type Reading,
  type Rendering,
} from '../endpoint.ts';
import type { Frame, Part } from '../wire/step.ts';
import { ANTHROPIC_ERRORS } from './voice.ts';

/** Claude's text comes a few tokens at a time. */
const TOKENS_PER_CHUNK = 3;

const STOP_REASONS = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  content_filter: 'refusal',
  refusal: 'refusal',
} as const satisfies Record<Finish, string>;

/** https://docs.claude.com/en/api/messages and https://docs.claude.com/en/api/messages-streaming */
export const messages: GenerationEndpoint = {
  kind: 'generation',
  dialect: 'anthropic-messages',
  provider: 'anthropic',
  method: 'POST',
  path: '/v1/messages',
  keepAlive: 'event: ping\ndata: {"type": "ping"}\n\n',
  read,
  whole: (answer, rendering) => {
    const [choice] = answer.choices;
    return {
      ...envelope(answer, rendering),
      content: contentOf(choice, rendering),
      stop_reason: STOP_REASONS[choice.finish],
      stop_sequence: null,
      stop_details: stopDetails(choice),
      usage: usageOf(answer.usage),
    };
  },
  frames,
  wholeError: (kind, rendering) => errorEvent(kind, rendering),
  errorFrames: (kind, _place, _answer, rendering) => [event('closing', errorEvent(kind, rendering))],
};

function read(body: JsonObject): Reading<Ask> {
  const model = textOf(body['model']);
  if (model === null) return objected('model: Field required');
  if (numberOf(body['max_tokens']) === null) return objected('max_tokens: Field required');
  const turns = listOf(body['messages']).map(objectOf);
  if (turns.length === 0) return objected('messages: at least one message is required');
  const format = objectOf(objectOf(body['output_config'])['format'] ?? body['output_format']);
  const answersTool = listOf(turns.at(-1)?.['content']).some((block) => objectOf(block)['type'] === 'tool_result');
  const prefix = JSON.stringify([body['tools'] ?? [], body['system'] ?? '']);
  const text = JSON.stringify([prefix, turns]);
  return asked({
    model,
    streamed: body['stream'] === true,
    inputTokens: countTokens(text),
    outputLimit: numberOf(body['max_tokens']),
    choices: 1,
    tool: answersTool ? null : chooseTool(body),
    json: format['type'] === 'json_schema' ? { schema: format['schema'] ?? null } : null,
    cacheKey: text.includes('cache_control') ? `${model}/${prefix}` : null,
  });
}

function chooseTool(body: JsonObject): Ask['tool'] {
  const choice = objectOf(body['tool_choice']);
  if (choice['type'] === 'none') return null;
  const tools = listOf(body['tools']).map(objectOf);
  const chosen = tools.find((tool) => choice['type'] !== 'tool' || tool['name'] === choice['name']);
  const name = textOf(chosen?.['name']);
  return name === null ? null : { name, schema: chosen?.['input_schema'] ?? null };
}

function envelope(answer: Answer, rendering: Rendering): JsonObject {
  const id = `msg_01${createRandom(rendering.requestId).text(22, ALPHANUMERIC)}`;
  return { model: answer.model, id, type: 'message', role: 'assistant' };
}

function toolBlock(name: string, input: unknown, rendering: Rendering): JsonObject {
  const id = `toolu_01${createRandom(rendering.requestId).text(22, ALPHANUMERIC)}`;
  return { type: 'tool_use', id, name, input, caller: { type: 'direct' } };
}

function contentOf(choice: Choice, rendering: Rendering): JsonObject[] {
  if (choice.tool !== null) return [toolBlock(choice.tool.name, parseInput(choice.tool.arguments), rendering)];
  return choice.text === '' ? [] : [{ type: 'text', text: choice.text }];
}

/** A reply in one piece carries the input as an object, so arguments that a limit cut short come as an empty one. */
function parseInput(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function stopDetails(choice: Choice): JsonObject | null {
  if (STOP_REASONS[choice.finish] !== 'refusal') return null;
  return { type: 'refusal', category: 'general_harms', explanation: choice.refusal };
}

function frames(answer: Answer, rendering: Rendering): Frame[] {
  const [choice] = answer.choices;
  const opened = answer.usage === null ? null : { ...answer.usage, outputTokens: 1 };
  const start = {
    ...envelope(answer, rendering),
    content: [],
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
    usage: usageOf(opened),
  };
  const delta = {
    type: 'message_delta',
    delta: { stop_reason: STOP_REASONS[choice.finish], stop_sequence: null, stop_details: stopDetails(choice) },
    usage: answer.usage === null ? {} : deltaUsageOf(answer.usage),
  };
  const ping: Frame = { part: 'opening', text: messages.keepAlive, tokens: 0 };
  const block = blockFrames(choice, rendering);
  return [
    event('opening', { type: 'message_start', message: start }),
    ...block.slice(0, 1),
    ping,
    ...block.slice(1),
    event('closing', delta),
    event('terminal', { type: 'message_stop' }),
  ];
}

function blockFrames(choice: Choice, rendering: Rendering): Frame[] {
  const text = choice.tool?.arguments ?? choice.text;
  if (text === '') return [];
  const opened = choice.tool === null ? { type: 'text', text: '' } : toolBlock(choice.tool.name, {}, rendering);
  const deltas = chunkTokens(text, TOKENS_PER_CHUNK).map((piece) => {
    const delta =
      choice.tool === null ? { type: 'text_delta', text: piece } : { type: 'input_json_delta', partial_json: piece };
    return event('output', { type: 'content_block_delta', index: 0, delta }, countTokens(piece));
  });
  return [
    event('opening', { type: 'content_block_start', index: 0, content_block: opened }),
    ...deltas,
    event('closing', { type: 'content_block_stop', index: 0 }),
  ];
}

function event(part: Part, data: JsonObject, tokens = 0): Frame {
  return { part, text: `event: ${String(data['type'])}\ndata: ${JSON.stringify(data)}\n\n`, tokens };
}

function errorEvent(kind: InBandKind, rendering: Rendering): JsonObject {
  const { type, message } = ANTHROPIC_ERRORS[kind];
  const error = { details: null, type, message: message.replace(/ of \{limit\}.*$/, '.') };
  return { type: 'error', error, request_id: rendering.requestId };
}

/** Anthropic's `input_tokens` leaves out what was read from or written to the cache. */
function deltaUsageOf(usage: Usage): JsonObject {
  return {
    input_tokens: usage.inputTokens - usage.cacheReadTokens - usage.cacheWriteTokens,
    cache_creation_input_tokens: usage.cacheWriteTokens,
    cache_read_input_tokens: usage.cacheReadTokens,
    output_tokens: usage.outputTokens,
  };
}

/** Missing usage is an empty object here: the official SDK's own accumulator crashes where the field itself is missing. */
function usageOf(usage: Usage | null): JsonObject {
  if (usage === null) return {};
  return {
    ...deltaUsageOf(usage),
    cache_creation: { ephemeral_5m_input_tokens: usage.cacheWriteTokens, ephemeral_1h_input_tokens: 0 },
    service_tier: 'standard',
    inference_geo: 'not_available',
  };
}
