import type { RequestFacts, RequestParameters, RequestSchemas } from '@brownout/core';
import type { Message, MessagePart, RequestContent } from '../dialect.ts';
import { asList, asNumber, asObject, asText, isObject, present, type JsonObject } from '../json.ts';
import { findNamed, readStopSequences } from '../request-fields.ts';

/** https://docs.claude.com/en/api/messages */
export function readRequest(body: unknown): RequestFacts {
  const request = asObject(body);
  const format = request['output_format'] ?? asObject(request['output_config'])['format'];
  return present<RequestFacts>({
    operation: 'chat',
    model: asText(request['model']),
    streaming: request['stream'] === true,
    outputType: asObject(format)['type'] === 'json_schema' ? 'json' : undefined,
    expectsUsage: true,
    parameters: readParameters(request),
    openaiApiType: undefined,
  });
}

export function readSchemas(body: unknown): RequestSchemas {
  const { output_format: named, output_config: config, tools } = asObject(body);
  const format = asObject(named ?? asObject(config)['format']);
  return {
    output: format['type'] === 'json_schema' ? format['schema'] : undefined,
    tool: (name) => asObject(findNamed(tools, name))['input_schema'],
  };
}

function readParameters(request: JsonObject): RequestParameters {
  return present<RequestParameters>({
    maxTokens: asNumber(request['max_tokens']),
    temperature: asNumber(request['temperature']),
    topP: asNumber(request['top_p']),
    topK: asNumber(request['top_k']),
    stopSequences: readStopSequences(request['stop_sequences']),
    reasoningLevel: asText(asObject(request['output_config'])['effort']),
    serviceTier: asText(request['service_tier']),
  });
}

export function readContent(body: unknown): RequestContent {
  const request = asObject(body);
  const system = readBlocks(request['system']);
  return present<RequestContent>({
    systemInstructions: system.length > 0 ? system : undefined,
    inputMessages: asList(request['messages']).filter(isObject).map(toMessage),
    toolDefinitions: Array.isArray(request['tools']) ? request['tools'] : undefined,
  });
}

function toMessage(message: JsonObject): Message {
  return { role: asText(message['role']) ?? 'user', parts: readBlocks(message['content']) };
}

function readBlocks(content: unknown): MessagePart[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', content }];
  return asList(content).filter(isObject).map(readBlock);
}

function readBlock(block: JsonObject): MessagePart {
  const type = asText(block['type']) ?? 'unknown';
  switch (type) {
    case 'text':
      return { type: 'text', content: asText(block['text']) ?? '' };
    case 'thinking':
      return { type: 'reasoning', content: asText(block['thinking']) ?? '' };
    case 'tool_use':
      return present<MessagePart & { type: 'tool_call' }>({
        type: 'tool_call',
        id: asText(block['id']),
        name: asText(block['name']) ?? '',
        arguments: block['input'],
      });
    case 'tool_result':
      return present<MessagePart & { type: 'tool_call_response' }>({
        type: 'tool_call_response',
        id: asText(block['tool_use_id']),
        response: block['content'] ?? '',
      });
    case 'image':
    case 'document':
      return readSource(type, asObject(block['source']));
    default:
      return { type: 'generic', generic_type: type };
  }
}

function readSource(modality: string, source: JsonObject): MessagePart {
  const uri = asText(source['url']);
  if (uri !== undefined) return { type: 'uri', modality, uri };
  const content = asText(source['data']);
  if (content === undefined || source['type'] === 'text') {
    return content === undefined ? { type: 'generic', generic_type: modality } : { type: 'text', content };
  }
  return present<MessagePart & { type: 'blob' }>({
    type: 'blob',
    modality,
    mime_type: asText(source['media_type']),
    content,
  });
}
