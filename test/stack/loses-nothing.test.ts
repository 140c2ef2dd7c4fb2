import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { OtlpSink } from '../support/otlp-sink.ts';
import { makeFolder, send, startAgent, startGateway } from './support/agent-and-gateway.ts';
import { logs, metrics, traces } from './support/otlp.ts';

/** Nobody listens there. */
const NOWHERE = '127.0.0.1:1';
const waiting = { timeout: 60_000, interval: 250 };

const arrived = ({ spans, logRecords, metrics: points }: OtlpSink): readonly number[] => [
  spans.length,
  logRecords.length,
  points.length,
];

test('what an agent took while the gateway was away arrives, even if the agent was killed meanwhile', async () => {
  const folder = await makeFolder();
  const before = await startAgent(folder, NOWHERE);
  await send(before, 'traces', traces([{ trace: 1, attributes: { 'brownout.verdict': 'unusable' } }]));
  await send(before, 'logs', logs('a bad call', {}, 'brownout.call.unusable'));
  await send(before, 'metrics', metrics('brownout.calls', {}));
  await before.kill();

  await using destination = await OtlpSink.start();
  await using gateway = await startGateway(folder, destination);
  await using after = await startAgent(folder, gateway.grpc);
  await vi.waitFor(() => expect(arrived(destination)).toEqual([1, 1, 1]), waiting);
  expect(after.output()).not.toContain('"level":"error"');
  rmSync(folder, { recursive: true });
});

test('the gateway takes nothing from a sender without its token', async () => {
  const folder = await makeFolder();
  await using destination = await OtlpSink.start();
  await using gateway = await startGateway(folder, destination);
  writeFileSync(join(folder, 'wrong-token'), 'another\n');
  await using agent = await startAgent(folder, gateway.grpc, 'wrong-token');
  await send(agent, 'logs', logs('a bad call', {}));
  // The agent's own words: it does not try again, and says how much is gone.
  await vi.waitFor(
    () => expect(agent.output()).toMatch(/"error":"not retryable error:.*Unauthenticated.*"dropped_items":1/),
    waiting,
  );
  expect(arrived(destination)).toEqual([0, 0, 0]);
  rmSync(folder, { recursive: true });
});
