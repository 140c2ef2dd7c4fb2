import { createRequire } from 'node:module';
import type AnthropicClient from '@anthropic-ai/sdk';
import type OpenAIClient from 'openai';
import type { Dialect } from './conversation.ts';

/** One request of a program. */
export interface ClientRequest {
  readonly dialect: Dialect;
  /** Without the version. */
  readonly url: string;
  readonly body: object;
  readonly stream: boolean;
  /** Of a stream, how many chunks are read; all by default. */
  readonly chunks: number;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number | undefined;
}

/** Sends a request, reads the answer and returns it as text; rejects as the client does where it finds something wrong. */
export type Client = (request: ClientRequest) => Promise<string>;

export interface SdkPair {
  readonly OpenAI: typeof OpenAIClient;
  readonly Anthropic: typeof AnthropicClient;
}

const require = createRequire(import.meta.url);

/** The SDKs that are installed under these names. */
export const installed = (openai: string, anthropic: string): SdkPair => ({
  OpenAI: (require(openai) as SdkPair).OpenAI,
  Anthropic: (require(anthropic) as SdkPair).Anthropic,
});

/** The bodies are those that the APIs document; the types of a single major would not fit the others. */
export const sdkClient =
  ({ OpenAI, Anthropic }: SdkPair): Client =>
  async ({ dialect, url, body, chunks, signal, timeoutMs }) => {
    const client = { apiKey: 'none', maxRetries: 0, logLevel: 'off' as const };
    const openai = () => new OpenAI({ ...client, baseURL: `${url}/v1` });
    const options = { ...(signal && { signal }), ...(timeoutMs !== undefined && { timeout: timeoutMs }) };
    const send: Record<Dialect, () => Promise<unknown>> = {
      chat: () => openai().chat.completions.create(body as never, options),
      responses: () => openai().responses.create(body as never, options),
      messages: () => new Anthropic({ ...client, baseURL: url }).messages.create(body as never, options),
      embeddings: () => openai().embeddings.create(body as never, options),
    };
    const answer = await send[dialect]();
    return isStream(answer) ? read(answer, chunks) : textIn(dialect, answer);
  };

const PATHS: Record<Dialect, string> = {
  chat: '/v1/chat/completions',
  responses: '/v1/responses',
  messages: '/v1/messages',
  embeddings: '/v1/embeddings',
};

/** As programs do that use no SDK. */
export const rawFetch: Client = async ({ dialect, url, body, stream, chunks, signal, timeoutMs }) => {
  const deadline = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
  const response = await fetch(url + PATHS[dialect], {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(dialect === 'messages'
        ? { 'x-api-key': 'none', 'anthropic-version': '2023-06-01' }
        : { authorization: 'Bearer none' }),
    },
    body: JSON.stringify(body),
    signal: signal ?? deadline ?? null,
  });
  if (!response.ok) throw new Error(String(response.status));
  return stream && response.body ? read(response.body, chunks) : textIn(dialect, await response.json());
};

const isStream = (answer: unknown): answer is AsyncIterable<unknown> =>
  typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;

async function read(stream: AsyncIterable<unknown>, chunks: number): Promise<string> {
  let count = 0;
  for await (const _ of stream) {
    count += 1;
    if (count >= chunks) break;
  }
  return 'streamed';
}

/** An application that finds no text where it belongs has an empty answer. */
function textIn(dialect: Dialect, answer: unknown): string {
  const { choices, content, output } = answer as {
    choices?: readonly { message?: { content?: string | null } }[];
    content?: readonly { text?: string }[];
    output?: readonly { content?: readonly { text?: string }[] }[];
  };
  switch (dialect) {
    case 'chat':
      return choices?.[0]?.message?.content ?? '';
    case 'responses':
      return output?.map((item) => item.content?.map(({ text }) => text ?? '').join('') ?? '').join('') ?? '';
    case 'messages':
      return content?.map(({ text }) => text ?? '').join('') ?? '';
    case 'embeddings':
      return 'embedded';
  }
}
