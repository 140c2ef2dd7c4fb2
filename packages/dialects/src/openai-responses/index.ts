import type { Dialect } from '../dialect.ts';
import { readError } from './error.ts';
import { lastUserInput, readContent, readRequest, readSchemas } from './request.ts';
import { readResponse } from './response.ts';
import { createStreamReader } from './stream.ts';

/** OpenAI's Responses API. */
export const openaiResponses: Dialect = {
  id: 'openai-responses',
  readRequest,
  readSchemas,
  lastUserInput,
  readContent,
  readResponse,
  createStreamReader,
  readError,
};
