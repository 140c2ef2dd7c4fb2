import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { OtlpSpan } from '../support/otlp-sink.ts';
import { type AgentAndGateway, startAgentAndGateway } from './support/agent-and-gateway.ts';
import { logs, metrics, traceId, traces } from './support/otlp.ts';

const waiting = { timeout: 60_000, interval: 250 };
const MIB = 2 ** 20;
const BAD = { 'brownout.verdict': 'unusable' };

let stack: AgentAndGateway;
beforeAll(async () => {
  stack = await startAgentAndGateway();
});
afterAll(() => stack[Symbol.asyncDispose]());

const spanOf = (trace: number): OtlpSpan | undefined =>
  stack.destination.spans.find((span) => span.traceId === traceId(trace));
const valueOf = (trace: number, key: string) =>
  spanOf(trace)?.attributes.find((attribute) => attribute.key === key)?.value;
const arrived = (...numbers: readonly number[]): Promise<void> =>
  vi.waitFor(() => expect(numbers.filter((trace) => spanOf(trace) === undefined)).toEqual([]), waiting);
/** What the gateway counts of what it did. */
const counted = (name: string): number =>
  Number(
    stack.destination.metrics
      .filter((metric) => metric.name === name)
      .at(-1)
      ?.sum?.dataPoints.at(-1)?.asInt ?? 0,
  );

test('of a prompt of 500 kB the beginning is kept, the rest is counted, and a call beside it is whole', async () => {
  const prompt = 'ö€'.repeat(100_000);
  await stack.send(
    'traces',
    traces([
      { trace: 1, attributes: { ...BAD, 'gen_ai.input.messages': prompt } },
      { trace: 2, attributes: { ...BAD, 'gen_ai.input.messages': 'short' } },
    ]),
  );
  await arrived(1, 2);
  const kept = valueOf(1, 'gen_ai.input.messages')?.stringValue ?? '';
  // In whole signs: five bytes are two of them.
  expect(prompt.startsWith(kept)).toBe(true);
  expect(Buffer.byteLength(kept)).toBeGreaterThan(65_530);
  expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(65_536);
  expect(valueOf(2, 'gen_ai.input.messages')).toEqual({ stringValue: 'short' });
  await vi.waitFor(() => expect(counted('collector.cut_bytes')).toBe(500_000 - Buffer.byteLength(kept)), waiting);
});

test('a batch beyond 4 MiB arrives, in pieces that any receiver takes', async () => {
  const text = 'word '.repeat(4000);
  const numbers = Array.from({ length: 230 }, (_, index) => 1000 + index);
  await stack.send(
    'traces',
    traces(numbers.map((trace) => ({ trace, attributes: { ...BAD, 'gen_ai.input.messages': text } }))),
  );
  await vi.waitFor(
    () =>
      expect(stack.destination.spans.filter(({ traceId: id }) => numbers.map(traceId).includes(id))).toHaveLength(230),
    waiting,
  );
  expect(Math.max(...stack.destination.requests.map(({ body }) => body.length))).toBeLessThan(4 * MIB);
});

test('what is beyond 16 MiB the sender is told, and what it sends next is taken', async () => {
  const text = 'x'.repeat(17 * MIB);
  await expect(stack.send('traces', traces([{ trace: 3, attributes: { ...BAD, text } }]))).rejects.toThrow(
    /answered 4\d\d/,
  );
  await stack.send('traces', traces([{ trace: 4, attributes: BAD }]));
  await arrived(4);
});

test('of 10,000 attributes those are kept that tell what happened, the rest is counted', async () => {
  const bomb = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key.${index}`, 'value']));
  await stack.send(
    'traces',
    traces([
      { trace: 5, attributes: { ...bomb, ...BAD } },
      { trace: 6, attributes: BAD },
    ]),
  );
  await arrived(5, 6);
  expect(valueOf(5, 'brownout.verdict')).toEqual({ stringValue: 'unusable' });
  expect(spanOf(5)?.attributes).toHaveLength(256);
  expect(spanOf(5)?.droppedAttributesCount).toBe(10_001 - 256);
  await vi.waitFor(() => expect(counted('collector.dropped_attributes')).toBe(10_001 - 256), waiting);
});

test('of metrics, a point with more labels than any rule reads is dropped and counted, the others are not', async () => {
  const bomb = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key.${index}`, 'value']));
  await stack.send('metrics', metrics('brownout.calls', bomb));
  await stack.send('metrics', metrics('brownout.retries', { 'brownout.reason': 'overloaded' }));
  const names = () => stack.destination.metrics.map(({ name }) => name);
  await vi.waitFor(() => expect(names()).toContain('brownout.retries'), waiting);
  expect(names()).not.toContain('brownout.calls');
  expect(await stack.agent.metrics()).toMatch(/^otelcol_processor_filter_datapoints_filtered\S*_total\{.*\} 1$/m);
});

test('bytes that are no UTF-8 become signs, and nothing beside them is lost', async () => {
  const broken = (payload: object): Buffer => {
    const [before = '', ...after] = JSON.stringify(payload).split('BROKEN');
    return Buffer.concat([
      Buffer.from(before),
      ...after.flatMap((text) => [Buffer.from([0xff, 0xc3]), Buffer.from(text)]),
    ]);
  };
  const post = async (signal: string, payload: object): Promise<void> => {
    const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: broken(payload) };
    expect((await fetch(`${stack.agent.url}/v1/${signal}`, request)).status).toBe(200);
  };
  const spans = [
    { trace: 7, name: 'chat BROKEN', attributes: { ...BAD, text: 'a BROKEN word' }, error: 'BROKEN' },
    { trace: 8, attributes: BAD },
  ];
  await post('traces', traces(spans));
  await post('logs', logs('a BROKEN body', { text: 'a BROKEN word' }));
  await post('metrics', metrics('brownout.fallbacks', { 'brownout.use_case': 'a BROKEN word' }));
  await arrived(7, 8);
  await vi.waitFor(
    () =>
      expect([
        stack.destination.logRecords.length,
        stack.destination.metrics.some(({ name }) => name === 'brownout.fallbacks'),
      ]).toEqual([1, true]),
    waiting,
  );
  expect(valueOf(7, 'text')).toEqual({ stringValue: 'a \uFFFD\uFFFD word' });
  const isText = (body: Buffer): boolean => body.equals(Buffer.from(body.toString()));
  expect(stack.destination.requests.filter(({ body }) => !isText(body))).toEqual([]);
});
