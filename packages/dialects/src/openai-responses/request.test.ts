import { expect, test } from 'vitest';
import { openaiResponses } from './index.ts';

test('a full request states its facts', () => {
  const body = {
    model: 'gpt-5',
    input: 'Hi',
    stream: true,
    text: { format: { type: 'json_object' } },
    max_output_tokens: 9,
    temperature: 0.5,
    top_p: 1,
    reasoning: { effort: 'minimal' },
    previous_response_id: 'resp_0',
    conversation: { id: 'conv_1' },
    service_tier: 'priority',
  };
  expect(openaiResponses.readRequest(body, '/v1/responses')).toEqual({
    operation: 'chat',
    model: 'gpt-5',
    streaming: true,
    outputType: 'json',
    expectsUsage: true,
    openaiApiType: 'responses',
    parameters: {
      maxTokens: 9,
      temperature: 0.5,
      topP: 1,
      reasoningLevel: 'minimal',
      previousResponseId: 'resp_0',
      conversationId: 'conv_1',
      serviceTier: 'priority',
    },
  });
});

test('a format of text is an output type too', () => {
  const body = { model: 'm', input: 'Hi', text: { format: { type: 'text' } } };
  expect(openaiResponses.readRequest(body, '/v1/responses').outputType).toBe('text');
});

test("input items are written in the conventions' shape", () => {
  const body = {
    instructions: 'Be brief.',
    input: [
      { role: 'developer', content: 'And kind.' },
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'Look' },
          { type: 'input_image', image_url: 'https://example.com/a.png' },
          { type: 'input_file', file_data: 'data:application/pdf;base64,AAAA' },
          { type: 'input_image', file_id: 'file_1' },
        ],
      },
      { type: 'reasoning', id: 'rs', summary: [{ type: 'summary_text', text: 'Hm' }] },
      { type: 'function_call', call_id: 'c', name: 'f', arguments: 'not json' },
      { type: 'function_call_output', call_id: 'c', output: 'rain' },
      { type: 'item_reference', id: 'x' },
    ],
  };
  expect(openaiResponses.readContent(body)).toEqual({
    systemInstructions: [
      { type: 'text', content: 'Be brief.' },
      { type: 'text', content: 'And kind.' },
    ],
    inputMessages: [
      {
        role: 'user',
        parts: [
          { type: 'text', content: 'Look' },
          { type: 'uri', modality: 'image', uri: 'https://example.com/a.png' },
          { type: 'blob', modality: 'document', mime_type: 'application/pdf', content: 'AAAA' },
          { type: 'generic', generic_type: 'input_image' },
        ],
      },
      { role: 'assistant', parts: [{ type: 'reasoning', content: 'Hm' }] },
      { role: 'assistant', parts: [{ type: 'tool_call', id: 'c', name: 'f', arguments: 'not json' }] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c', response: 'rain' }] },
      { role: 'assistant', parts: [{ type: 'generic', generic_type: 'item_reference' }] },
    ],
  });
});

test('the schemas of an answer and of the tools are found where they stand', () => {
  const [answer, find] = [{ type: 'object' }, { type: 'string' }];
  const { output, tool } = openaiResponses.readSchemas({
    text: { format: { type: 'json_schema', name: 'a', schema: answer } },
    tools: [{ type: 'web_search' }, { type: 'function', name: 'find', parameters: find }],
  });
  expect(output).toBe(answer);
  expect(['find', 'none'].map(tool)).toEqual([find, undefined]);
  expect(openaiResponses.readSchemas({ text: { format: { type: 'text' } } }).output).toBeUndefined();
});
