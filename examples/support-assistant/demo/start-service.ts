import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startChild, type Child } from './start-child.ts';

export interface Service extends Pick<Child, 'stop'> {
  readonly url: string;
}

export interface ServiceOptions {
  readonly vendorsUrl: string;
  /** Variables that say where its telemetry goes. */
  readonly telemetry: Readonly<Record<string, string>>;
  /** What the service writes to its standard error. */
  readonly onError: (line: string) => void;
  /** Kills it at once. */
  readonly signal: AbortSignal;
}

/** Starts the support assistant as a user would: one flag, and a handful of environment variables. */
export async function startService({ vendorsUrl, telemetry, onError, signal }: ServiceOptions): Promise<Service> {
  const child = startChild({
    args: ['--require', '@brownout/preload', 'src/main.ts'],
    cwd: join(import.meta.dirname, '..'),
    environment: {
      ...telemetry,
      PORT: '0',
      OPENAI_API_KEY: 'demo',
      OPENAI_BASE_URL: `${vendorsUrl}/v1`,
      ANTHROPIC_API_KEY: 'demo',
      ANTHROPIC_BASE_URL: vendorsUrl,
      ANSWER_TIMEOUT_MS: '4000',
      OTEL_SERVICE_NAME: 'support-assistant',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_METRIC_EXPORT_TIMEOUT: '1000',
      OTEL_BSP_SCHEDULE_DELAY: '500',
      // A minute is short: expect answers faster than the defaults of 10 s, 10 s and 120 s.
      BROWNOUT_BUDGET_FIRST_CHUNK: '1500ms',
      BROWNOUT_BUDGET_GAP: '1500ms',
      BROWNOUT_BUDGET_TOTAL: '5s',
    },
    onError,
    signal,
  });

  for await (const line of createInterface(child.stdout)) {
    const [url] = /http:\/\/\S+/.exec(line) ?? [];
    if (url === undefined) continue;
    child.stdout.resume();
    return { url, stop: child.stop };
  }
  await child.gone;
  throw new Error(`the support assistant ended with code ${child.process.exitCode} before it listened`);
}
