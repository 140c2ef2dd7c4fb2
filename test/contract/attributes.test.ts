import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { attributesOf, EVENTS, METRICS, SPANS } from '@brownout/signals';
import type { EventRow, MetricId, SpanRow } from '@brownout/signals';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type OpenAIClient from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTelemetry } from '../support/telemetry.ts';
import type { Telemetry } from '../support/telemetry.ts';
import { observe, underUseCase } from '../support/use-case.ts';
import type { Observed } from '../support/use-case.ts';
import { ANSWERS, CALLS } from './known-answers.ts';

const SECONDS = expect.any(Number) as number;

let telemetry: Telemetry;
let server: Server;
let port: number;
let client: OpenAIClient;

beforeAll(async () => {
  telemetry = startTelemetry();
  server = createServer((request, response) => {
    const { status, type, body } = ANSWERS[new URL(request.url ?? '/', 'http://localhost').pathname] ?? ANSWERS['/404'];
    request.resume();
    response.writeHead(status, { 'content-type': type, 'x-request-id': 'req_1' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
  const { OpenAI } = await import('openai');
  client = new OpenAI({ apiKey: 'none', baseURL: `http://127.0.0.1:${port}/v1`, maxRetries: 0, logLevel: 'off' });
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await telemetry.shutdown();
});

const isRequired = (row: SpanRow | EventRow, keys: readonly string[]): readonly string[] =>
  row.required.filter((key) => !keys.includes(key));

/** What a span or event says beyond what its row allows. */
const isForeign = (row: SpanRow | EventRow, keys: readonly string[]): readonly string[] => {
  const known: readonly string[] =
    'optional' in row
      ? [...row.required, ...row.optional]
      : [...row.atCreation, ...row.required, ...row.conditional, ...row.recommended];
  return keys.filter((key) => !known.includes(key));
};

for (const { name, spanRow, ask, says } of CALLS) {
  describe(`${name}:`, () => {
    let observed: Observed;
    let call: ReadableSpan | undefined;

    beforeAll(async () => {
      await underUseCase(name, () => ask(client));
      observed = await observe(telemetry, name);
      call = observed.callSpans[0];
    });

    test('the call span says this, and nothing more', () => {
      const expected = {
        ...says.call,
        'server.address': '127.0.0.1',
        'server.port': port,
        'brownout.use_case': name,
        'brownout.attempts': 1,
        'brownout.provider.request_ids': ['req_1'],
        ...(says.timed && { 'gen_ai.response.time_to_first_chunk': SECONDS, 'brownout.stream.max_gap': SECONDS }),
      };
      expect(observed.callSpans).toHaveLength(1);
      expect(call?.attributes).toEqual(expected);
      const keys = Object.keys(call?.attributes ?? {});
      expect(isRequired(SPANS[spanRow], keys)).toEqual([]);
      expect(isForeign(SPANS[spanRow], keys)).toEqual([]);
    });

    test('the attempt span says this, and nothing more', () => {
      const attempts = telemetry
        .spans()
        .filter(({ parentSpanContext }) => parentSpanContext?.spanId === call?.spanContext().spanId);
      expect(attempts.map(({ attributes }) => attributes)).toEqual([
        {
          'http.request.method': 'POST',
          'server.address': '127.0.0.1',
          'server.port': port,
          'url.full': `http://127.0.0.1:${port}${says.path}`,
          'brownout.attempt.kind': 'first',
          ...says.attempt,
        },
      ]);
      expect(isForeign(SPANS.attempt, Object.keys(attempts[0]?.attributes ?? {}))).toEqual([]);
    });

    test('the events are those, and their attributes those of their tables', () => {
      const rows: readonly EventRow[] = Object.values(EVENTS);
      const spanId = call?.spanContext().spanId;
      const events = telemetry.logs().filter(({ spanContext }) => spanContext?.spanId === spanId);
      expect(events.map(({ eventName }) => eventName)).toEqual(says.events);
      for (const { eventName, attributes, severityText } of events) {
        const row = rows.find((candidate) => candidate.name === eventName);
        if (row === undefined) throw new Error(`no row for ${eventName}`);
        expect(severityText).toBe(row.severity);
        expect({ eventName, missing: isRequired(row, Object.keys(attributes)) }).toEqual({ eventName, missing: [] });
        expect({ eventName, foreign: isForeign(row, Object.keys(attributes)) }).toEqual({ eventName, foreign: [] });
      }
    });

    test('the metrics about calls are those', async () => {
      const own = Object.values(METRICS)
        .filter(({ required }) => (required as readonly string[]).includes('brownout.use_case'))
        .map((row) => row.name);
      const recorded = own.filter((metric) => observed.points(metric).length > 0);
      expect(recorded.toSorted()).toEqual(says.metrics.toSorted());
      expect(observed.points('brownout.calls')).toEqual([
        {
          attributes: {
            'gen_ai.provider.name': 'openai',
            'gen_ai.request.model': says.call['gen_ai.request.model'],
            'gen_ai.operation.name': says.call['gen_ai.operation.name'],
            'brownout.use_case': name,
            'brownout.verdict': says.call['brownout.verdict'],
            'brownout.reason': says.call['brownout.reason'],
            'brownout.fault': says.call['brownout.fault'],
            'brownout.transport': says.call['brownout.transport'],
            'brownout.streaming': says.timed,
          },
          value: 1,
        },
      ]);
    });
  });
}

test('no metric carries an attribute that its table does not have, or lacks one that it must have', async () => {
  const points = await telemetry.metrics();
  const ids = Object.keys(METRICS) as MetricId[];
  const wrong = ids.flatMap((id) =>
    points(METRICS[id].name).flatMap(({ attributes }) => {
      const keys = Object.keys(attributes);
      const foreign = keys.filter((key) => !(attributesOf(id) as readonly string[]).includes(key));
      const missing = METRICS[id].required.filter((key) => !keys.includes(key));
      return foreign.length + missing.length === 0 ? [] : [{ id, foreign, missing }];
    }),
  );
  expect(wrong).toEqual([]);
});

test('token counters count what the provider reported, and nothing that it did not', async () => {
  const points = await telemetry.metrics();
  const sum = (name: string) => points(name).reduce((total, { value }) => total + value, 0);
  expect({
    input: sum(METRICS.inputTokens.name),
    output: sum(METRICS.outputTokens.name),
    cacheRead: sum(METRICS.cacheReadInputTokens.name),
    cacheWrite: sum(METRICS.cacheWriteInputTokens.name),
    reasoning: sum(METRICS.reasoningOutputTokens.name),
  }).toEqual({ input: 12 + 2048, output: 5 + 300, cacheRead: 1024, cacheWrite: 0, reasoning: 256 });
});

const CAPTURE = {
  NO_CONTENT: [false, false],
  SPAN_ONLY: [true, false],
  EVENT_ONLY: [false, true],
  SPAN_AND_EVENT: [true, true],
} as const;

for (const [mode, [onSpan, onEvent]] of Object.entries(CAPTURE)) {
  test(`content capture ${mode}: on the span ${onSpan}, on the event ${onEvent}`, async () => {
    await telemetry.shutdown();
    process.env['OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT'] = mode;
    telemetry = startTelemetry();
    delete process.env['OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT'];
    const body = { model: 'gpt-5.2', messages: [{ role: 'user', content: 'Where is my order?' }] };
    await underUseCase(mode, async () => {
      const url = `http://127.0.0.1:${port}/v1/chat/completions`;
      await (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).json();
    });
    const { callSpans, logs } = await observe(telemetry, mode);
    expect([callSpans.length, logs.length]).toEqual([1, 1]);
    const content = ['Where is my order?', 'arrives'];
    const shows = (attributes: object | undefined) => content.map((text) => JSON.stringify(attributes).includes(text));
    expect({ span: shows(callSpans[0]?.attributes), event: shows(logs[0]?.attributes) }).toEqual({
      span: [onSpan, onSpan],
      event: [onEvent, onEvent],
    });
  });
}
