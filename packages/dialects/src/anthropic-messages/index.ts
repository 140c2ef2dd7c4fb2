import type { Dialect } from '../dialect.ts';
import { readError } from './error.ts';
import { readQuestion } from './question.ts';
import { readContent, readRequest, readSchemas } from './request.ts';
import { readResponse } from './response.ts';
import { createStreamReader } from './stream.ts';

/** Anthropic's Messages. */
export const anthropicMessages: Dialect = {
  id: 'anthropic-messages',
  readRequest,
  readSchemas,
  readQuestion,
  readContent,
  readResponse,
  createStreamReader,
  readError,
};
