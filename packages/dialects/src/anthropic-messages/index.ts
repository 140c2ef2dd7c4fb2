import type { Dialect } from '../dialect.ts';
import { readError } from './error.ts';
import { lastUserInput, readContent, readRequest, readSchemas } from './request.ts';
import { readResponse } from './response.ts';
import { createStreamReader } from './stream.ts';

/** Anthropic's Messages. */
export const anthropicMessages: Dialect = {
  id: 'anthropic-messages',
  readRequest,
  readSchemas,
  lastUserInput,
  readContent,
  readResponse,
  createStreamReader,
  readError,
};
