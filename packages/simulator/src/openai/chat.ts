import type { Answer, Ask, Choice, Finish, Usage } from '../content/answer.ts';
import { listOf, numberOf, objectOf, textOf, type JsonObject } from '../content/json-value.ts';
import { ALPHANUMERIC, createRandom } from '../content/random.ts';
import { chunkTokens, countTokens } from '../content/tokens.ts';
import { asked, objected, type GenerationEndpoint, type Reading, type Rendering } from '../endpoint.ts';
import type { Frame } from '../wire/step.ts';
import { dataFrame } from './sse.ts';
import { OPENAI_ERRORS } from './voice.ts';

/** `refusal` is no finish reason of this API: a refusal stops like any answer, with the words in a field of their own. */
const FINISH_REASONS = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool_calls',
  content_filter: 'content_filter',
  refusal: 'stop',
} as const satisfies Record<Finish, string>;

/** https://platform.openai.com/docs/api-reference/chat */
export const chat: GenerationEndpoint = {
  kind: 'generation',
  dialect: 'openai-chat',
  provider: 'openai',
  method: 'POST',
  path: '/v1/chat/completions',
  keepAlive: ': keep-alive\n\n',
  read,
  whole: (answer, rendering) => ({
    ...envelope(answer, rendering, 'chat.completion'),
    choices: answer.choices.map((choice, index) => ({
      index,
      message: {
        role: 'assistant',
        content: choice.tool !== null || choice.refusal !== null ? null : choice.text,
        ...(choice.tool === null ? {} : { tool_calls: [toolCall(choice.tool, rendering, index)] }),
        refusal: choice.refusal,
        annotations: [],
      },
      logprobs: null,
      finish_reason: FINISH_REASONS[choice.finish],
    })),
    ...(answer.usage === null ? {} : { usage: usageOf(answer.usage) }),
    service_tier: 'default',
    system_fingerprint: null,
  }),
  frames: (answer, rendering) => {
    const common = {
      ...envelope(answer, rendering, 'chat.completion.chunk'),
      service_tier: 'default',
      system_fingerprint: null,
    };
    const wantsUsage = objectOf(rendering.body['stream_options'])['include_usage'] === true;
    const chunk = (index: number, delta: object, finish: string | null, part: Frame['part'], tokens = 0) =>
      dataFrame(
        part,
        {
          ...common,
          choices: [{ index, delta, logprobs: null, finish_reason: finish }],
          ...(wantsUsage ? { usage: null } : {}),
        },
        tokens,
      );
    const opening = answer.choices.map((choice, index) =>
      chunk(index, { role: 'assistant', content: choice.tool === null ? '' : null, refusal: null }, null, 'opening'),
    );
    const outputs = answer.choices.map((choice, index) =>
      deltas(choice, rendering, index).map(([delta, tokens]) => chunk(index, delta, null, 'output', tokens)),
    );
    const closing = answer.choices.map((choice, index) => chunk(index, {}, FINISH_REASONS[choice.finish], 'closing'));
    const usage = {
      ...common,
      choices: [],
      usage: answer.usage === null ? null : usageOf(answer.usage),
    };
    return [
      ...opening,
      ...interleave(outputs),
      ...closing,
      ...(wantsUsage && answer.usage !== null ? [dataFrame('closing', usage)] : []),
      dataFrame('terminal', '[DONE]'),
    ];
  },
  wholeError: (kind) => ({ error: errorObject(kind) }),
  errorFrames: (kind) => [dataFrame('closing', { error: errorObject(kind) })],
};

function read(body: JsonObject): Reading<Ask> {
  const model = textOf(body['model']);
  if (model === null) return objected('you must provide a model parameter');
  const messages = listOf(body['messages']).map(objectOf);
  if (messages.length === 0) {
    return objected(
      "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.",
      'messages',
    );
  }
  const format = objectOf(body['response_format']);
  return asked({
    model,
    streamed: body['stream'] === true,
    inputTokens: countTokens(JSON.stringify([messages, body['tools'] ?? []])),
    outputLimit: numberOf(body['max_completion_tokens']) ?? numberOf(body['max_tokens']),
    choices: numberOf(body['n']) ?? 1,
    tool: messages.at(-1)?.['role'] === 'tool' ? null : chooseTool(body),
    json:
      format['type'] === 'json_schema' || format['type'] === 'json_object'
        ? { schema: objectOf(format['json_schema'])['schema'] ?? null }
        : null,
    cacheKey: null,
  });
}

function chooseTool(body: JsonObject): Ask['tool'] {
  const choice = body['tool_choice'];
  if (choice === 'none') return null;
  const functions = listOf(body['tools']).map((tool) => objectOf(objectOf(tool)['function']));
  const wanted = objectOf(objectOf(choice)['function'])['name'];
  const chosen = functions.find((tool) => wanted === undefined || tool['name'] === wanted);
  const name = textOf(chosen?.['name']);
  return name === null ? null : { name, schema: chosen?.['parameters'] ?? null };
}

function envelope(answer: Answer, rendering: Rendering, object: string) {
  return {
    id: `chatcmpl-${createRandom(rendering.requestId).text(29, ALPHANUMERIC)}`,
    object,
    created: rendering.createdAt,
    model: answer.model,
  };
}

function toolCall(tool: { name: string; arguments: string }, rendering: Rendering, index: number) {
  const id = `call_${createRandom(`${rendering.requestId}/${index}`).text(24, ALPHANUMERIC)}`;
  return { id, type: 'function', function: { name: tool.name, arguments: tool.arguments } };
}

/** The deltas of one choice, each with the tokens that it carries. */
function deltas(choice: Choice, rendering: Rendering, index: number): [object, number][] {
  if (choice.tool !== null) {
    const call = toolCall(choice.tool, rendering, index);
    const opening = { index: 0, ...call, function: { ...call.function, arguments: '' } };
    return [
      [{ tool_calls: [opening] }, 1],
      ...chunkTokens(choice.tool.arguments, 1).map((text): [object, number] => [
        { tool_calls: [{ index: 0, function: { arguments: text } }] },
        1,
      ]),
    ];
  }
  const field = choice.refusal === null ? 'content' : 'refusal';
  return chunkTokens(choice.refusal ?? choice.text, 1).map((text) => [{ [field]: text }, 1]);
}

/** The first of each list, then the second of each, and so on: choices are streamed side by side. */
function interleave<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, index) => lists.flatMap((list) => list.slice(index, index + 1))).flat();
}

function usageOf(usage: Usage) {
  return {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.inputTokens + usage.outputTokens,
    prompt_tokens_details: { cached_tokens: usage.cacheReadTokens, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

function errorObject(kind: keyof typeof OPENAI_ERRORS) {
  const { message, type, code } = OPENAI_ERRORS[kind];
  return { message: message.replace(/ for \{model\}.*$/, '.'), type, param: null, code };
}
