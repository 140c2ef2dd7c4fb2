import type { Dialect } from '../dialect.ts';
import { readError } from './error.ts';
import { readQuestion } from './question.ts';
import { readContent, readRequest, readSchemas } from './request.ts';
import { readResponse } from './response.ts';
import { createStreamReader } from './stream.ts';

/** OpenAI's Chat Completions, which most vendors and gateways speak. */
export const openaiChat: Dialect = {
  id: 'openai-chat',
  readRequest,
  readSchemas,
  readQuestion,
  readContent,
  readResponse,
  createStreamReader,
  readError,
};
