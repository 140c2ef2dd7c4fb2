'use strict';
// node every-call.cjs: makes every kind of call of every SDK, with every fault, and prints the texts that came back.
// SIMULATOR_URL, and FAULTS: [{ "fault": "stall", "prefix": "/~stall;closeAfterMs=100" }, …], are its input.

/** Where content can stand in a request; the texts say where they stood. */
const PLANTED = {
  system: 'sentinel-in-the-system-prompt',
  user: 'sentinel-in-the-user-message',
  earlier: 'sentinel-in-an-earlier-answer',
  toolResult: 'sentinel-in-a-tool-result',
  toolDescription: 'sentinel-in-a-tool-description',
  toolArguments: 'sentinel-in-tool-arguments',
  answer: 'sentinel-in-a-structured-answer',
  embedded: 'sentinel-in-an-embedded-text',
  apiKey: 'sk-sentinel-in-the-api-key',
};

/** The simulated models answer with what a schema allows, so what it allows is what comes back. */
const schemaOf = (word) => ({
  type: 'object',
  properties: { city: { type: 'string', enum: [word] } },
  required: ['city'],
  additionalProperties: false,
});
const argumentsSchema = schemaOf(PLANTED.toolArguments);
const answerSchema = schemaOf(PLANTED.answer);
const earlierArguments = { city: PLANTED.toolArguments };

const chat = (stream, extra) => (client) =>
  client.chat.completions.create({
    model: 'gpt-5.2',
    messages: [
      { role: 'system', content: PLANTED.system },
      { role: 'user', content: PLANTED.user },
      {
        role: 'assistant',
        content: PLANTED.earlier,
        tool_calls: [
          { id: 'call_1', type: 'function', function: { name: 'find', arguments: JSON.stringify(earlierArguments) } },
        ],
      },
      { role: 'tool', tool_call_id: 'call_1', content: PLANTED.toolResult },
      { role: 'user', content: PLANTED.user },
    ],
    ...extra,
    ...(stream && { stream, stream_options: { include_usage: true } }),
  });

const responses = (stream, extra) => (client) =>
  client.responses.create({
    model: 'gpt-5.2',
    instructions: PLANTED.system,
    input: [
      { role: 'user', content: PLANTED.user },
      { type: 'function_call', call_id: 'call_1', name: 'find', arguments: JSON.stringify(earlierArguments) },
      { type: 'function_call_output', call_id: 'call_1', output: PLANTED.toolResult },
      { role: 'assistant', content: PLANTED.earlier },
      { role: 'user', content: PLANTED.user },
    ],
    ...extra,
    stream,
  });

const messages = (stream, extra) => (client) =>
  client.messages.create({
    model: 'claude-sonnet-5',
    max_tokens: 256,
    system: PLANTED.system,
    messages: [
      { role: 'user', content: PLANTED.user },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: PLANTED.earlier },
          { type: 'tool_use', id: 'toolu_1', name: 'find', input: earlierArguments },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'toolu_1', content: PLANTED.toolResult },
          { type: 'text', text: PLANTED.user },
        ],
      },
    ],
    ...extra,
    stream,
  });

const described = { name: 'find', description: PLANTED.toolDescription };
const EXTRAS = {
  chat: {
    prose: {},
    tools: { tools: [{ type: 'function', function: { ...described, parameters: argumentsSchema } }] },
    structured: { response_format: { type: 'json_schema', json_schema: { name: 'place', schema: answerSchema } } },
  },
  responses: {
    prose: {},
    tools: { tools: [{ type: 'function', ...described, parameters: argumentsSchema }] },
    structured: { text: { format: { type: 'json_schema', name: 'place', schema: answerSchema } } },
  },
  messages: {
    prose: {},
    tools: { tools: [{ ...described, input_schema: argumentsSchema }] },
    structured: { output_config: { format: { type: 'json_schema', schema: answerSchema } } },
  },
};

const everyWay = (operation, extras) =>
  Object.values(extras).flatMap((extra) => [false, true].map((stream) => operation(stream, extra)));
const openai = [
  ...everyWay(chat, EXTRAS.chat),
  ...everyWay(responses, EXTRAS.responses),
  (client) => client.embeddings.create({ model: 'text-embedding-3-small', input: [PLANTED.embedded] }),
];
const anthropic = everyWay(messages, EXTRAS.messages);
const SDKS = {
  'openai-5': openai,
  'openai-6': openai,
  openai,
  '@anthropic-ai/sdk-0.51': anthropic,
  '@anthropic-ai/sdk-0.71': anthropic,
  '@anthropic-ai/sdk-0.137': anthropic,
  '@anthropic-ai/sdk': anthropic,
};

/** The words of an answer or of one event of it, in whichever dialect. */
const wordsOf = (value) => [
  ...(value.choices ?? []).map(({ delta, message }) => (delta ?? message).content),
  value.output_text,
  value.type === 'response.output_text.delta' ? value.delta : undefined,
  value.delta?.text,
  ...(Array.isArray(value.content) ? value.content.map(({ text }) => text) : []),
];

const ask = async (make, client) => {
  let text = '';
  try {
    const answer = await make(client);
    const parts = typeof answer[Symbol.asyncIterator] === 'function' ? answer : [answer];
    for await (const part of parts) text += wordsOf(part).join('');
  } catch {
    // The faults are meant to be met.
  }
  return text;
};

const main = async () => {
  const jobs = [];
  for (const [name, operations] of Object.entries(SDKS)) {
    const module = require(name);
    const Client = module.OpenAI ?? module.Anthropic;
    for (const { prefix } of JSON.parse(process.env.FAULTS)) {
      const baseURL = `${process.env.SIMULATOR_URL}${prefix}${module.OpenAI ? '/v1' : ''}`;
      const client = new Client({ apiKey: PLANTED.apiKey, baseURL, maxRetries: 0, timeout: 3000, logLevel: 'off' });
      for (const make of operations) jobs.push(() => ask(make, client));
    }
  }
  const texts = new Set();
  const queue = jobs.values();
  const worker = async () => {
    for (const job of queue) texts.add(await job());
  };
  await Promise.all(Array.from({ length: 40 }, worker));
  console.log(
    JSON.stringify({ calls: jobs.length, planted: PLANTED, received: [...texts].filter((text) => text !== '') }),
  );
};

void main();
