import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../start-simulator.ts';
import { openaiAt } from '../testing/clients.ts';

const QUESTION = { model: 'gpt-5', messages: [{ role: 'user' as const, content: 'Where is my parcel?' }] };

const SCHEMA = {
  type: 'object',
  properties: {
    city: { type: 'string', enum: ['Lyon', 'Oslo'] },
    days: { type: 'integer', minimum: 1, maximum: 5 },
  },
  required: ['city', 'days'],
  additionalProperties: false,
};

describe('OpenAI, seen through its own SDK', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ timing: { instant: true } });
  });
  afterAll(() => simulator.close());

  it('answers a chat request with prose, usage, a request id and the dated model', async () => {
    const { data, request_id, response } = await openaiAt(simulator.url)
      .chat.completions.create(QUESTION)
      .withResponse();
    expect(data).toMatchObject({ object: 'chat.completion', model: 'gpt-5-2026-08-07' });
    expect(data.choices[0]?.message.content).toMatch(/^[A-Z].{20,}\.$/);
    expect(data.choices[0]?.finish_reason).toBe('stop');
    expect(data.usage?.total_tokens).toBe((data.usage?.prompt_tokens ?? 0) + (data.usage?.completion_tokens ?? 0));
    expect(request_id).toMatch(/^req_[0-9a-f]{32}$/);
    expect(response.headers.get('openai-processing-ms')).toMatch(/^\d+$/);
  });

  it('streams chat, and sends usage only where it was asked for', async () => {
    const client = openaiAt(simulator.url);
    const read = async (includeUsage: boolean) => {
      const stream = await client.chat.completions.create({
        ...QUESTION,
        stream: true,
        ...(includeUsage ? { stream_options: { include_usage: true } } : {}),
      });
      let text = '';
      let usages = 0;
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? '';
        usages += chunk.usage == null ? 0 : 1;
      }
      return { text, usages };
    };
    expect(await read(true)).toMatchObject({ text: expect.stringMatching(/\.$/), usages: 1 });
    expect(await read(false)).toMatchObject({ text: expect.stringMatching(/\.$/), usages: 0 });
  });

  it('gives as many choices as were asked for, streamed or not', async () => {
    const client = openaiAt(simulator.url);
    const whole = await client.chat.completions.create({ ...QUESTION, n: 3 });
    expect(new Set(whole.choices.map((choice) => choice.message.content)).size).toBe(3);
    const streamed = await client.chat.completions.stream({ ...QUESTION, n: 3 }).finalChatCompletion();
    expect(streamed.choices.map((choice) => [choice.index, choice.finish_reason])).toEqual([
      [0, 'stop'],
      [1, 'stop'],
      [2, 'stop'],
    ]);
  });

  it('calls the first tool with arguments that fit its schema, and answers in words once it has the result', async () => {
    const client = openaiAt(simulator.url);
    const calls: unknown[] = [];
    const runner = client.chat.completions.runTools({
      ...QUESTION,
      tools: [
        {
          type: 'function',
          function: {
            name: 'find_parcel',
            description: 'Finds a parcel',
            parameters: SCHEMA,
            parse: (text: string): unknown => JSON.parse(text),
            function: (input: unknown) => {
              calls.push(input);
              return 'On its way';
            },
          },
        },
      ],
    });
    expect(await runner.finalContent()).toMatch(/\.$/);
    expect(calls).toEqual([{ city: expect.stringMatching(/Lyon|Oslo/), days: expect.any(Number) }]);
  });

  it('writes JSON that fits the response format', async () => {
    const client = openaiAt(simulator.url);
    const chat = await client.chat.completions.create({
      ...QUESTION,
      response_format: { type: 'json_schema', json_schema: { name: 'place', schema: SCHEMA } },
    });
    expect(JSON.parse(chat.choices[0]?.message.content ?? '')).toMatchObject({ days: expect.any(Number) });
    const response = await client.responses.create({
      model: 'gpt-5',
      input: 'Where?',
      text: { format: { type: 'json_schema', name: 'place', schema: SCHEMA } },
    });
    expect(JSON.parse(response.output_text)).toMatchObject({ days: expect.any(Number) });
  });

  it('streams a response whose parts add up to the completed one', async () => {
    const stream = openaiAt(simulator.url).responses.stream({ model: 'gpt-5', input: 'Where is my parcel?' });
    let text = '';
    const numbers: number[] = [];
    for await (const event of stream) {
      numbers.push(event.sequence_number);
      if (event.type === 'response.output_text.delta') text += event.delta;
    }
    const final = await stream.finalResponse();
    expect(final).toMatchObject({ status: 'completed', model: 'gpt-5-2026-08-07' });
    expect(final.output_text).toBe(text);
    expect(numbers).toEqual(numbers.map((_, index) => index));
  });

  it('numbers the events of a response that breaks off without a gap', async () => {
    const stream = await openaiAt(`${simulator.url}/~in_band_overloaded;afterChunks=2`).responses.create({
      model: 'gpt-5',
      input: 'Where?',
      stream: true,
    });
    const numbers: number[] = [];
    for await (const event of stream) numbers.push(event.sequence_number);
    expect(numbers).toEqual(numbers.map((_, index) => index));
  });

  it('calls a function through the Responses API', async () => {
    const response = await openaiAt(simulator.url).responses.create({
      model: 'gpt-5',
      input: 'Where?',
      tools: [{ type: 'function', name: 'find_parcel', parameters: SCHEMA, strict: true }],
    });
    const [call] = response.output;
    expect(call).toMatchObject({ type: 'function_call', name: 'find_parcel', status: 'completed' });
    expect(JSON.parse(call?.type === 'function_call' ? call.arguments : '')).toHaveProperty('city');
  });

  it('embeds the same text the same way, as floats and as the base64 that the SDK asks for', async () => {
    const client = openaiAt(simulator.url);
    const ask = { model: 'text-embedding-3-small', input: ['one', 'two'], dimensions: 8 };
    const base64 = await client.embeddings.create(ask);
    const floats = await client.embeddings.create({ ...ask, encoding_format: 'float' });
    expect(simulator.requests.at(-2)?.body).toMatchObject({ encoding_format: 'base64' });
    expect(base64.data.map(({ embedding }) => [...embedding])).toEqual(floats.data.map(({ embedding }) => embedding));
    expect(Math.hypot(...(floats.data[0]?.embedding ?? []))).toBeCloseTo(1, 5);
    expect(floats.model).toBe('text-embedding-3-small');
  });

  it('lists its models', async () => {
    const ids: string[] = [];
    for await (const model of openaiAt(simulator.url).models.list()) ids.push(model.id);
    expect(ids).toContain('gpt-5');
  });

  it('refuses what the real API refuses, in its words', async () => {
    const client = openaiAt(simulator.url);
    await expect(client.chat.completions.create({ model: 'gpt-5', messages: [] })).rejects.toMatchObject({
      status: 400,
      type: 'invalid_request_error',
      param: 'messages',
    });
    await expect(client.get('/nowhere')).rejects.toMatchObject({ status: 404 });
  });
});
