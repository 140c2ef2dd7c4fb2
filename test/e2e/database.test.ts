import { startSimulator } from '@brownout/simulator';
import type { Simulator } from '@brownout/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OtlpSink } from '../support/otlp-sink.ts';
import type { OtlpSpan } from '../support/otlp-sink.ts';
import { startPostgres } from '../support/postgres.ts';
import type { Postgres } from '../support/postgres.ts';
import { runProgram } from '../support/run-program.ts';

const PHASES = ['inference', 'retrieval', 'tool', 'http', 'app'];

const PASSAGES = "create table passages (body text); insert into passages values ('Parcels leave on Monday.');";

let postgres: Postgres;
let simulator: Simulator;

beforeAll(async () => {
  [postgres, simulator] = await Promise.all([startPostgres(PASSAGES), startSimulator({ timing: { instant: true } })]);
}, 60_000);

afterAll(() => Promise.all([postgres.close(), simulator.close()]));

const valueOf = (span: OtlpSpan | undefined, key: string) =>
  span?.attributes.find((attribute) => attribute.key === key)?.value;

const seconds = (span: OtlpSpan | undefined): number =>
  span === undefined ? NaN : Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1e9;

test.each([
  ['run.cjs', 'require'],
  ['run.mjs', 'import'],
] as const)('the time of a query to a real database is retrieval (%s)', async (runner, loading) => {
  await using sink = await OtlpSink.start();
  const { environment } = postgres;
  const outcome = await runProgram({
    file: `database/${runner}`,
    beside: 'workspace packages',
    loading,
    environment: { ...sink.environment, ...environment, MODEL_URL: simulator.url },
  });
  expect(outcome).toMatchObject({ code: 0, stdout: '', stderr: '' });

  const task = sink.spans.find((span) => span.name === 'task answer');
  const ofDatabase = sink.spans.filter((span) => valueOf(span, 'db.system.name')?.stringValue === 'postgresql');
  const query = ofDatabase.find((span) => span.name.startsWith('pg.query'));
  expect(query?.parentSpanId).toBe(task?.spanId);
  expect(seconds(query)).toBeGreaterThan(0.2);
  const [inference = 0, retrieval = 0, ...rest] = PHASES.map(
    (phase) => valueOf(task, `brownout.task.phase.${phase}`)?.doubleValue ?? 0,
  );
  expect(inference).toBeGreaterThan(0);
  expect(retrieval).toBeGreaterThanOrEqual(seconds(query) - 0.001);
  expect(rest.reduce((sum, time) => sum + time, inference + retrieval)).toBeCloseTo(seconds(task), 3);
});
