import { countTokensEndpoint } from './anthropic/count-tokens.ts';
import { messages } from './anthropic/messages.ts';
import { models as anthropicModels } from './anthropic/models.ts';
import { anthropicVoice } from './anthropic/voice.ts';
import type { Endpoint, ProviderName, Voice } from './endpoint.ts';
import { chat } from './openai/chat.ts';
import { embeddings } from './openai/embeddings.ts';
import { models as openaiModels } from './openai/models.ts';
import { responses } from './openai/responses.ts';
import { openaiVoice } from './openai/voice.ts';

const ENDPOINTS: readonly Endpoint[] = [
  chat,
  responses,
  embeddings,
  openaiModels,
  messages,
  countTokensEndpoint,
  anthropicModels,
];

export const VOICES = { openai: openaiVoice, anthropic: anthropicVoice } as const satisfies Record<ProviderName, Voice>;

/** The endpoint at a path. Both providers list their models at the same one; only Anthropic's clients send a version. */
export function findEndpoint(
  method: string,
  path: string,
  headers: Readonly<Record<string, unknown>>,
): Endpoint | null {
  const provider = providerOf(path, headers);
  return ENDPOINTS.find((one) => one.method === method && one.path === path && one.provider === provider) ?? null;
}

export function providerOf(path: string, headers: Readonly<Record<string, unknown>>): ProviderName {
  return headers['anthropic-version'] !== undefined || path.startsWith('/v1/messages') ? 'anthropic' : 'openai';
}
