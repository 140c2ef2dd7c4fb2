import type { RequestFacts, RequestParameters, RequestSchemas } from '@brownout/core';
import type { Message, MessagePart, RequestContent } from '../dialect.ts';
import { asList, asNumber, asObject, asText, fromJsonText, isObject, present, type JsonObject } from '../json.ts';
import { findNamed, modelInPath, outputTypeOf, readDataUri } from '../request-fields.ts';

/** https://platform.openai.com/docs/api-reference/responses/create */
export function readRequest(body: unknown, path: string): RequestFacts {
  const request = asObject(body);
  const format = asObject(asObject(request['text'])['format'])['type'];
  return present<RequestFacts>({
    operation: 'chat',
    model: asText(request['model']) ?? modelInPath(path),
    streaming: request['stream'] === true,
    outputType: outputTypeOf(format),
    expectsUsage: true,
    parameters: readParameters(request),
    openaiApiType: 'responses',
  });
}

export function readSchemas(body: unknown): RequestSchemas {
  const { text, tools } = asObject(body);
  const format = asObject(asObject(text)['format']);
  return {
    output: format['type'] === 'json_schema' ? format['schema'] : undefined,
    tool: (name) => asObject(findNamed(tools, name))['parameters'],
  };
}

function readParameters(request: JsonObject): RequestParameters {
  const conversation = request['conversation'];
  return present<RequestParameters>({
    maxTokens: asNumber(request['max_output_tokens']),
    temperature: asNumber(request['temperature']),
    topP: asNumber(request['top_p']),
    reasoningLevel: asText(asObject(request['reasoning'])['effort']),
    previousResponseId: asText(request['previous_response_id']),
    serviceTier: asText(request['service_tier']),
    conversationId: asText(conversation) ?? asText(asObject(conversation)['id']),
  });
}

export function readContent(body: unknown): RequestContent {
  const request = asObject(body);
  const input = request['input'];
  const items = typeof input === 'string' ? [{ role: 'user', content: input }] : asList(input).filter(isObject);
  const isInstruction = (item: JsonObject) => item['role'] === 'system' || item['role'] === 'developer';
  const instructions = [
    ...readParts(request['instructions']),
    ...items.filter(isInstruction).flatMap((item) => readParts(item['content'])),
  ];
  return present<RequestContent>({
    systemInstructions: instructions.length > 0 ? instructions : undefined,
    inputMessages: items.filter((item) => !isInstruction(item)).map(toMessage),
    toolDefinitions: Array.isArray(request['tools']) ? request['tools'] : undefined,
  });
}

function toMessage(item: JsonObject): Message {
  const type = asText(item['type']) ?? 'message';
  const id = asText(item['call_id']);
  switch (type) {
    case 'message':
      return { role: asText(item['role']) ?? 'user', parts: readParts(item['content']) };
    case 'function_call':
    case 'custom_tool_call': {
      const input = asText(item['arguments']) ?? asText(item['input']);
      const part = present<MessagePart & { type: 'tool_call' }>({
        type: 'tool_call',
        id,
        name: asText(item['name']) ?? '',
        arguments: input === undefined ? undefined : fromJsonText(input),
      });
      return { role: 'assistant', parts: [part] };
    }
    case 'function_call_output':
    case 'custom_tool_call_output': {
      const response = item['output'] ?? '';
      return {
        role: 'tool',
        parts: [present<MessagePart & { type: 'tool_call_response' }>({ type: 'tool_call_response', id, response })],
      };
    }
    case 'reasoning':
      return {
        role: 'assistant',
        parts: asList(item['summary']).map((part) => ({
          type: 'reasoning',
          content: asText(asObject(part)['text']) ?? '',
        })),
      };
    default:
      return { role: 'assistant', parts: [{ type: 'generic', generic_type: type }] };
  }
}

function readParts(content: unknown): MessagePart[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', content }];
  return asList(content).filter(isObject).map(readPart);
}

function readPart(part: JsonObject): MessagePart {
  const text = asText(part['text']) ?? asText(part['refusal']);
  if (text !== undefined) return { type: 'text', content: text };
  const image = asText(part['image_url']);
  if (image !== undefined) return readDataUri('image', image);
  const file = asText(part['file_url']) ?? asText(part['file_data']);
  if (file !== undefined) return readDataUri('document', file);
  return { type: 'generic', generic_type: asText(part['type']) ?? 'unknown' };
}
