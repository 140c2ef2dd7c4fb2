import { once } from 'node:events';
import { startSimulator, type Schedule } from '@brownout/simulator';
import { sendTickets } from './send-tickets.ts';
import { startPoller } from './start-poller.ts';
import { startService } from './start-service.ts';
import { findBrownout, summarize, type ModelBrownout, type Summary } from './summary.ts';
import { startCollector, type Telemetry } from './telemetry/collector.ts';

export interface DemoOptions {
  readonly schedule: Schedule;
  /** Length of the load. */
  readonly seconds: number;
  readonly ticketsPerSecond: number;
  /** Stops the demo at once; `runDemo` rejects when everything is cleaned up. */
  readonly signal: AbortSignal;
  readonly onMoment: (moment: Moment) => void;
  /** A line that the service, or the poller of status pages, wrote to its standard error. */
  readonly onError: (process: 'support-assistant' | 'vendor-status', line: string) => void;
}

/** What can be told while the demo runs. Times are seconds since the load began. */
export interface Moment {
  readonly now: number;
  readonly telemetry: Telemetry;
  readonly brownout: ModelBrownout | null;
}

const MOMENT_MILLISECONDS = 500;

/** Both processes send what they know every second, for a minute is short. */
export const telemetryTo = (url: string): Readonly<Record<string, string>> => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: url,
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  OTEL_METRIC_EXPORT_INTERVAL: '1000',
});

/** Longest time for the service to finish its last tickets and to deliver its last telemetry. */
export const GRACE_MILLISECONDS = 6000;

/** Plays a brownout to the support assistant and judges it by the telemetry that the assistant exports. */
export async function runDemo({ schedule, signal, ...options }: DemoOptions): Promise<Summary> {
  await using resources = new AsyncDisposableStack();
  const simulator = resources.adopt(await startSimulator({ schedule }), (one) => one.close());
  const collector = resources.adopt(await startCollector(), (one) => one.close());
  const telemetry = telemetryTo(collector.url);
  const service = resources.adopt(
    await startService({
      vendorsUrl: simulator.url,
      telemetry,
      onError: (line) => options.onError('support-assistant', line),
      signal,
    }),
    (one) => one.stop(0),
  );
  const poller = resources.adopt(
    startPoller({
      pages: simulator.statusPages,
      telemetry,
      onError: (line) => options.onError('vendor-status', line),
      signal,
    }),
    (one) => one.stop(0),
  );
  signal.throwIfAborted();

  const origin = Date.now();
  const now = () => (Date.now() - origin) / 1000;
  let announced: number | null = null;
  simulator.reset();
  collector.beginAt(origin);
  const look = () => {
    const brownout = findBrownout(collector.calls, now());
    if (brownout !== null) announced ??= now();
    options.onMoment({ now: now(), telemetry: collector, brownout });
  };
  const timer = resources.adopt(setInterval(look, MOMENT_MILLISECONDS), clearInterval);

  await sendTickets({ url: service.url, seconds: options.seconds, perSecond: options.ticketsPerSecond, signal });
  const stopped = Promise.all([service.stop(GRACE_MILLISECONDS), poller.stop(GRACE_MILLISECONDS)]);
  await Promise.race([stopped, once(signal, 'abort')]);
  signal.throwIfAborted();
  clearInterval(timer);
  look();
  return summarize(collector, { origin: origin / 1000, endedAt: now(), announced, truth: faultPeriod(schedule) });
}

/** When a schedule's faults begin and end, in seconds. */
export function faultPeriod({ phases }: Schedule): Summary['truth'] {
  const first = phases.findIndex(({ faults }) => faults.length > 0);
  const last = phases.findLastIndex(({ faults }) => faults.length > 0);
  const seconds = (index: number) => {
    const phase = phases[index];
    return phase === undefined ? null : phase.atMs / 1000;
  };
  return { onset: seconds(first), end: first === -1 ? null : seconds(last + 1) };
}
