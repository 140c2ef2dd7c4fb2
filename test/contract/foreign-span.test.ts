import { createRequire } from 'node:module';
import type AnthropicClient from '@anthropic-ai/sdk';
import type { ClientOptions } from '@anthropic-ai/sdk';
import { faultUrl, startSimulator } from '@brownout/simulator';
import type { FaultName, ParameterValues, Simulator } from '@brownout/simulator';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startTelemetry } from '../support/telemetry.ts';
import type { Telemetry } from '../support/telemetry.ts';
import { observe, underUseCase } from '../support/use-case.ts';

const require = createRequire(import.meta.url);
const OURS = '@brownout/instrumentation';
const BUDGET = { firstChunkMs: 60_000, gapMs: 300, totalMs: 60_000 };

let telemetry: Telemetry;
let simulator: Simulator;

beforeAll(async () => {
  telemetry = startTelemetry({ budgets: [BUDGET] });
  simulator = await startSimulator({ timing: { instant: true } });
});

afterEach(() => {
  delete process.env['ANTHROPIC_OPEN_TELEMETRY'];
});

afterAll(async () => {
  await simulator.close();
  await telemetry.shutdown();
});

interface Story {
  readonly fault?: FaultName;
  readonly parameters?: ParameterValues;
  readonly maxRetries?: number;
  readonly timeout?: number;
  readonly ask: (client: AnthropicClient) => Promise<unknown>;
  /** Verdict, reason, fault, transport and number of attempts that the span must carry. */
  readonly says: string;
}

const BODY = {
  model: 'claude-opus-5',
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: 'Where is my order?' }],
};
const whole = (client: AnthropicClient) => client.messages.create(BODY);
const streamed = async (client: AnthropicClient) => {
  for await (const _ of await client.messages.create({ ...BODY, stream: true }));
};
const abortedAtOnce = (client: AnthropicClient) => {
  const controller = new AbortController();
  const answer = client.messages.create(BODY, { signal: controller.signal });
  setTimeout(() => controller.abort(), 100);
  return answer;
};
const abortedInTheStream = async (client: AnthropicClient) => {
  const stream = await client.messages.create({ ...BODY, stream: true });
  for await (const event of stream) if (event.type === 'content_block_delta') stream.controller.abort();
};
const leftInTheStream = async (client: AnthropicClient) => {
  for await (const event of await client.messages.create({ ...BODY, stream: true })) {
    if (event.type === 'content_block_delta') break;
  }
};
const helper = (client: AnthropicClient) => client.messages.stream(BODY).finalMessage();

/** So that there is something left of the stream to stop. */
const SLOWLY = { fault: 'slow_drip', parameters: { delayMs: 30 } } as const;

const STORIES: Record<string, Story> = {
  'an answer': { ask: whole, says: 'usable ok none up 1' },
  'a streamed answer': { ask: streamed, says: 'usable ok none up 1' },
  'a streamed answer through the helper': { ask: helper, says: 'usable ok none up 1' },
  'an answer at the second attempt': {
    fault: 'overloaded',
    parameters: { times: 1 },
    maxRetries: 1,
    ask: whole,
    says: 'usable ok none up 2',
  },
  'a streamed answer at the second attempt': {
    fault: 'internal_server_error',
    parameters: { times: 1 },
    maxRetries: 1,
    ask: streamed,
    says: 'usable ok none up 2',
  },
  'a server error': { fault: 'internal_server_error', ask: whole, says: 'unusable server_error vendor down 1' },
  'a server error that outlasts its retry': {
    fault: 'internal_server_error',
    maxRetries: 1,
    ask: whole,
    says: 'unusable server_error vendor down 2',
  },
  'a bad request': { fault: 'bad_request', ask: whole, says: 'unusable bad_request caller down 1' },
  'a reset connection': { fault: 'connection_reset', ask: whole, says: 'unusable connection network down 1' },
  'a timeout': { fault: 'no_headers', timeout: 200, ask: whole, says: 'unusable timeout vendor down 1' },
  'a cut stream': { fault: 'cut_with_error', ask: streamed, says: 'unusable stream_cut vendor up 1' },
  'a stream cut without an error': { fault: 'cut_clean', ask: streamed, says: 'unusable stream_cut vendor up 1' },
  'a stalled stream': {
    fault: 'stall',
    parameters: { closeAfterMs: 600 },
    ask: streamed,
    says: 'unusable stalled vendor up 1',
  },
  'an error in the stream': { fault: 'in_band_overloaded', ask: streamed, says: 'unusable overloaded vendor up 1' },
  'an empty answer': { fault: 'empty_completion', ask: whole, says: 'unusable empty_output vendor up 1' },
  'a page of HTML': { fault: 'html_200', ask: whole, says: 'unusable malformed_response vendor up 1' },
  'an abort before the status line': {
    fault: 'no_headers',
    ask: abortedAtOnce,
    says: 'cancelled cancelled none down 1',
  },
  'an abort in the stream': { ...SLOWLY, ask: abortedInTheStream, says: 'cancelled cancelled none up 1' },
  'a stream that is left early': { ...SLOWLY, ask: leftInTheStream, says: 'cancelled cancelled none up 1' },
};

const isCallSpan = ({ attributes }: ReadableSpan): boolean => 'gen_ai.operation.name' in attributes;

async function play(sdk: string, story: Story, title: string, options: ClientOptions = {}) {
  const { Anthropic } = require(sdk) as { Anthropic: typeof AnthropicClient };
  const id = title.replaceAll(/\W/g, '-');
  const baseURL = story.fault ? faultUrl(simulator.url, story.fault, { ...story.parameters, id }) : simulator.url;
  const before = telemetry.spans().length;
  await underUseCase(title, async () => {
    const client = new Anthropic({
      apiKey: 'none',
      baseURL,
      maxRetries: story.maxRetries ?? 0,
      timeout: story.timeout ?? 60_000,
      logLevel: 'off',
      ...options,
    });
    await story.ask(client).catch(() => undefined);
  });
  const observed = await observe(telemetry, title);
  const spans = telemetry.spans().slice(before);
  return { ...observed, spans: spans.filter(isCallSpan), attemptSpans: spans.filter((span) => !isCallSpan(span)) };
}

const saidBy = ({ attributes }: ReadableSpan): string =>
  ['verdict', 'reason', 'fault', 'transport', 'attempts'].map((key) => attributes[`brownout.${key}`]).join(' ');

describe.each(['@anthropic-ai/sdk-0.137', '@anthropic-ai/sdk'])('%s', (sdk) => {
  for (const [what, story] of Object.entries(STORIES)) {
    test(`${what}: the span of the SDK says what it was worth, and is the only one`, async () => {
      const { spans, attemptSpans, calls, attempts } = await play(sdk, story, `${sdk} ${what}`);
      const [verdict, reason] = story.says.split(' ');
      expect(spans.map(({ name }) => name)).toEqual(['anthropic.messages.create']);
      expect(spans.map(saidBy)).toEqual([story.says]);
      expect(calls).toEqual([`${verdict} ${reason}`]);
      expect(attempts).toBe(Number(story.says.at(-1)));
      expect(attemptSpans.map(({ parentSpanContext }) => parentSpanContext?.spanId)).toEqual(
        Array.from({ length: attempts }, () => spans[0]?.spanContext().spanId),
      );
    });
  }

  test('with openTelemetry: false the span is ours', async () => {
    const story = { ask: whole, says: '' };
    const { spans } = await play(sdk, story, `${sdk} option`, { openTelemetry: false });
    expect(spans.map(({ name, instrumentationScope }) => [name, instrumentationScope.name])).toEqual([
      ['chat claude-opus-5', OURS],
    ]);
    expect(spans.map(saidBy)).toEqual(['usable ok none up 1']);
  });

  test('with ANTHROPIC_OPEN_TELEMETRY=false the span is ours', async () => {
    process.env['ANTHROPIC_OPEN_TELEMETRY'] = 'false';
    const { spans } = await play(sdk, { ask: streamed, says: '' }, `${sdk} environment`);
    expect(spans.map(({ name, instrumentationScope }) => [name, instrumentationScope.name])).toEqual([
      ['chat claude-opus-5', OURS],
    ]);
    expect(spans.map(saidBy)).toEqual(['usable ok none up 1']);
  });
});
