import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Service {
  readonly url: string;
  /** Lets it finish and deliver its telemetry; kills it if it takes longer than that. Resolves when it is gone. */
  stop(graceMilliseconds: number): Promise<void>;
}

export interface ServiceOptions {
  readonly vendorsUrl: string;
  readonly collectorUrl: string;
  /** What the service writes to its standard error. */
  readonly onError: (line: string) => void;
  /** Kills it at once. */
  readonly signal: AbortSignal;
}

const EXAMPLE = join(import.meta.dirname, '..');

/** Variables of the user's own that would change what the service does, or where its telemetry goes. */
const FOREIGN = /^(OTEL|BROWNOUT|OPENAI|ANTHROPIC|NODE)_|_proxy$/i;

/** Starts the support assistant as a user would: one flag, and a handful of environment variables. */
export async function startService({ vendorsUrl, collectorUrl, onError, signal }: ServiceOptions): Promise<Service> {
  const child = spawn(process.execPath, ['--require', '@brownout/preload', 'src/main.ts'], {
    cwd: EXAMPLE,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name))),
      PORT: '0',
      OPENAI_API_KEY: 'demo',
      OPENAI_BASE_URL: `${vendorsUrl}/v1`,
      ANTHROPIC_API_KEY: 'demo',
      ANTHROPIC_BASE_URL: vendorsUrl,
      ANSWER_TIMEOUT_MS: '4000',
      OTEL_SERVICE_NAME: 'support-assistant',
      OTEL_EXPORTER_OTLP_ENDPOINT: collectorUrl,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_LOGS_EXPORTER: 'none',
      // A minute is short: export every second, and expect answers faster than the defaults of 10 s, 10 s and 120 s.
      OTEL_METRIC_EXPORT_INTERVAL: '1000',
      OTEL_METRIC_EXPORT_TIMEOUT: '1000',
      OTEL_BSP_SCHEDULE_DELAY: '500',
      BROWNOUT_BUDGET_FIRST_CHUNK: '1500ms',
      BROWNOUT_BUDGET_GAP: '1500ms',
      BROWNOUT_BUDGET_TOTAL: '5s',
    },
  });
  const gone = once(child, 'close');
  signal.addEventListener('abort', () => child.kill('SIGKILL'), { once: true });
  createInterface(child.stderr).on('line', onError);
  const stop = async (graceMilliseconds: number) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMilliseconds);
    child.kill(graceMilliseconds > 0 ? 'SIGTERM' : 'SIGKILL');
    await gone;
    clearTimeout(timer);
  };

  for await (const line of createInterface(child.stdout)) {
    const [url] = /http:\/\/\S+/.exec(line) ?? [];
    if (url === undefined) continue;
    child.stdout.resume();
    return { url, stop };
  }
  await gone;
  throw new Error(`the support assistant ended with code ${child.exitCode} before it listened`);
}
