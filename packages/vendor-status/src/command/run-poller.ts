import { diag, type DiagLogger, DiagLogLevel } from '@opentelemetry/api';
import { DEFAULT_LIMITS } from '../fetch-page.ts';
import { startVendorStatus } from '../start-vendor-status.ts';
import type { VendorWatch } from '../vendor-watch.ts';
import type { Vendor } from '../vendors.ts';
import { lineLog, type Log, pollLog } from './poll-log.ts';
import type { Terminal } from './run-command.ts';
import { serveHealth } from './serve-health.ts';
import { startExport } from './start-export.ts';

export interface RunOptions {
  readonly vendors: readonly Vendor[];
  readonly paceMs: number;
  readonly healthPort?: number;
}

/** Polls and exports until the terminal is interrupted, logging a line for whatever changes. */
export async function runPoller({ vendors, paceMs, healthPort }: RunOptions, terminal: Terminal): Promise<void> {
  const watches = new Map<string, VendorWatch>();
  const health = healthPort === undefined ? undefined : await serveHealth(healthPort, () => stateOf(watches));
  const log = lineLog((text) => terminal.complain(text), Date.now);
  // What the exporters cannot deliver is said here, not lost.
  diag.setLogger(diagLogger(log), { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  const protocol = terminal.environment['OTEL_EXPORTER_OTLP_PROTOCOL'];
  if (protocol !== undefined && protocol !== 'http/json') {
    log('WARN', `OTEL_EXPORTER_OTLP_PROTOCOL: "${protocol}" is not spoken here; sending http/json`);
  }
  const metricIntervalMs = Number(terminal.environment['OTEL_METRIC_EXPORT_INTERVAL']);
  const exported = startExport(metricIntervalMs > 0 ? { metricIntervalMs } : {});
  const logPoll = pollLog(log);
  const polling = startVendorStatus({
    ...exported,
    vendors,
    paceMs,
    limits: DEFAULT_LIMITS,
    onPoll(watch, changes) {
      watches.set(watch.vendor.name, watch);
      logPoll(watch, changes);
    },
  });
  log('INFO', `polling ${vendors.length} vendors${health === undefined ? '' : `, health on port ${health.port}`}`);
  // The poller keeps no process alive, so that an application can end; this command is there for nothing else.
  const awake = setInterval(() => {}, 60_000);
  await terminal.interrupted;
  clearInterval(awake);
  health?.close();
  try {
    await exported.close();
  } catch (error) {
    log(
      'WARN',
      `the last metrics and events were not taken: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  polling.stop();
  diag.disable();
  log('INFO', 'stopped');
}

const stateOf = (watches: ReadonlyMap<string, VendorWatch>) => ({
  vendors: Object.fromEntries(
    [...watches].map(([name, { knowledge, lastSuccess }]) => [name, { status: knowledge.kind, lastSuccess }]),
  ),
});

function diagLogger(log: Log): DiagLogger {
  const at =
    (level: Parameters<Log>[0]) =>
    (message: string, ...details: readonly unknown[]) =>
      log(
        level,
        [message, ...details.map((detail) => (detail instanceof Error ? detail.message : String(detail)))].join(' '),
      );
  return { error: at('ERROR'), warn: at('WARN'), info: at('INFO'), debug: at('INFO'), verbose: at('INFO') };
}
