import { faultUrl, startSimulator } from '@brownout/simulator';
import type { Reason, Simulator } from '@brownout/simulator';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FAULT_CASES, TIGHT } from '../support/fault-cases.ts';
import type { FaultCase } from '../support/fault-cases.ts';
import { isOpenai, makeCall } from '../support/model-calls.ts';
import { startTelemetry } from '../support/telemetry.ts';
import type { Point, Telemetry } from '../support/telemetry.ts';

/** Verdict and fault of each reason, written down a second time on purpose: the table in the signal contract. */
const VERDICTS = {
  ok: ['usable', 'none'],
  slow_first_chunk: ['degraded', 'vendor'],
  slow_total: ['degraded', 'vendor'],
  slow_stream: ['degraded', 'vendor'],
  truncated: ['degraded', 'none'],
  model_substituted: ['degraded', 'vendor'],
  blocked: ['unusable', 'policy'],
  empty_output: ['unusable', 'vendor'],
  malformed_output: ['unusable', 'vendor'],
  repetition: ['unusable', 'vendor'],
  stream_cut: ['unusable', 'vendor'],
  stalled: ['unusable', 'vendor'],
  gave_up: ['unusable', 'vendor'],
  malformed_response: ['unusable', 'vendor'],
  timeout: ['unusable', 'vendor'],
  overloaded: ['unusable', 'vendor'],
  server_error: ['unusable', 'vendor'],
  rate_limited: ['unusable', 'capacity'],
  quota_exhausted: ['unusable', 'capacity'],
  auth: ['unusable', 'caller'],
  bad_request: ['unusable', 'caller'],
  connection: ['unusable', 'network'],
  cancelled: ['cancelled', 'none'],
  abandoned: ['cancelled', 'none'],
} as const satisfies Record<Reason, readonly [verdict: string, fault: string]>;

const LIMITS = { first_chunk: 'firstChunkMs', gap: 'gapMs', total: 'totalMs' } as const;
const TEXTS = { system: 'You answer briefly.', user: 'Where is my parcel?', tool: 'Finds a parcel' };
/** Calls under way at the same time. Most of them wait. */
const WIDTH = 60;
const METRICS = [
  'brownout.calls',
  'brownout.retries',
  'brownout.attempt.duration',
  'brownout.output.anomalies',
  'brownout.budget.breaches',
] as const;

let simulator: Simulator;
let telemetry: Telemetry;
const points = new Map<string, ReadonlyMap<unknown, readonly Point[]>>();
const spans = new Map<unknown, ReadableSpan[]>();

async function play({ sdk, fault, parameters, retries, timeout, ...call }: FaultCase): Promise<void> {
  const url = fault === null ? simulator.url : faultUrl(simulator.url, fault, parameters);
  const settings = { apiKey: `sk-${call.model}`, url, timeout, maxRetries: retries === 'none' ? 0 : undefined };
  await makeCall(sdk, settings, { ...call, texts: TEXTS }).catch(() => {
    // What the application sees is another test's matter; here it is what is said about it.
  });
}

beforeAll(async () => {
  simulator = await startSimulator({ seed: 3, timing: { instant: true }, answerLength: { least: 80, most: 80 } });
  telemetry = startTelemetry({
    limits: { models: FAULT_CASES.length * 2, useCases: 10, taskNames: 10 },
    budgets: FAULT_CASES.flatMap(({ model, exceeds }) =>
      exceeds === null ? [] : [{ model, [LIMITS[exceeds]]: TIGHT }],
    ),
  });
  const queue = FAULT_CASES.values();
  const worker = async () => {
    for (const next of queue) await play(next);
  };
  await Promise.all(Array.from({ length: WIDTH }, worker));
  const collected = await telemetry.metrics();
  for (const metric of METRICS) {
    const all = collected(metric);
    points.set(
      metric,
      Map.groupBy(all, ({ attributes }) => attributes['gen_ai.request.model']),
    );
  }
  for (const span of telemetry.spans()) {
    const model = span.attributes['gen_ai.request.model'];
    if ('brownout.verdict' in span.attributes) spans.set(model, [...(spans.get(model) ?? []), span]);
  }
}, 120_000);

afterAll(async () => {
  await telemetry.shutdown();
  await simulator.close();
});

const seen = (metric: (typeof METRICS)[number], model: string): readonly Point[] =>
  points.get(metric)?.get(model) ?? [];
const total = (list: readonly Point[]): number => list.reduce((sum, { value }) => sum + value, 0);

describe.each([...Map.groupBy(FAULT_CASES, ({ fault }) => fault ?? 'healthy')])('%s', (_fault, cases) => {
  test.each(cases)('$name: one call, one span, the verdict of the table', (it) => {
    const requests = simulator.requests.filter(({ model }) => model === it.model);
    const [verdict, fault] = VERDICTS[it.reason];
    const judged = {
      'brownout.verdict': verdict,
      'brownout.reason': it.reason,
      'brownout.fault': fault,
      'brownout.transport': requests.at(-1)?.status === 200 ? 'up' : 'down',
    };
    const common = {
      'gen_ai.provider.name': isOpenai(it.sdk) ? 'openai' : 'anthropic',
      'gen_ai.operation.name': it.operation === 'embeddings' ? 'embeddings' : 'chat',
      'brownout.use_case': 'unspecified',
    };

    const calls = seen('brownout.calls', it.model);
    expect(calls.map(({ attributes, value }) => ({ ...attributes, value }))).toEqual([
      { ...judged, ...common, 'gen_ai.request.model': it.model, 'brownout.streaming': it.streamed, value: 1 },
    ]);

    const [span, ...others] = spans.get(it.model) ?? [];
    expect(others).toEqual([]);
    expect(span?.attributes).toMatchObject({ ...judged, 'brownout.attempts': requests.length });

    expect(total(seen('brownout.attempt.duration', it.model))).toBe(requests.length);
    const retries = seen('brownout.retries', it.model);
    expect(total(retries)).toBe(requests.length - 1);
    expect(new Set(retries.map(({ attributes }) => attributes['brownout.reason'])).size).toBeLessThanOrEqual(1);
    if (retries[0]) expect(retries[0].attributes['brownout.reason']).toBe(it.reason);

    const anomalies = seen('brownout.output.anomalies', it.model).map(
      ({ attributes }) => attributes['brownout.anomaly'],
    );
    if (it.anomaly !== null) expect(anomalies).toContain(it.anomaly);
    if (it.fault === null) expect(anomalies).toEqual([]);
    const breaches = seen('brownout.budget.breaches', it.model).map(({ attributes }) => attributes['brownout.budget']);
    expect(breaches).toEqual(it.exceeds === null ? [] : [it.exceeds]);
  });
});

test('the SDKs retry what they say they retry, so that the numbers of attempts above mean something', () => {
  const attempts = (fault: string, retries: string): readonly number[] =>
    FAULT_CASES.filter((it) => it.fault === fault && it.retries === retries).map(
      ({ model }) => simulator.requests.filter((request) => request.model === model).length,
    );
  for (const fault of ['rate_limited', 'internal_server_error', 'connection_reset', 'no_headers']) {
    expect(new Set(attempts(fault, 'none'))).toEqual(new Set([1]));
    expect(new Set(attempts(fault, 'default'))).toEqual(new Set([3]));
  }
});
