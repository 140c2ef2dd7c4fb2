import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** One way of asking a model through a real SDK, on one of its majors. */
export interface Operation {
  readonly sdk: string;
  readonly name: 'chat' | 'responses' | 'embeddings' | 'messages';
  readonly provider: 'openai' | 'anthropic';
  readonly streamed: boolean;
  /** Asks, reads the answer to its end, and swallows whatever error the SDK throws. */
  readonly ask: (options: AskOptions) => Promise<void>;
}

export interface AskOptions {
  /** Base URL of the provider as the simulator plays it, without `/v1`. */
  readonly baseUrl: string;
  readonly maxRetries: number;
  readonly timeoutMs: number;
  readonly shape: 'prose' | 'tools' | 'structured_output';
}

/** As much of every SDK's client as is used here. */
type Create = { create(body: object): Promise<unknown> };
interface Client {
  readonly chat: { readonly completions: Create };
  readonly responses: Create;
  readonly embeddings: Create;
  readonly messages: Create;
}

const PROMPT = 'Where is my order, and when will it arrive?';
const SCHEMA = {
  type: 'object',
  properties: { city: { type: 'string' }, days: { type: 'integer' } },
  required: ['city', 'days'],
  additionalProperties: false,
};

/** The SDKs' own types differ from major to major; what is asked of them is the same. */
function client(module: string, name: 'OpenAI' | 'Anthropic', options: AskOptions): Client {
  const loaded = require(module) as Record<typeof name, new (options: object) => Client>;
  const suffix = name === 'OpenAI' ? '/v1' : '';
  return new loaded[name]({
    apiKey: 'sk-none',
    baseURL: options.baseUrl + suffix,
    maxRetries: options.maxRetries,
    timeout: options.timeoutMs,
    logLevel: 'off',
  });
}

async function read(answer: Promise<unknown>, streamed: boolean): Promise<void> {
  try {
    const given = await answer;
    if (!streamed) return;
    for await (const _ of given as AsyncIterable<unknown>) {
      // To the end, as an application does.
    }
  } catch {
    // What the application does with the error is its own business.
  }
}

const openai = (sdk: string, streamed: boolean): Operation[] => [
  {
    sdk,
    name: 'chat',
    provider: 'openai',
    streamed,
    ask: (options) =>
      read(
        client(sdk, 'OpenAI', options).chat.completions.create({
          model: 'gpt-5',
          messages: [{ role: 'user', content: PROMPT }],
          ...(streamed && { stream: true, stream_options: { include_usage: true } }),
          ...(options.shape === 'tools' && {
            tools: [{ type: 'function', function: { name: 'look_up', parameters: SCHEMA } }],
          }),
          ...(options.shape === 'structured_output' && {
            response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: SCHEMA, strict: true } },
          }),
        }),
        streamed,
      ),
  },
  {
    sdk,
    name: 'responses',
    provider: 'openai',
    streamed,
    ask: (options) =>
      read(
        client(sdk, 'OpenAI', options).responses.create({
          model: 'gpt-5',
          input: PROMPT,
          ...(streamed && { stream: true }),
          ...(options.shape === 'tools' && {
            tools: [{ type: 'function', name: 'look_up', parameters: SCHEMA, strict: true }],
          }),
          ...(options.shape === 'structured_output' && {
            text: { format: { type: 'json_schema', name: 'answer', schema: SCHEMA, strict: true } },
          }),
        }),
        streamed,
      ),
  },
];

const embeddings = (sdk: string): Operation => ({
  sdk,
  name: 'embeddings',
  provider: 'openai',
  streamed: false,
  ask: (options) =>
    read(
      client(sdk, 'OpenAI', options).embeddings.create({
        model: 'text-embedding-3-small',
        input: [PROMPT, 'and why?'],
      }),
      false,
    ),
});

const anthropic = (sdk: string, streamed: boolean): Operation => ({
  sdk,
  name: 'messages',
  provider: 'anthropic',
  streamed,
  ask: (options) =>
    read(
      client(sdk, 'Anthropic', options).messages.create({
        model: 'claude-opus-5',
        max_tokens: 1024,
        messages: [{ role: 'user', content: PROMPT }],
        ...(streamed && { stream: true }),
        ...(options.shape === 'tools' && { tools: [{ name: 'look_up', input_schema: SCHEMA }] }),
        ...(options.shape === 'structured_output' && {
          output_config: { format: { type: 'json_schema', schema: SCHEMA } },
        }),
      }),
      streamed,
    ),
});

const OPENAI = ['openai-5', 'openai-6', 'openai'];
const ANTHROPIC = ['@anthropic-ai/sdk-0.51', '@anthropic-ai/sdk-0.71', '@anthropic-ai/sdk-0.137', '@anthropic-ai/sdk'];

/** Every SDK major that is linked, every operation, streamed and whole. */
export const OPERATIONS: readonly Operation[] = [
  ...OPENAI.flatMap((sdk) => [...openai(sdk, false), ...openai(sdk, true), embeddings(sdk)]),
  ...ANTHROPIC.flatMap((sdk) => [anthropic(sdk, false), anthropic(sdk, true)]),
];
