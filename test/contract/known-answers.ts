import type OpenAI from 'openai';

interface KnownAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const json = (status: number, value: unknown): KnownAnswer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
});

const RESPONSE = {
  id: 'resp_1',
  object: 'response',
  created_at: 1,
  status: 'in_progress',
  model: 'gpt-5.2-2026-01-01',
  service_tier: 'default',
  output: [],
};
const MESSAGE = { id: 'msg_1', type: 'message', role: 'assistant', status: 'completed' };
const TEXT = 'It arrives tomorrow.';
const delta = (text: string, sequence_number: number) => ({
  type: 'response.output_text.delta',
  item_id: 'msg_1',
  output_index: 0,
  content_index: 0,
  delta: text,
  sequence_number,
});
const EVENTS = [
  { type: 'response.created', response: RESPONSE, sequence_number: 0 },
  delta('It arrives ', 1),
  delta('tomorrow.', 2),
  {
    type: 'response.completed',
    sequence_number: 3,
    response: {
      ...RESPONSE,
      status: 'completed',
      output: [{ ...MESSAGE, content: [{ type: 'output_text', text: TEXT, annotations: [] }] }],
      usage: {
        input_tokens: 2048,
        input_tokens_details: { cached_tokens: 1024 },
        output_tokens: 300,
        output_tokens_details: { reasoning_tokens: 256 },
        total_tokens: 2348,
      },
    },
  },
];

/** What a provider answers, by path: every value of it is known. */
export const ANSWERS: Readonly<Record<string, KnownAnswer>> & { readonly '/404': KnownAnswer } = {
  '/v1/chat/completions': json(200, {
    id: 'chatcmpl_1',
    object: 'chat.completion',
    created: 1,
    model: 'gpt-5.2-2026-01-01',
    service_tier: 'default',
    system_fingerprint: 'fp_1',
    choices: [{ index: 0, message: { role: 'assistant', content: '{"arrives":"tomorrow"}' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 },
  }),
  '/v1/responses': {
    status: 200,
    type: 'text/event-stream',
    body: EVENTS.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''),
  },
  '/v1/embeddings': json(200, {
    object: 'list',
    model: 'text-embedding-3-small',
    data: [{ object: 'embedding', index: 0, embedding: [0.1, 0.2] }],
    usage: { prompt_tokens: 7, total_tokens: 7 },
  }),
  '/v1/limited/chat/completions': json(429, {
    error: { message: 'slow down', type: 'requests', code: 'rate_limit_exceeded', param: null },
  }),
  '/404': json(404, { error: { message: 'no such path', type: 'invalid_request_error', code: null, param: null } }),
};

const QUESTION = [{ role: 'user' as const, content: 'Where is my order?' }];

const OK = {
  'brownout.verdict': 'usable',
  'brownout.reason': 'ok',
  'brownout.fault': 'none',
  'brownout.transport': 'up',
} as const;
const ALWAYS = ['brownout.calls', 'brownout.attempt.duration', 'brownout.attempt.time_to_headers'];
const DETAILS = 'gen_ai.client.inference.operation.details';

interface KnownCall {
  readonly name: string;
  readonly spanRow: 'inference' | 'embeddings';
  readonly ask: (client: OpenAI) => Promise<unknown>;
  readonly says: {
    readonly path: string;
    /** It is streamed, so there are times between its chunks. */
    readonly timed: boolean;
    readonly call: Readonly<Record<string, unknown>>;
    readonly attempt: Readonly<Record<string, unknown>>;
    readonly events: readonly string[];
    readonly metrics: readonly string[];
  };
}

/** One call of each kind, and everything that must be said about it. */
export const CALLS: readonly KnownCall[] = [
  {
    name: 'a chat with every parameter',
    spanRow: 'inference',
    ask: (client) =>
      client.chat.completions.create({
        model: 'gpt-5.2',
        messages: QUESTION,
        temperature: 0.5,
        top_p: 0.9,
        max_completion_tokens: 100,
        frequency_penalty: 0.1,
        presence_penalty: 0.2,
        seed: 42,
        stop: ['END'],
        reasoning_effort: 'low',
        response_format: { type: 'json_object' },
      }),
    says: {
      path: '/v1/chat/completions',
      timed: false,
      call: {
        ...OK,
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'gpt-5.2',
        'gen_ai.request.temperature': 0.5,
        'gen_ai.request.top_p': 0.9,
        'gen_ai.request.max_tokens': 100,
        'gen_ai.request.frequency_penalty': 0.1,
        'gen_ai.request.presence_penalty': 0.2,
        'gen_ai.request.seed': 42,
        'gen_ai.request.stop_sequences': ['END'],
        'gen_ai.request.reasoning.level': 'low',
        'gen_ai.output.type': 'json',
        'gen_ai.response.id': 'chatcmpl_1',
        'gen_ai.response.model': 'gpt-5.2-2026-01-01',
        'gen_ai.response.finish_reasons': ['stop'],
        'gen_ai.usage.input_tokens': 12,
        'gen_ai.usage.output_tokens': 5,
        'openai.api.type': 'chat_completions',
        'openai.response.service_tier': 'default',
        'openai.response.system_fingerprint': 'fp_1',
      },
      attempt: { 'http.response.status_code': 200 },
      events: [DETAILS],
      metrics: ALWAYS,
    },
  },
  {
    name: 'a streamed response with reasoning and a cached prompt',
    spanRow: 'inference',
    async ask(client) {
      for await (const _ of await client.responses.create({
        model: 'gpt-5.2',
        input: 'Where is my order?',
        stream: true,
      }));
    },
    says: {
      path: '/v1/responses',
      timed: true,
      call: {
        ...OK,
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'gpt-5.2',
        'gen_ai.request.stream': true,
        'gen_ai.response.id': 'resp_1',
        'gen_ai.response.model': 'gpt-5.2-2026-01-01',
        'gen_ai.response.finish_reasons': ['stop'],
        'gen_ai.usage.input_tokens': 2048,
        'gen_ai.usage.output_tokens': 300,
        'gen_ai.usage.cache_read.input_tokens': 1024,
        'gen_ai.usage.reasoning.output_tokens': 256,
        'openai.api.type': 'responses',
        'openai.response.service_tier': 'default',
      },
      attempt: { 'http.response.status_code': 200 },
      events: [DETAILS],
      metrics: [...ALWAYS, 'brownout.stream.max_gap'],
    },
  },
  {
    name: 'embeddings',
    spanRow: 'embeddings',
    ask: (client) =>
      client.embeddings.create({
        model: 'text-embedding-3-small',
        input: 'Where?',
        dimensions: 2,
        encoding_format: 'float',
      }),
    says: {
      path: '/v1/embeddings',
      timed: false,
      call: {
        ...OK,
        'gen_ai.operation.name': 'embeddings',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'text-embedding-3-small',
        'gen_ai.request.encoding_formats': ['float'],
        'gen_ai.embeddings.dimension.count': 2,
        'gen_ai.response.model': 'text-embedding-3-small',
        'gen_ai.usage.input_tokens': 7,
      },
      attempt: { 'http.response.status_code': 200 },
      events: [],
      metrics: ALWAYS,
    },
  },
  {
    name: 'a chat that is refused for its rate',
    spanRow: 'inference',
    ask: (client) =>
      client
        .withOptions({ baseURL: `${client.baseURL}/limited` })
        .chat.completions.create({ model: 'gpt-5.2', messages: QUESTION })
        .catch(() => undefined),
    says: {
      path: '/v1/limited/chat/completions',
      timed: false,
      call: {
        'brownout.verdict': 'unusable',
        'brownout.reason': 'rate_limited',
        'brownout.fault': 'capacity',
        'brownout.transport': 'down',
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'gpt-5.2',
        'openai.api.type': 'chat_completions',
        'error.type': 'rate_limit_exceeded',
      },
      attempt: { 'http.response.status_code': 429, 'error.type': 'rate_limit_exceeded' },
      events: [DETAILS, 'gen_ai.client.operation.exception', 'brownout.call.unusable'],
      metrics: ALWAYS,
    },
  },
];
