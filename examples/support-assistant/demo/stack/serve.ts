import { once } from 'node:events';
import { join } from 'node:path';
import { loadSchedule, startSimulator } from '@brownout/simulator';
import { sendTickets } from '../send-tickets.ts';
import { startPoller } from '../start-poller.ts';
import { startService } from '../start-service.ts';

/**
 * The support assistant, its customers, its vendors and the poller of their status pages, for as long as somebody wants to look at
 * dashboards: the brownout of an hour, over and over. `examples/stack/compose.yaml` runs it; telemetry goes where
 * OTEL_EXPORTER_OTLP_ENDPOINT says.
 */

const REPEAT_MS = 75 * 60_000;
const TICKETS_PER_SECOND = 2;
const HOUR_SECONDS = 3600;

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());
const { signal } = interrupt;

const schedule = { ...loadSchedule(join(import.meta.dirname, 'brownout-hour.yaml')), repeatEveryMs: REPEAT_MS };
const simulator = await startSimulator({ schedule });
const telemetry = {
  OTEL_EXPORTER_OTLP_ENDPOINT: process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? 'http://127.0.0.1:4318',
  OTEL_METRIC_EXPORT_INTERVAL: '15000',
};
const onError = (line: string) => console.error(line);
const service = await startService({ vendorsUrl: simulator.url, telemetry, onError, signal });
startPoller({ pages: simulator.statusPages, every: '1m', telemetry, onError, signal });
simulator.reset();
console.log(
  `The vendor is well for ten minutes; then its brownout begins, and again every ${REPEAT_MS / 60_000} minutes.`,
);

const ended = once(signal, 'abort');
while (!signal.aborted) {
  const load = { url: service.url, seconds: HOUR_SECONDS, perSecond: TICKETS_PER_SECOND, signal };
  await sendTickets(load).catch(() => ended);
}
await simulator.close();
process.exit(0);
