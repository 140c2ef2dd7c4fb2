import { expect, test } from 'vitest';
import { openaiChat } from './index.ts';

const PATH = '/v1/chat/completions';

test('a full request states its facts', () => {
  const body = {
    model: 'gpt-5',
    messages: [],
    stream: true,
    stream_options: { include_usage: true },
    response_format: { type: 'json_schema', json_schema: {} },
    max_completion_tokens: 100,
    max_tokens: 50,
    temperature: 0,
    top_p: 0.9,
    frequency_penalty: 0.1,
    presence_penalty: 0.2,
    seed: 7,
    n: 2,
    stop: 'END',
    reasoning_effort: 'low',
    service_tier: 'flex',
  };
  expect(openaiChat.readRequest(body, PATH)).toEqual({
    operation: 'chat',
    model: 'gpt-5',
    streaming: true,
    outputType: 'json',
    expectsUsage: true,
    openaiApiType: 'chat_completions',
    parameters: {
      maxTokens: 100,
      temperature: 0,
      topP: 0.9,
      frequencyPenalty: 0.1,
      presencePenalty: 0.2,
      seed: 7,
      choiceCount: 2,
      stopSequences: ['END'],
      reasoningLevel: 'low',
      serviceTier: 'flex',
    },
  });
});

test.each([
  [{ response_format: { type: 'text' } }, 'text'],
  [{ response_format: { type: 'json_object' } }, 'json'],
  [{ response_format: { type: 'text' }, modalities: ['text', 'audio'] }, 'speech'],
  [{ response_format: { type: 'json_schema' }, modalities: ['text', 'audio'] }, 'json'],
  [{}, undefined],
])('the format %j asks for the output type %s', (format, type) => {
  expect(openaiChat.readRequest({ model: 'm', messages: [], ...format }, PATH).outputType).toBe(type);
});

test('a stream that did not ask for usage is not expected to carry it', () => {
  expect(openaiChat.readRequest({ model: 'm', messages: [], stream: true }, PATH).expectsUsage).toBe(false);
  expect(openaiChat.readRequest({ model: 'm', messages: [] }, PATH).expectsUsage).toBe(true);
});

test("one choice is not stated, and Azure's deployment stands for the model", () => {
  const path = '/openai/deployments/my%20gpt/chat/completions';
  expect(openaiChat.readRequest({ messages: [], n: 1 }, path)).toMatchObject({ model: 'my gpt', parameters: {} });
});

test("messages are written in the conventions' shape", () => {
  const body = {
    tools: [{ type: 'function', function: { name: 'f' } }],
    messages: [
      { role: 'developer', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look' },
          { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
          { type: 'input_audio', input_audio: { data: 'BBBB', format: 'mp3' } },
          { type: 'file', file: {} },
        ],
      },
      { role: 'assistant', content: null, tool_calls: [{ id: 'c', function: { name: 'f', arguments: '{"a":1}' } }] },
      { role: 'tool', tool_call_id: 'c', content: 'done' },
    ],
  };
  expect(openaiChat.readContent(body)).toEqual({
    systemInstructions: [{ type: 'text', content: 'Be brief.' }],
    toolDefinitions: body.tools,
    inputMessages: [
      {
        role: 'user',
        parts: [
          { type: 'text', content: 'Look' },
          { type: 'uri', modality: 'image', uri: 'https://example.com/a.png' },
          { type: 'blob', modality: 'image', mime_type: 'image/png', content: 'AAAA' },
          { type: 'blob', modality: 'audio', mime_type: 'audio/mp3', content: 'BBBB' },
          { type: 'generic', generic_type: 'file' },
        ],
      },
      { role: 'assistant', parts: [{ type: 'tool_call', id: 'c', name: 'f', arguments: { a: 1 } }] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c', response: 'done' }] },
    ],
  });
});

test('the schemas of an answer and of the tools are found where they stand', () => {
  const [answer, find, look] = [{ type: 'object' }, { type: 'string' }, { type: 'array' }];
  const { output, tool } = openaiChat.readSchemas({
    response_format: { type: 'json_schema', json_schema: { name: 'a', schema: answer } },
    tools: [
      { type: 'custom', custom: { name: 'run' } },
      { type: 'function', function: { name: 'find', parameters: find } },
    ],
    functions: [{ name: 'look', parameters: look }],
  });
  expect(output).toBe(answer);
  expect(['find', 'look', 'run', 'none'].map(tool)).toEqual([find, look, undefined, undefined]);
  expect(openaiChat.readSchemas({ response_format: { type: 'json_object' } }).output).toBeUndefined();
});
