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

/** Processor time of one, ns, with its quartiles, after as much warming up. */
async function cost(work: Work, times = TIMES): Promise<string> {
  const rounds: number[] = [];
  for (let round = 0; round < 2 * ROUNDS; round += 1) {
    const start = process.cpuUsage();
    for (let index = 0; index < times; index += 1) {
      const pending = work();
      if (pending instanceof Promise) await pending;
    }
    const { user, system } = process.cpuUsage(start);
    // Batches are dropped in a later turn.
    await new Promise((resolve) => setImmediate(resolve));
    if (round >= ROUNDS) rounds.push(((user + system) * 1000) / times);
  }
  const { lower, median, upper } = quartiles(rounds);
  return `${Math.round(median)} [${Math.round(lower)}–${Math.round(upper)}]`;
}

const batching = () => new BatchSpanProcessor({ exporter: dropping, maxQueueSize: 1024 });
const instrumentation = new BrownoutInstrumentation({ enabled: false });
// Two processors in either case: how an SDK calls several of them is not what is measured.
const without = new TracerProvider({ spanProcessors: [batching(), new NoopSpanProcessor()] }).getTracer('bench');
const within = new TracerProvider({ spanProcessors: [batching(), instrumentation.taskSpanProcessor] });
const watched = within.getTracer('bench');

const rows: [string, string][] = [];
async function row(title: string, work: Work, times?: number): Promise<void> {
  process.stderr.write(`${title}\n`);
  rows.push([title, await cost(work, times)]);
}

const answer = async (): Promise<string> => Promise.resolve('answer');
await row('an async function', answer);
await row('in task(), nothing loaded', () => task('bench', answer));
await row('in useCase(), nothing loaded', () => useCase('bench', answer));
await row('a span, seen by a processor that does nothing', () => without.startSpan('span').end());
await row('a span, seen by the task processor, no task', () => watched.startSpan('span').end());

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
await row('in useCase()', () => useCase('bench', answer));
await row('in task(), its span and 7 measurements', () => task('bench', answer), 5000);
await row(`${SPANS} spans`, spans, 500);
await row(`${SPANS} spans in a task`, () => task('bench', spans), 500);

console.table(rows.map(([what, nanoseconds]) => ({ what, 'ns [quartiles]': nanoseconds })));
process.exit();
