import type { RequestFacts, RequestParameters, RequestSchemas } from '@brownout/core';
import type { Message, MessagePart, RequestContent } from '../dialect.ts';
import { asList, asNumber, asObject, asText, fromJsonText, isObject, present, type JsonObject } from '../json.ts';
import { findNamed, modelInPath, outputTypeOf, readDataUri, readStopSequences } from '../request-fields.ts';

/** https://platform.openai.com/docs/api-reference/chat/create */
export function readRequest(body: unknown, path: string): RequestFacts {
  const request = asObject(body);
  const streaming = request['stream'] === true;
  const format = outputTypeOf(asObject(request['response_format'])['type']);
  const speaks = asList(request['modalities']).includes('audio');
  return present<RequestFacts>({
    operation: 'chat',
    model: asText(request['model']) ?? modelInPath(path),
    streaming,
    outputType: speaks && format !== 'json' ? 'speech' : format,
    expectsUsage: !streaming || asObject(request['stream_options'])['include_usage'] === true,
    parameters: readParameters(request),
    openaiApiType: 'chat_completions',
  }) satisfies RequestFacts;
}

export function readSchemas(body: unknown): RequestSchemas {
  const { response_format: format, tools, functions } = asObject(body);
  return {
    output: asObject(asObject(format)['json_schema'])['schema'],
    tool: (name) =>
      asObject(
        findNamed(
          asList(tools).map((tool) => asObject(tool)['function']),
          name,
        ) ?? findNamed(functions, name),
      )['parameters'],
  };
}

function readParameters(request: JsonObject): RequestParameters {
  const choiceCount = asNumber(request['n']);
  return present<RequestParameters>({
    maxTokens: asNumber(request['max_completion_tokens']) ?? asNumber(request['max_tokens']),
    temperature: asNumber(request['temperature']),
    topP: asNumber(request['top_p']),
    topK: asNumber(request['top_k']),
    frequencyPenalty: asNumber(request['frequency_penalty']),
    presencePenalty: asNumber(request['presence_penalty']),
    seed: asNumber(request['seed']),
    choiceCount: choiceCount === 1 ? undefined : choiceCount,
    stopSequences: readStopSequences(request['stop']),
    reasoningLevel: asText(request['reasoning_effort']) ?? asText(asObject(request['reasoning'])['effort']),
    serviceTier: asText(request['service_tier']),
  });
}

/** System and developer messages are the instructions; the rest is the conversation. */
export function readContent(body: unknown): RequestContent {
  const request = asObject(body);
  const messages = asList(request['messages']).filter(isObject);
  const isInstruction = (message: JsonObject) => message['role'] === 'system' || message['role'] === 'developer';
  const instructions = messages.filter(isInstruction).flatMap((message) => readParts(message['content']));
  return present<RequestContent>({
    systemInstructions: instructions.length > 0 ? instructions : undefined,
    inputMessages: messages.filter((message) => !isInstruction(message)).map(toMessage),
    toolDefinitions: Array.isArray(request['tools']) ? request['tools'] : undefined,
  });
}

function toMessage(message: JsonObject): Message {
  const role = asText(message['role']) ?? 'user';
  if (role === 'tool' || role === 'function') {
    const id = asText(message['tool_call_id']);
    return { role: 'tool', parts: [present({ type: 'tool_call_response', id, response: message['content'] ?? '' })] };
  }
  return { role, parts: [...readParts(message['content']), ...readCalls(message)] };
}

function readCalls(message: JsonObject): MessagePart[] {
  return asList(message['tool_calls']).map((entry) => {
    const call = asObject(entry);
    const called = asObject(call['function'] ?? call['custom']);
    const input = asText(called['arguments']) ?? asText(called['input']);
    return present<MessagePart & { type: 'tool_call' }>({
      type: 'tool_call',
      id: asText(call['id']),
      name: asText(called['name']) ?? '',
      arguments: input === undefined ? undefined : fromJsonText(input),
    });
  });
}

function readParts(content: unknown): MessagePart[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', content }];
  return asList(content).filter(isObject).map(readPart);
}

function readPart(part: JsonObject): MessagePart {
  const type = asText(part['type']) ?? 'unknown';
  const text = asText(part['text']) ?? asText(part['refusal']);
  if (text !== undefined) return { type: 'text', content: text };
  const image = asText(asObject(part['image_url'])['url']);
  if (image !== undefined) return readDataUri('image', image);
  const audio = asObject(part['input_audio']);
  const data = asText(audio['data']);
  if (data === undefined) return { type: 'generic', generic_type: type };
  return { type: 'blob', modality: 'audio', mime_type: `audio/${asText(audio['format']) ?? 'wav'}`, content: data };
}
