import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startAgentAndGateway, type AgentAndGateway } from './support/agent-and-gateway.ts';
import { traceId, traces, type Attributes, type Span } from './support/otlp.ts';

const HEALTHY: Attributes = {
  'gen_ai.operation.name': 'chat',
  'brownout.verdict': 'usable',
  'brownout.attempts': 1,
};

/** The one thing that is wrong in a trace, on one span of three. */
const BAD: Readonly<Record<string, Partial<Span>>> = {
  'an unusable call': { attributes: { ...HEALTHY, 'brownout.verdict': 'unusable' } },
  'a degraded call': { attributes: { ...HEALTHY, 'brownout.verdict': 'degraded' } },
  'a call with an anomaly': { attributes: { ...HEALTHY, 'brownout.anomalies': ['usage_missing'] } },
  'a call that was retried': { attributes: { ...HEALTHY, 'brownout.attempts': 2 } },
  'a retry that another instrumentation saw': { attributes: { 'http.request.resend_count': 1 } },
  'a fallback to another vendor': { attributes: { ...HEALTHY, 'brownout.fallback.from.provider': 'openai' } },
  'a fallback to another model': { attributes: { ...HEALTHY, 'brownout.fallback.from.model': 'gpt-5' } },
  'an error': { error: 'it broke' },
  'a failed call that another instrumentation saw': {
    attributes: { 'gen_ai.operation.name': 'chat', 'error.type': '529' },
  },
  'a failed task': { attributes: { 'brownout.task.outcome': 'failure', 'brownout.task.degraded': false } },
  'a degraded task': { attributes: { 'brownout.task.outcome': 'success', 'brownout.task.degraded': true } },
};
const EACH = 30;
const HEALTHY_TRACES = 3000;

const healthyTrace = (trace: number): readonly Span[] =>
  [0, 1, 2].map((span) => ({ trace, span, attributes: HEALTHY }));

let stack: AgentAndGateway;
const numbersOf = (kind: string): readonly number[] => {
  const first = HEALTHY_TRACES + Object.keys(BAD).indexOf(kind) * EACH;
  return Array.from({ length: EACH }, (_, index) => first + index);
};

/** Spans by trace, as they came out. */
const arrived = (): ReadonlyMap<string, number> => {
  const spans = new Map<string, number>();
  for (const span of stack.destination.spans) spans.set(span.traceId, (spans.get(span.traceId) ?? 0) + 1);
  return spans;
};

/** Until so many traces of three spans have been decided on, and all that were kept have arrived. */
const decided = (count: number): Promise<void> =>
  vi.waitFor(
    async () => {
      const own = await stack.gateway.metrics();
      const sampled = (answer: boolean): number =>
        Number(
          new RegExp(
            `^otelcol_processor_tail_sampling_global_count_traces_sampled_total\\{.*sampled="${answer}".*\\} (.*)$`,
            'm',
          ).exec(own)?.[1] ?? 0,
        );
      expect(sampled(true) + sampled(false)).toBe(count);
      expect(stack.destination.spans).toHaveLength(3 * sampled(true));
    },
    { timeout: 100_000, interval: 500 },
  );

const TOTAL = HEALTHY_TRACES + Object.keys(BAD).length * EACH;

beforeAll(async () => {
  stack = await startAgentAndGateway();
  const all = [
    ...Array.from({ length: HEALTHY_TRACES }, (_, trace) => healthyTrace(trace)),
    ...Object.entries(BAD).flatMap(([kind, wrong]) =>
      numbersOf(kind).map((trace) =>
        healthyTrace(trace).map((span) => (span.span === 1 ? { trace, span: 1, ...wrong } : span)),
      ),
    ),
  ];
  for (let start = 0; start < all.length; start += 500)
    await stack.send('traces', traces(all.slice(start, start + 500).flat()));
  await decided(TOTAL);
});
afterAll(() => stack[Symbol.asyncDispose]());

test.each(Object.keys(BAD))('keeps every trace with %s, whole', (kind) => {
  const spans = arrived();
  expect(numbersOf(kind).map((trace) => spans.get(traceId(trace)))).toEqual(Array.from({ length: EACH }, () => 3));
});

test('keeps a tenth of the healthy traces', () => {
  const spans = arrived();
  const kept = Array.from({ length: HEALTHY_TRACES }, (_, trace) => spans.get(traceId(trace))).filter(Boolean);
  expect(kept.length / HEALTHY_TRACES).toBeGreaterThan(0.08);
  expect(kept.length / HEALTHY_TRACES).toBeLessThan(0.12);
  expect(new Set(kept)).toEqual(new Set([3]));
});

test('keeps a bad call that ends after its trace was thrown away as healthy', async () => {
  const spans = arrived();
  const late = Array.from({ length: HEALTHY_TRACES }, (_, trace) => trace)
    .filter((trace) => !spans.has(traceId(trace)))
    .slice(0, EACH);
  const wrong = BAD['an unusable call'];
  await stack.send('traces', traces(late.map((trace) => ({ trace, span: 4, ...wrong }))));
  await vi.waitFor(() => expect(late.filter((trace) => !arrived().has(traceId(trace)))).toEqual([]), {
    timeout: 60_000,
    interval: 500,
  });
});

test('says nothing about anything that is on its way out', () => {
  expect(stack.agent.output() + stack.gateway.output()).not.toMatch(/deprecated/i);
});
