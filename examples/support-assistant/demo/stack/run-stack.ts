import { setTimeout as sleep } from 'node:timers/promises';
import { startSimulator } from '@brownout/simulator';
import { faultPeriod, GRACE_MILLISECONDS, telemetryTo, type DemoOptions } from '../run-demo.ts';
import { sendTickets } from '../send-tickets.ts';
import { startPoller } from '../start-poller.ts';
import { startService } from '../start-service.ts';
import { startCollector, type Telemetry } from '../telemetry/collector.ts';
import type { StackPrograms } from './get-programs.ts';
import { startBackends, type Backends } from './start-backends.ts';
import { summarize, tracesOf, type StackSummary, worstModel } from './stack-summary.ts';
import { takeNotifications } from './take-notifications.ts';
import { countCalls, findFirstPost, look, type Sight, type WatchOptions } from './watch.ts';

export interface StackOptions extends Omit<DemoOptions, 'onMoment'> {
  readonly programs: StackPrograms;
  /** All times of rules and routes are divided by this; the schedule has been already. */
  readonly factor: number;
  /** Called when all programs run. */
  readonly onStart: (backends: Pick<Backends, 'prometheusUrl' | 'alertmanagerUrl'>) => void;
  readonly onSight: (sight: Sight) => void;
  /** Called with the summary while everything still runs; the stack ends when it resolves. */
  readonly onSummary: (summary: StackSummary) => Promise<void>;
}

const SIGHT_MILLISECONDS = 1000;

/** Longest time for bad calls that were counted to come out of the gateway. */
const ARRIVAL_MILLISECONDS = 15_000;

/** Plays a brownout to the support assistant, whose telemetry goes through a real Collector to a real Prometheus. */
export async function runStack({ schedule, signal, factor, ...options }: StackOptions): Promise<void> {
  await using resources = new AsyncDisposableStack();
  const simulator = resources.adopt(await startSimulator({ schedule }), (one) => one.close());
  const receivers = resources.adopt(await takeNotifications(), (one) => one.close());
  const traceStore = resources.adopt(await startCollector(), (one) => one.close());
  const backends = resources.use(
    await startBackends({
      programs: options.programs,
      factor,
      receiversUrl: receivers.url,
      tracesUrl: traceStore.url,
    }),
  );
  signal.throwIfAborted();
  const telemetry = telemetryTo(backends.agentUrl);
  const onError = (process: 'support-assistant' | 'vendor-status') => (line: string) => options.onError(process, line);
  const service = resources.adopt(
    await startService({ vendorsUrl: simulator.url, telemetry, onError: onError('support-assistant'), signal }),
    (one) => one.stop(GRACE_MILLISECONDS),
  );
  const pages = { pages: simulator.statusPages, every: `${Math.ceil(60 / factor)}s` };
  resources.adopt(startPoller({ ...pages, telemetry, onError: onError('vendor-status'), signal }), (one) =>
    one.stop(GRACE_MILLISECONDS),
  );
  signal.throwIfAborted();

  options.onStart(backends);
  const origin = Date.now();
  simulator.reset();
  traceStore.beginAt(origin);
  const watch = {
    prometheusUrl: backends.prometheusUrl,
    receivers,
    factor,
    origin: origin / 1000,
    signal,
  };
  const truth = faultPeriod(schedule);
  let during: Sight | null = null;
  const loadOver = new AbortController();
  const watchSights = async (): Promise<void> => {
    while (!loadOver.signal.aborted) {
      const sight = await look(watch);
      if (truth.end !== null && sight.now < truth.end) during = sight;
      options.onSight(sight);
      await sleep(SIGHT_MILLISECONDS, undefined, { signal });
    }
  };
  const load = { url: service.url, seconds: options.seconds, perSecond: options.ticketsPerSecond, signal };
  await Promise.all([sendTickets(load).finally(() => loadOver.abort()), watchSights()]);

  const suspect = worstModel(during);
  await options.onSummary(
    summarize({
      factor,
      seconds: options.seconds,
      truth,
      suspect,
      firstPost: suspect && (await findFirstPost(suspect.provider, watch)),
      traces: await compareTraces(watch, traceStore),
      sight: await look(watch),
      programs: options.programs,
      urls: backends,
    }),
  );
}

/** Once all bad calls that the metrics have counted are in the trace store, or when they had time enough. */
async function compareTraces(watch: WatchOptions, { calls }: Telemetry): Promise<StackSummary['traces']> {
  const deadline = Date.now() + ARRIVAL_MILLISECONDS;
  for (;;) {
    const traces = tracesOf(await countCalls(watch), calls);
    if (traces.bad.kept >= traces.bad.counted || Date.now() > deadline) return traces;
    await sleep(SIGHT_MILLISECONDS, undefined, { signal: watch.signal });
  }
}
