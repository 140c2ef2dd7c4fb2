import { expect, test } from 'vitest';
import { openaiEmbeddings } from './index.ts';

test('a full request states its facts', () => {
  const body = { model: 'text-embedding-3-small', input: 'a', encoding_format: 'base64', dimensions: 256 };
  expect(openaiEmbeddings.readRequest(body, '/v1/embeddings')).toEqual({
    operation: 'embeddings',
    model: 'text-embedding-3-small',
    streaming: false,
    expectsUsage: true,
    parameters: { encodingFormats: ['base64'], embeddingDimensions: 256 },
  });
});

test('every text is input, and token numbers are not', () => {
  expect(openaiEmbeddings.readQuestion({ input: ['a  b', 'c'] })).toEqual({ said: 'a  b c' });
  expect(openaiEmbeddings.readQuestion({ input: [[1, 2], 3] })).toBe(undefined);
  expect(openaiEmbeddings.readContent({ input: 'a' })).toEqual({
    inputMessages: [{ role: 'user', parts: [{ type: 'text', content: 'a' }] }],
  });
});
