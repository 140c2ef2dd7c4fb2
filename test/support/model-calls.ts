import { createRequire } from 'node:module';
import type Anthropic from '@anthropic-ai/sdk';
import type OpenAI from 'openai';
import type { Sdk } from './untouched.ts';

const require = createRequire(import.meta.url);

export const OPERATIONS = ['chat', 'responses', 'embeddings', 'messages'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** What a call asks the model for, beyond words. */
export type Want = 'prose' | 'tools' | 'structured_output';

/** The texts that go into a request, wherever it has a place for them. */
export interface Texts {
  readonly system: string;
  readonly user: string;
  readonly tool: string;
}

export interface ModelCall {
  readonly operation: Operation;
  readonly streamed: boolean;
  readonly model: string;
  readonly want: Want;
  readonly texts: Texts;
}

export interface ClientSettings {
  readonly apiKey: string;
  /** The simulator's URL, with a fault in it or without; OpenAI's `/v1` is added here. */
  readonly url: string;
  readonly maxRetries?: number | undefined;
  /** Milliseconds. */
  readonly timeout?: number | undefined;
}

export const isOpenai = (sdk: Sdk): boolean => sdk.startsWith('openai');

export const operationsOf = (sdk: Sdk): readonly Operation[] =>
  isOpenai(sdk) ? ['chat', 'responses', 'embeddings'] : ['messages'];

/**
 * Makes the call with the real SDK, and reads the answer to its end. The types are those of the newest major; the
 * parameters used here are the same in all of them.
 */
export async function makeCall(sdk: Sdk, settings: ClientSettings, call: ModelCall): Promise<void> {
  const { url, apiKey, maxRetries, timeout } = settings;
  const options = {
    apiKey,
    baseURL: isOpenai(sdk) ? `${url}/v1` : url,
    logLevel: 'off' as const,
    ...(maxRetries !== undefined && { maxRetries }),
    ...(timeout !== undefined && { timeout }),
  };
  const answer = isOpenai(sdk)
    ? await callOpenai(new (require(sdk) as { OpenAI: typeof OpenAI }).OpenAI(options), call)
    : await callAnthropic(new (require(sdk) as { Anthropic: typeof Anthropic }).Anthropic(options), call);
  if (isStream(answer)) {
    for await (const _ of answer) {
      // To the end, as an application does.
    }
  }
}

const isStream = (answer: object): answer is AsyncIterable<unknown> => Symbol.asyncIterator in answer;

const SCHEMA = {
  type: 'object' as const,
  properties: { city: { type: 'string' }, urgent: { type: 'boolean' } },
  required: ['city', 'urgent'],
  additionalProperties: false,
};

async function callOpenai(client: OpenAI, { operation, streamed, model, want, texts }: ModelCall): Promise<object> {
  const { system, user, tool } = texts;
  switch (operation) {
    case 'chat':
      return client.chat.completions.create({
        model,
        messages: [
          { role: 'system', content: system },
          { role: 'user', content: user },
        ],
        ...(want === 'tools' && {
          tools: [{ type: 'function', function: { name: 'find', description: tool, parameters: SCHEMA } }],
        }),
        ...(want === 'structured_output' && {
          response_format: { type: 'json_schema', json_schema: { name: 'place', schema: SCHEMA } },
        }),
        ...(streamed ? { stream: true, stream_options: { include_usage: true } } : { stream: false }),
      });
    case 'responses':
      return client.responses.create({
        model,
        instructions: system,
        input: user,
        ...(want === 'tools' && {
          tools: [{ type: 'function', name: 'find', description: tool, parameters: SCHEMA, strict: true }],
        }),
        ...(want === 'structured_output' && {
          text: { format: { type: 'json_schema', name: 'place', schema: SCHEMA } },
        }),
        stream: streamed,
      });
    case 'embeddings':
      return client.embeddings.create({ model, input: [user, system] });
    case 'messages':
      throw new Error('The OpenAI SDK has no messages');
  }
}

async function callAnthropic(client: Anthropic, { streamed, model, want, texts }: ModelCall): Promise<object> {
  return client.messages.create({
    model,
    max_tokens: 512,
    system: texts.system,
    messages: [{ role: 'user', content: texts.user }],
    ...(want === 'tools' && { tools: [{ name: 'find', description: texts.tool, input_schema: SCHEMA }] }),
    ...(want === 'structured_output' && { output_config: { format: { type: 'json_schema', schema: SCHEMA } } }),
    stream: streamed,
  });
}
