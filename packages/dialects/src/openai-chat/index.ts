import type { Dialect } from '../dialect.ts';
import { readError } from './error.ts';
import { lastUserInput, readContent, readRequest, readSchemas } from './request.ts';
import { readResponse } from './response.ts';
import { createStreamReader } from './stream.ts';

/** OpenAI's Chat Completions, which most vendors and gateways speak. */
export const openaiChat: Dialect = {
  id: 'openai-chat',
  readRequest,
  readSchemas,
  lastUserInput,
  readContent,
  readResponse,
  createStreamReader,
  readError,
};
