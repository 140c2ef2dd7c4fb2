import { faultUrl, refusedUrl, startSimulator } from '@brownout/simulator';
import type { FaultName, Simulator } from '@brownout/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isOpenai, makeCall, operationsOf } from '../support/model-calls.ts';
import { startTelemetry } from '../support/telemetry.ts';
import type { Telemetry } from '../support/telemetry.ts';
import { SDKS } from '../support/untouched.ts';
import { observe, underUseCase } from '../support/use-case.ts';

/** A fault that SDKs retry, and why the retry says it was made. */
const RETRIED = [
  ['internal_server_error', 'server_error'],
  ['overloaded', 'overloaded'],
  ['rate_limited_short_wait', 'rate_limited'],
  ['connection_reset', 'connection'],
] as const satisfies readonly (readonly [FaultName, string])[];

const TEXTS = { system: 'You answer briefly.', user: 'Where is my parcel?', tool: 'Finds a parcel' };

const CALLS = SDKS.flatMap((sdk) =>
  operationsOf(sdk).flatMap((operation) =>
    (operation === 'embeddings' ? [false] : [false, true]).map((streamed) => ({
      title: `${sdk} ${operation} ${streamed ? 'streamed' : 'whole'}`,
      sdk,
      call: { operation, streamed, model: isOpenai(sdk) ? 'gpt-5' : 'claude-opus-5', want: 'prose', texts: TEXTS },
    })),
  ),
) satisfies readonly object[];

let telemetry: Telemetry;
let simulator: Simulator;

beforeAll(async () => {
  telemetry = startTelemetry({ limits: { models: 100, useCases: 1_000, taskNames: 1 } });
  simulator = await startSimulator({ timing: { instant: true } });
});

afterAll(async () => {
  await simulator.close();
  await telemetry.shutdown();
});

const CASES = RETRIED.flatMap(([fault, reason]) =>
  CALLS.map((it) => ({ ...it, fault, reason, useCase: `${it.title} ${fault}` })),
);

/** All of them side by side: what is long about them is that they wait. */
beforeAll(async () => {
  await Promise.all(
    CASES.map(({ sdk, title, fault, useCase, call }) => {
      const url = faultUrl(simulator.url, fault, { times: 1, id: title.replaceAll(/\W/g, '-') });
      return underUseCase(useCase, () => makeCall(sdk, { apiKey: 'sk-none', url }, { ...call, want: 'prose' }));
    }),
  );
}, 60_000);

test.each(CASES)('$title succeeds after $fault: one usable call, one retry', async ({ useCase, reason }) => {
  const { calls, callSpans, attempts, points } = await observe(telemetry, useCase);
  expect({ calls, spans: callSpans.length, attempts }).toEqual({ calls: ['usable ok'], spans: 1, attempts: 2 });
  const retries = points('brownout.retries').map(({ attributes, value }) => [attributes['brownout.reason'], value]);
  expect(retries).toEqual([[reason, 1]]);
  expect(points('brownout.retry.delay').map(({ value }) => value)).toEqual([1]);
});

test('a port that nobody listens on is a connection failure, tried as often as the SDK tries', async () => {
  const url = await refusedUrl();
  const call = { operation: 'chat', streamed: false, model: 'gpt-5', want: 'prose', texts: TEXTS } as const;
  await underUseCase('refused', async () => {
    await expect(makeCall('openai', { apiKey: 'sk-none', url, maxRetries: 1 }, call)).rejects.toThrow(
      'Connection error',
    );
  });
  expect(await observe(telemetry, 'refused')).toMatchObject({ calls: ['unusable connection'], attempts: 2 });
});
