import { expectedReason, FAULT_NAMES, FAULTS, faultUrl, refusedUrl, startSimulator } from '@brownout/simulator';
import type { FaultDefinition, FaultName, Simulator } from '@brownout/simulator';
import { context, propagation } from '@opentelemetry/api';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTelemetry } from '../support/telemetry.ts';
import type { Telemetry } from '../support/telemetry.ts';
import { OPERATIONS } from './operations.ts';
import type { Operation } from './operations.ts';

/** Small, so that a fault that breaks one takes seconds; large enough for a healthy call on a busy machine. */
const BUDGET = { firstChunkMs: 4_000, gapMs: 4_000, totalMs: 8_000 };
const OVER = { firstChunk: 4_500, gap: 4_500, total: 8_500 };
const CLIENT_TIMEOUT_MS = 12_000;

/** Parameters that make a fault exceed the budget that its row names. */
const PARAMETERS: Partial<Record<FaultName, Record<string, number>>> = {
  late_headers: { delayMs: OVER.total },
  late_body: { delayMs: OVER.total },
  late_first_chunk: { delayMs: OVER.firstChunk },
  stall_then_recover: { stallMs: OVER.gap },
  stall: { closeAfterMs: OVER.gap },
  pings_only: { closeAfterMs: OVER.gap, everyMs: 300 },
};

/** OpenAI streams a token to a chunk, Anthropic several. */
const SLOW_DRIP = { openai: { delayMs: 900 }, anthropic: { delayMs: 3_000 } };

/** A fault that SDKs retry, and why the retry says it was made. */
const RETRIED = [
  ['internal_server_error', 'server_error'],
  ['overloaded', 'overloaded'],
  ['rate_limited_short_wait', 'rate_limited'],
  ['connection_reset', 'connection'],
] as const satisfies readonly (readonly [FaultName, string])[];

/** The table of the contract, written a second time: a misprint in the code must not pass. */
const WORTH: Record<string, string> = {
  ok: 'usable ok none',
  slow_first_chunk: 'degraded slow_first_chunk vendor',
  slow_total: 'degraded slow_total vendor',
  slow_stream: 'degraded slow_stream vendor',
  truncated: 'degraded truncated none',
  model_substituted: 'degraded model_substituted vendor',
  blocked: 'unusable blocked policy',
  empty_output: 'unusable empty_output vendor',
  malformed_output: 'unusable malformed_output vendor',
  repetition: 'unusable repetition vendor',
  stream_cut: 'unusable stream_cut vendor',
  stalled: 'unusable stalled vendor',
  malformed_response: 'unusable malformed_response vendor',
  timeout: 'unusable timeout vendor',
  overloaded: 'unusable overloaded vendor',
  server_error: 'unusable server_error vendor',
  rate_limited: 'unusable rate_limited capacity',
  quota_exhausted: 'unusable quota_exhausted capacity',
  auth: 'unusable auth caller',
  bad_request: 'unusable bad_request caller',
  connection: 'unusable connection network',
};

let telemetry: Telemetry;
let simulator: Simulator;

beforeAll(async () => {
  telemetry = startTelemetry({ budgets: [BUDGET], limits: { models: 100, useCases: 10_000, taskNames: 1 } });
  simulator = await startSimulator({ timing: { instant: true }, answerLength: { least: 40, most: 50 } });
});

afterAll(async () => {
  await simulator.close();
  await telemetry.shutdown();
});

for (const operation of OPERATIONS) {
  const title = `${operation.sdk} ${operation.name} ${operation.streamed ? 'streamed' : 'whole'}`;

  test.concurrent(`${title}: every fault is one call with the verdict of the table`, async () => {
    const faults = FAULT_NAMES.filter((fault) => applies(fault, operation));
    await Promise.all(faults.map((fault) => ask(operation, `${title} ${fault}`, urlOf(fault, operation), 0, fault)));
    const points = await ended(faults.map((fault) => `${title} ${fault}`));
    const seen: Record<string, unknown> = {};
    const expected: Record<string, unknown> = {};
    for (const fault of faults) {
      const { calls, spans, attempts, anomalies } = seenOf(points, `${title} ${fault}`);
      const worth = WORTH[expectedReason(fault, operation) ?? ''];
      const anomaly = expectedAnomaly(fault, operation);
      seen[fault] = { calls, spans, attempts, ...(anomaly && { anomaly: anomalies.includes(anomaly) }) };
      expected[fault] = { calls: [`1 × ${worth}`], spans: [worth], attempts: 1, ...(anomaly && { anomaly: true }) };
    }
    expect(seen).toEqual(expected);
  });

  test.concurrent(`${title}: a call that succeeds at its second attempt is one usable call and one retry`, async () => {
    const useCaseOf = (fault: FaultName): string => `${title} retried ${fault}`;
    const id = title.replaceAll(/\W/g, '-');
    await Promise.all(
      RETRIED.map(([fault]) => ask(operation, useCaseOf(fault), faultUrl(simulator.url, fault, { times: 1, id }), 2)),
    );
    const points = await ended(RETRIED.map(([fault]) => useCaseOf(fault)));
    const retries = points('brownout.retries');
    for (const [fault, reason] of RETRIED) {
      const { calls, spans, attempts } = seenOf(points, useCaseOf(fault));
      const own = retries.filter(({ attributes }) => attributes['brownout.use_case'] === useCaseOf(fault));
      const reasons = own.map(({ attributes, value }) => `${value} × ${String(attributes['brownout.reason'])}`);
      expect({ fault, calls, spans, attempts, retries: reasons }).toEqual({
        fault,
        calls: ['1 × usable ok none'],
        spans: ['usable ok none'],
        attempts: 2,
        retries: [`1 × ${reason}`],
      });
    }
  });
}

test('a port that nobody listens on is a connection failure, tried as often as the SDK tries', async () => {
  const [operation] = OPERATIONS;
  if (operation === undefined) throw new Error('there is no operation');
  await ask(operation, 'refused', await refusedUrl(), 1);
  const points = await ended(['refused']);
  expect(seenOf(points, 'refused')).toMatchObject({ calls: ['1 × unusable connection network'], attempts: 2 });
});

function applies(fault: FaultName, { streamed, name, provider }: Operation): boolean {
  const { operations, except }: FaultDefinition = FAULTS[fault];
  if (expectedReason(fault, { streamed }) === null) return false;
  if (name === 'embeddings' && operations !== 'all') return false;
  return except === undefined || except.provider !== provider || except.streamed !== streamed;
}

function urlOf(fault: FaultName, { provider }: Operation): string {
  const parameters = fault === 'slow_drip' ? SLOW_DRIP[provider] : PARAMETERS[fault];
  return faultUrl(simulator.url, fault, parameters);
}

function expectedAnomaly(fault: FaultName, { streamed }: Operation): string | null | undefined {
  const { expectsAnomaly }: FaultDefinition = FAULTS[fault];
  if (typeof expectsAnomaly !== 'object') return expectsAnomaly;
  return streamed ? expectsAnomaly.streamed : expectsAnomaly.whole;
}

/** Each call is told apart by the use case that it is made for. */
async function ask(operation: Operation, useCase: string, baseUrl: string, maxRetries: number, fault?: FaultName) {
  const baggage = propagation.createBaggage({ 'brownout.use_case': { value: useCase } });
  const definition: FaultDefinition | undefined = fault && FAULTS[fault];
  await context.with(propagation.setBaggage(context.active(), baggage), () =>
    operation.ask({
      baseUrl,
      maxRetries,
      timeoutMs: fault === 'no_headers' ? 1_000 : CLIENT_TIMEOUT_MS,
      shape: definition?.requires ?? 'prose',
    }),
  );
}

type Points = Awaited<ReturnType<Telemetry['metrics']>>;

/** A failed call is over when its SDK has had the time to retry it. */
async function ended(useCases: readonly string[]): Promise<Points> {
  return vi.waitFor(
    async () => {
      const points = await telemetry.metrics();
      const over = new Set(points('brownout.calls').map(({ attributes }) => attributes['brownout.use_case']));
      expect(useCases.filter((useCase) => !over.has(useCase))).toEqual([]);
      return points;
    },
    { timeout: 20_000, interval: 500 },
  );
}

interface Seen {
  readonly calls: readonly string[];
  readonly spans: readonly string[];
  readonly attempts: number;
  readonly anomalies: readonly string[];
}

/** What was exported for the call of one use case. */
function seenOf(points: Points, useCase: string): Seen {
  const of = (metric: string) => points(metric).filter(({ attributes }) => attributes['brownout.use_case'] === useCase);
  const calls = of('brownout.calls').map(({ attributes, value }) => `${value} × ${worthOf(attributes)}`);
  const attempts = of('brownout.attempt.duration').reduce((sum, { value }) => sum + value, 0);
  const anomalies = of('brownout.output.anomalies').map(({ attributes }) => String(attributes['brownout.anomaly']));
  const spans = telemetry
    .spans()
    .filter(({ attributes }) => attributes['brownout.use_case'] === useCase)
    .map(({ attributes }) => worthOf(attributes));
  return { calls, spans, attempts, anomalies };
}

const worthOf = (attributes: Record<string, unknown>): string =>
  ['verdict', 'reason', 'fault'].map((key) => attributes[`brownout.${key}`]).join(' ');
