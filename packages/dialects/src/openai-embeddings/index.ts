import type { Dialect } from '../dialect.ts';
import { readError } from './error.ts';
import { readQuestion } from './question.ts';
import { readContent, readRequest, readSchemas } from './request.ts';
import { readResponse } from './response.ts';
import { createStreamReader } from './stream.ts';

/** OpenAI's embeddings, which most vendors and gateways speak. */
export const openaiEmbeddings: Dialect = {
  id: 'openai-embeddings',
  readRequest,
  readSchemas,
  readQuestion,
  readContent,
  readResponse,
  createStreamReader,
  readError,
};
