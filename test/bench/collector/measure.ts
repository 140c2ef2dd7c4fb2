import { ownMetric, startPair, usageOf, type PairOptions } from './processes.ts';
import { sendSpans } from './send-spans.ts';
import { makeBatch } from './spans.ts';

type Say = (text: string) => void;

/** What a rate of spans costs each of the two. */
export interface RateRow {
  readonly spansPerSecond: number;
  readonly agent: Cost;
  readonly gateway: Cost;
  /** Times that the gateway waits for its disk for a thousand spans, until what it has written is safe there. */
  readonly flushesPerThousand: number;
  /** Spans that the gateway took a second meanwhile: fewer than were sent, where it is the slower one. */
  readonly reachedPerSecond: number;
}

interface Cost {
  /** Seconds of processor time for a thousand spans: median of the windows. */
  readonly secondsPerThousand: number;
  /** The most that it held at the end of a window. */
  readonly residentMiB: number;
}

const BAD_SHARE = 0.01;
const WRITES = 'otelcol_exporter_queue_batch_send_size_count';
/** What the sampler lets through is written, and not flushed. */
const UNFLUSHED = 'exporter="otlp_http/sampled"';
/** What is put into a queue is written when it comes, when it is taken and when it is gone: each time the data, then the root. */
const FLUSHES_OF_A_WRITE = 6;
const ACCEPTED = 'otelcol_receiver_accepted_spans_total';
const TRACES_IN_BATCH = 100;

export async function measureRate(
  where: PairOptions,
  spansPerSecond: number,
  {
    warmUp,
    windows,
    windowSeconds,
  }: { readonly warmUp: number; readonly windows: number; readonly windowSeconds: number },
  say: Say,
): Promise<RateRow> {
  await using pair = await startPair(where);
  const batch = makeBatch({ traces: TRACES_IN_BATCH, badShare: BAD_SHARE });
  const both = [pair.agent, pair.gateway] as const;
  await sendSpans(pair.agent.url, batch, spansPerSecond, warmUp);
  const samples: {
    readonly seconds: readonly number[];
    readonly resident: readonly number[];
    readonly reached: number;
    readonly flushes: number;
  }[] = [];
  for (let window = 0; window < windows; window += 1) {
    const start = performance.now();
    const before = both.map((one) => usageOf(one).seconds);
    const earlier = await ownMetric(pair.gateway, ACCEPTED);
    const written = await ownMetric(pair.gateway, WRITES, UNFLUSHED);
    const taken = await sendSpans(pair.agent.url, batch, spansPerSecond, windowSeconds);
    const reached = (await ownMetric(pair.gateway, ACCEPTED)) - earlier;
    const writes = (await ownMetric(pair.gateway, WRITES, UNFLUSHED)) - written;
    const after = both.map(usageOf);
    // Each by the spans that it handled itself.
    const handled = [taken, reached];
    samples.push({
      seconds: after.map(({ seconds }, index) => ((seconds - (before[index] ?? 0)) / (handled[index] ?? 1)) * 1000),
      resident: after.map(({ residentMiB }) => residentMiB),
      reached: reached / ((performance.now() - start) / 1000),
      flushes: ((writes * FLUSHES_OF_A_WRITE) / reached) * 1000,
    });
    say(
      `${spansPerSecond} spans/s, window ${window + 1} of ${windows}: ${taken} spans taken, ${reached} reached the gateway`,
    );
  }
  const cost = (index: 0 | 1): Cost => ({
    secondsPerThousand: median(samples.map(({ seconds }) => seconds[index] ?? 0)),
    residentMiB: Math.max(...samples.map(({ resident }) => resident[index] ?? 0)),
  });
  return {
    spansPerSecond,
    agent: cost(0),
    gateway: cost(1),
    flushesPerThousand: median(samples.map(({ flushes }) => flushes)),
    reachedPerSecond: median(samples.map(({ reached }) => reached)),
  };
}

export interface Holding {
  /** Bytes of live heap for each span that waits for its trace's decision. */
  readonly bytesPerSpanHeld: number;
  /** Bytes of live heap for each trace that was decided on: its answer is kept for spans that come late. */
  readonly bytesPerDecision: number;
  /** Bytes on the agent's disk for a thousand spans that wait for the gateway. */
  readonly queueBytesPerThousand: number;
}

/** Less than the sampler's `decision_wait`, so that everything sent is still held. */
const HOLD_SECONDS = 60;
const HOLD_RATE = 1500;

export async function measureHolding(where: PairOptions, say: Say): Promise<Holding> {
  const batch = makeBatch({ traces: TRACES_IN_BATCH, badShare: 0, holds: 'no root' });
  await using pair = await startPair(where);
  await sendSpans(pair.agent.url, makeBatch({ traces: TRACES_IN_BATCH, badShare: 0 }), 500, 15);
  const before = await liveHeap(pair.gateway);
  const heldBefore = await ownMetric(pair.gateway, ACCEPTED);
  await sendSpans(pair.agent.url, batch, HOLD_RATE, HOLD_SECONDS);
  const after = await liveHeap(pair.gateway);
  // What is still on its way is not held yet.
  const held = (await ownMetric(pair.gateway, ACCEPTED)) - heldBefore;
  say(`held ${held} spans for their decision: ${mebi(before)} to ${mebi(after)} MiB of live heap`);

  await using decided = await startPair(where);
  const roots = makeBatch({ traces: 400, badShare: 0, holds: 'the root alone' });
  await sendSpans(decided.agent.url, roots, 1000, 5);
  await sleepBeyondDecisions();
  const empty = await liveHeap(decided.gateway);
  const decidedBefore = await ownMetric(decided.gateway, ACCEPTED);
  await sendSpans(decided.agent.url, roots, 4000, 60);
  await sleepBeyondDecisions();
  const traces = (await ownMetric(decided.gateway, ACCEPTED)) - decidedBefore;
  const full = await liveHeap(decided.gateway);
  say(`decided on ${traces} traces: ${mebi(empty)} to ${mebi(full)} MiB of live heap`);

  await using alone = await startPair({ ...where, gatewayAway: true });
  const kept = await sendSpans(alone.agent.url, batch, 2000, 20);
  await sleepBeyondBatching();
  say(`${kept} spans wait for a gateway: ${mebi(alone.agentQueueBytes())} MiB on the disk`);
  return {
    bytesPerSpanHeld: (after - before) / held,
    bytesPerDecision: (full - empty) / traces,
    queueBytesPerThousand: (alone.agentQueueBytes() / kept) * 1000,
  };
}

/** The least of some looks, which is right after a garbage collection. */
async function liveHeap(collector: Parameters<typeof ownMetric>[0]): Promise<number> {
  const looks: number[] = [];
  for (let look = 0; look < 20; look += 1) {
    looks.push(await ownMetric(collector, 'otelcol_process_runtime_heap_alloc_bytes'));
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return Math.min(...looks);
}

/** Ten seconds after its root a trace is decided on, and a while later forgotten but for the answer. */
const sleepBeyondDecisions = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20_000));

const sleepBeyondBatching = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2000));

const mebi = (bytes: number): string => (bytes / 1_048_576).toFixed(0);

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
