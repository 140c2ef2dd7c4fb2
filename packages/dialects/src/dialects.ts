import { anthropicMessages } from './anthropic-messages/index.ts';
import type { Dialect, DialectId } from './dialect.ts';
import { openaiChat } from './openai-chat/index.ts';
import { openaiEmbeddings } from './openai-embeddings/index.ts';
import { openaiResponses } from './openai-responses/index.ts';

/** Every wire format, one room each. */
export const DIALECTS: Readonly<Record<DialectId, Dialect>> = {
  'anthropic-messages': anthropicMessages,
  'openai-chat': openaiChat,
  'openai-embeddings': openaiEmbeddings,
  'openai-responses': openaiResponses,
};
