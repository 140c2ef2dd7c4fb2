/**
 * What tasks and use cases cost, in processor time, and that an application without them pays nothing it could notice:
 * `node --conditions=brownout-source test/bench/tasks.ts`. Spans and metrics are made and batched, then dropped.
 */
import { task, useCase } from '@brownout/api';
import { BrownoutInstrumentation } from '@brownout/instrumentation';
import { trace } from '@opentelemetry/api';
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { BatchSpanProcessor, NoopSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { quartiles } from './statistics.ts';

const dropping = {
  export: (_items: unknown, done: (result: { code: number }) => void) => done({ code: 0 }),
  shutdown: () => Promise.resolve(),
  forceFlush: () => Promise.resolve(),
};

const ROUNDS = 25;
const TIMES = 20_000;

type Work = () => unknown;

interface Row {
  readonly what: string;
  readonly work: Work;
  readonly times?: number;
}

/** Processor time of one, ns, with its quartiles, after as much warming up. Rows take turns: what one warms up serves all. */
async function measure(rows: readonly Row[]): Promise<void> {
  const rounds = rows.map((): number[] => []);
  for (let round = 0; round < 2 * ROUNDS; round += 1) {
    process.stderr.write(`round ${round + 1} of ${2 * ROUNDS}\n`);
    for (const [index, { work, times = TIMES }] of rows.entries()) {
      const nanoseconds = await timeOf(work, times);
      if (round >= ROUNDS) rounds[index]?.push(nanoseconds);
    }
  }
  console.table(
    rows.map(({ what }, index) => {
      const { lower, median, upper } = quartiles(rounds[index] ?? []);
      return { what, 'ns [quartiles]': `${Math.round(median)} [${Math.round(lower)}–${Math.round(upper)}]` };
    }),
  );
}

async function timeOf(work: Work, times: number): Promise<number> {
  const start = process.cpuUsage();
  for (let index = 0; index < times; index += 1) {
    const pending = work();
    if (pending instanceof Promise) await pending;
  }
  const { user, system } = process.cpuUsage(start);
  // Batches are dropped in a later turn.
  await new Promise((resolve) => setImmediate(resolve));
  return ((user + system) * 1000) / times;
}

const batching = () => new BatchSpanProcessor({ exporter: dropping, maxQueueSize: 1024 });
const instrumentation = new BrownoutInstrumentation({ enabled: false });
// Two processors in either case: how an SDK calls several of them is not what is measured.
const without = new TracerProvider({ spanProcessors: [batching(), new NoopSpanProcessor()] }).getTracer('bench');
const within = new TracerProvider({ spanProcessors: [batching(), instrumentation.taskSpanProcessor] });
const watched = within.getTracer('bench');

const answer = async (): Promise<string> => Promise.resolve('answer');
await measure([
  { what: 'an async function', work: answer },
  { what: 'in task(), nothing loaded', work: () => task('bench', answer) },
  { what: 'in useCase(), nothing loaded', work: () => useCase('bench', answer) },
  { what: 'a span, seen by a processor that does nothing', work: () => without.startSpan('span').end() },
  { what: 'a span, seen by the task processor, no task', work: () => watched.startSpan('span').end() },
]);

new NodeSDK({
  spanProcessors: [batching(), instrumentation.taskSpanProcessor],
  metricReaders: [new PeriodicExportingMetricReader({ exporter: dropping, exportIntervalMillis: 60_000 })],
  instrumentations: [instrumentation],
}).start();
instrumentation.enable();
const tracer = trace.getTracer('bench');
const SPANS = 100;
const spans = (): void => {
  for (let index = 0; index < SPANS; index += 1) tracer.startSpan('span').end();
};
await measure([
  { what: 'an async function', work: answer },
  { what: 'in useCase()', work: () => useCase('bench', answer) },
  { what: 'in task(), its span and 7 measurements', work: () => task('bench', answer), times: 5000 },
  { what: `${SPANS} spans`, work: spans, times: 500 },
  { what: `${SPANS} spans in a task`, work: () => task('bench', spans), times: 500 },
]);
process.exit();
