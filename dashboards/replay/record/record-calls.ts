import { join } from 'node:path';
import { faultUrl, startSimulator, type Simulator } from '@brownout/simulator';
import { startChild } from '../../../examples/support-assistant/demo/start-child.ts';
import { OtlpSink } from '../../../test/support/otlp-sink.ts';
import { hasHappened, labelled, pointsOf, type CallNames } from './read-points.ts';
import { caseName, type RecordedCase } from './recorded-case.ts';
import type { RecordedCall, Recording } from './recording.ts';

const TEST = join(import.meta.dirname, '../../../test');

/** Models of three paces, so that latencies are spread as they are among models and hours. */
const PACES = [
  { firstTokenMs: 250, tokensPerSecond: 120, jitter: 0.5 },
  { firstTokenMs: 450, tokensPerSecond: 80, jitter: 0.5 },
  { firstTokenMs: 900, tokensPerSecond: 50, jitter: 0.5 },
] as const;

/**
 * A process tells the series of 20 combinations of model and use case before anything happens in them, and those of its
 * first 100 apart at all.
 */
export const CALLS_OF_A_PROCESS = 18;
const PROCESSES_AT_ONCE = 6;

export interface RecordOptions {
  readonly cases: readonly RecordedCase[];
  /** How many calls of each case. */
  readonly calls: number;
  readonly onProgress?: (text: string) => void;
}

/** Makes real calls with a real SDK under the real preload against the simulator, and keeps what each added to the metrics. */
export async function recordCalls({ cases, calls, onProgress = () => {} }: RecordOptions): Promise<Recording> {
  await using resources = new AsyncDisposableStack();
  const simulators: Simulator[] = [];
  for (const [index, timing] of PACES.entries())
    simulators.push(resources.adopt(await startSimulator({ seed: 11 + index, timing }), (one) => one.close()));
  const abort = new AbortController();
  resources.defer(() => abort.abort());

  const batches = cases.flatMap((one) =>
    Array.from({ length: Math.ceil(calls / CALLS_OF_A_PROCESS) }, (_, index) => ({
      one,
      count: Math.min(CALLS_OF_A_PROCESS, calls - index * CALLS_OF_A_PROCESS),
    })),
  );
  // The slowest first: then the others are made while they wait.
  const queue = batches.toSorted((a, b) => slowness(b.one) - slowness(a.one)).values();
  const results = new Map<object, Awaited<ReturnType<typeof recordBatch>>>();
  const worker = async (): Promise<void> => {
    for (const batch of queue) {
      results.set(batch, await recordBatch(batch.one, batch.count, simulators, abort.signal));
      onProgress(`${results.size} of ${batches.length}: ${caseName(batch.one)}`);
    }
  };
  await Promise.all(Array.from({ length: PROCESSES_AT_ONCE }, worker));

  const all = batches.map((batch) => results.get(batch) ?? []);
  const bornWith = (streaming: boolean) =>
    (all.flat().find(({ call }) => call.streaming === streaming && call.fault === 'healthy')?.born ?? []).map(labelled);
  return {
    born: { streamed: bornWith(true), whole: bornWith(false) },
    calls: all.flat().map(({ call }) => call),
  };
}

const slowness = ({ parameters, timeout = 0 }: RecordedCase): number =>
  Math.max(timeout, ...Object.values(parameters).map(Number).filter(Number.isFinite), 0);

async function recordBatch(
  { fault, streaming, parameters, want, timeout }: RecordedCase,
  count: number,
  simulators: readonly Simulator[],
  signal: AbortSignal,
): Promise<readonly { readonly call: RecordedCall; readonly born: RecordedCall['points'] }[]> {
  await using sink = await OtlpSink.start();
  const calls = Array.from({ length: count }, (_, index) => {
    const { url, port } = simulators[index % simulators.length] ?? { url: '', port: 0 };
    const names: CallNames = {
      model: `gpt-recorded-${index}.`,
      useCase: `use-case-${index}.`,
      task: `task-${index}.`,
      port: String(port),
    };
    return { names, url: fault === null ? url : faultUrl(url, fault, parameters) };
  });
  const complaints: string[] = [];
  const child = startChild({
    args: [
      '--require',
      '@brownout/preload',
      'e2e/programs/recorded/make-calls.mjs',
      JSON.stringify(calls.map(({ names, url }) => ({ ...names, url, streaming, want, timeout }))),
    ],
    cwd: TEST,
    environment: {
      ...sink.environment,
      OTEL_SERVICE_NAME: 'recorded',
      OTEL_METRIC_EXPORT_INTERVAL: '3600000',
      OTEL_TRACES_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
    },
    onError: (line) => complaints.push(line),
    signal,
  });
  child.stdout.resume();
  await child.gone;
  const name = caseName({ fault, streaming });
  const { metrics } = sink;
  if (metrics.length === 0) throw new Error(`no metrics of ${name}:\n${complaints.join('\n')}`);
  return calls.map(({ names }) => {
    const points = pointsOf(metrics, names);
    if (!points.some(({ metric, kind }) => metric === 'brownout.calls' && kind === 'counter'))
      throw new Error(`${name}: a call was made and not counted`);
    return {
      call: { fault: fault ?? 'healthy', streaming, points: points.filter(hasHappened) },
      born: bornAtZero(points),
    };
  });
}

/** The series of the counters that are told before anything happens in them. */
function bornAtZero(points: RecordedCall['points']): RecordedCall['points'] {
  const early = new Set(points.filter((point) => !hasHappened(point)).map(({ metric }) => metric));
  return points.filter(({ metric }) => early.has(metric));
}
