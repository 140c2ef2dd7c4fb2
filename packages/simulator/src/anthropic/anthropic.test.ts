import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../start-simulator.ts';
import { anthropicAt } from '../testing/clients.ts';

const QUESTION = {
  model: 'claude-sonnet-5-5',
  max_tokens: 300,
  messages: [{ role: 'user' as const, content: 'Where is my parcel?' }],
};

const SCHEMA = {
  type: 'object' as const,
  properties: { city: { type: 'string', enum: ['Lyon', 'Oslo'] } },
  required: ['city'],
};

describe('Anthropic, seen through its own SDK', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ timing: { instant: true } });
  });
  afterAll(() => simulator.close());

  it('answers with prose, usage, a request id and the dated model', async () => {
    const { data, request_id, response } = await anthropicAt(simulator.url).messages.create(QUESTION).withResponse();
    expect(data).toMatchObject({ type: 'message', model: 'claude-sonnet-5-5-20260807', stop_reason: 'end_turn' });
    expect(data.content).toEqual([{ type: 'text', text: expect.stringMatching(/\.$/) }]);
    expect(data.usage).toMatchObject({ cache_read_input_tokens: 0, cache_creation_input_tokens: 0 });
    expect(request_id).toMatch(/^req_011C/);
    expect(response.headers.get('anthropic-ratelimit-requests-limit')).toBe('5000');
  });

  it('streams the same kind of message, and keeps the stream open with pings', async () => {
    const stream = anthropicAt(simulator.url).messages.stream(QUESTION);
    let text = '';
    stream.on('text', (delta) => {
      text += delta;
    });
    const message = await stream.finalMessage();
    expect(message.stop_reason).toBe('end_turn');
    expect(message.content).toEqual([{ type: 'text', text }]);
    expect(message.usage.output_tokens).toBeGreaterThan(10);
  });

  it('obeys max_tokens without being cut', async () => {
    const message = await anthropicAt(simulator.url).messages.create({ ...QUESTION, max_tokens: 12 });
    expect(message.stop_reason).toBe('end_turn');
    expect(message.usage.output_tokens).toBeLessThanOrEqual(12);
  });

  it('calls a tool with an input that fits its schema, streamed or not, then answers in words', async () => {
    const client = anthropicAt(simulator.url);
    const tools = [{ name: 'find_parcel', input_schema: SCHEMA }];
    const whole = await client.messages.create({ ...QUESTION, tools });
    const streamed = await client.messages.stream({ ...QUESTION, tools }).finalMessage();
    for (const message of [whole, streamed]) {
      expect(message.stop_reason).toBe('tool_use');
      expect(message.content).toMatchObject([
        { type: 'tool_use', name: 'find_parcel', input: { city: expect.stringMatching(/Lyon|Oslo/) } },
      ]);
    }
    const [call] = whole.content;
    const id = call?.type === 'tool_use' ? call.id : '';
    const answered = await client.messages.create({
      ...QUESTION,
      tools,
      messages: [
        ...QUESTION.messages,
        { role: 'assistant', content: whole.content },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: 'On its way' }] },
      ],
    });
    expect(answered.stop_reason).toBe('end_turn');
  });

  it('writes a cacheable prefix once and reads it afterwards', async () => {
    const client = anthropicAt(simulator.url);
    const ask = {
      ...QUESTION,
      system: [
        { type: 'text' as const, text: 'You are patient. '.repeat(40), cache_control: { type: 'ephemeral' as const } },
      ],
    };
    const first = await client.messages.create(ask);
    const second = await client.messages.create(ask);
    expect(first.usage.cache_creation_input_tokens).toBeGreaterThan(50);
    expect(first.usage.cache_read_input_tokens).toBe(0);
    expect(second.usage.cache_creation_input_tokens).toBe(0);
    expect(second.usage.cache_read_input_tokens).toBe(first.usage.cache_creation_input_tokens);
  });

  it('counts tokens and lists its models', async () => {
    const client = anthropicAt(simulator.url);
    const { input_tokens } = await client.messages.countTokens({ model: QUESTION.model, messages: QUESTION.messages });
    expect(input_tokens).toBeGreaterThan(3);
    const ids: string[] = [];
    for await (const model of client.models.list()) ids.push(model.id);
    expect(ids).toContain('claude-sonnet-5-5');
  });

  it('lets the SDK name an overload, inside a stream and as a status', async () => {
    await expect(anthropicAt(`${simulator.url}/~overloaded`).messages.create(QUESTION)).rejects.toMatchObject({
      status: 529,
      type: 'overloaded_error',
    });
    const stream = anthropicAt(`${simulator.url}/~in_band_overloaded`).messages.stream(QUESTION);
    await expect(stream.finalMessage()).rejects.toMatchObject({ status: undefined, type: 'overloaded_error' });
  });

  it('survives missing usage in the SDK’s own accumulator', async () => {
    const message = await anthropicAt(`${simulator.url}/~missing_usage`).messages.stream(QUESTION).finalMessage();
    expect(message.stop_reason).toBe('end_turn');
    expect(message.usage.output_tokens).toBeUndefined();
  });
});
