import { expect, test } from 'vitest';
import { anthropicMessages } from './index.ts';

test('a full request states its facts', () => {
  const body = {
    model: 'claude-sonnet-4-5',
    messages: [],
    max_tokens: 1024,
    stream: true,
    temperature: 1,
    top_p: 0.5,
    top_k: 40,
    stop_sequences: ['END'],
    output_config: { effort: 'high', format: { type: 'json_schema', schema: {} } },
    service_tier: 'auto',
  };
  expect(anthropicMessages.readRequest(body, '/v1/messages')).toEqual({
    operation: 'chat',
    model: 'claude-sonnet-4-5',
    streaming: true,
    outputType: 'json',
    expectsUsage: true,
    parameters: {
      maxTokens: 1024,
      temperature: 1,
      topP: 0.5,
      topK: 40,
      stopSequences: ['END'],
      reasoningLevel: 'high',
      serviceTier: 'auto',
    },
  });
});

test("messages are written in the conventions' shape", () => {
  const body = {
    system: [{ type: 'text', text: 'Be brief.' }],
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look' },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
          { type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' } },
          { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'plain' } },
          { type: 'image', source: { type: 'file', file_id: 'file_1' } },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm', signature: 's' },
          { type: 'tool_use', id: 't', name: 'f', input: { a: 1 } },
          { type: 'server_tool_use', id: 's', name: 'web_search', input: {} },
        ],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'rain' }] },
    ],
  };
  expect(anthropicMessages.readContent(body)).toEqual({
    systemInstructions: [{ type: 'text', content: 'Be brief.' }],
    inputMessages: [
      {
        role: 'user',
        parts: [
          { type: 'text', content: 'Look' },
          { type: 'blob', modality: 'image', mime_type: 'image/png', content: 'AAAA' },
          { type: 'uri', modality: 'document', uri: 'https://example.com/a.pdf' },
          { type: 'text', content: 'plain' },
          { type: 'generic', generic_type: 'image' },
        ],
      },
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'Hm' },
          { type: 'tool_call', id: 't', name: 'f', arguments: { a: 1 } },
          { type: 'generic', generic_type: 'server_tool_use' },
        ],
      },
      { role: 'user', parts: [{ type: 'tool_call_response', id: 't', response: 'rain' }] },
    ],
  });
});

test('the schemas of an answer and of the tools are found where they stand', () => {
  const [answer, find] = [{ type: 'object' }, { type: 'string' }];
  const format = { type: 'json_schema', schema: answer };
  const { output, tool } = anthropicMessages.readSchemas({
    output_config: { format },
    tools: [{ name: 'find', input_schema: find }],
  });
  expect(output).toBe(answer);
  expect(['find', 'none'].map(tool)).toEqual([find, undefined]);
  expect(anthropicMessages.readSchemas({ output_format: format }).output).toBe(answer);
});
