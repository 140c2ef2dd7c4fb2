import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Service {
  readonly url: string;
  /** Lets it deliver its telemetry; kills it if that takes too long. Resolves when it is gone. */
  stop(): Promise<void>;
}

const EXAMPLE = join(import.meta.dirname, '..');
const GRACE_MILLISECONDS = 6000;

/** Variables of the user's own that would change what a service does, or where its telemetry goes. */
const FOREIGN = /^(OTEL|BROWNOUT|OPENAI|ANTHROPIC|NODE|PG)|_proxy$/i;

/** Starts one of the services as a user would: one flag, and a handful of environment variables. `signal` kills it. */
export async function startService(
  name: string,
  main: string,
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Service> {
  const child = spawn(process.execPath, ['--require', '@brownout/preload', main], {
    cwd: EXAMPLE,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...Object.fromEntries(Object.entries(process.env).filter(([variable]) => !FOREIGN.test(variable))),
      PORT: '0',
      OTEL_SERVICE_NAME: name,
      ...environment,
    },
  });
  const gone = once(child, 'close');
  const kill = (): boolean => child.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  if (signal.aborted) kill();
  const stop = async (): Promise<void> => {
    const timer = setTimeout(kill, GRACE_MILLISECONDS);
    child.kill('SIGTERM');
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
  throw new Error(`${name} ended with code ${child.exitCode} before it listened`);
}
