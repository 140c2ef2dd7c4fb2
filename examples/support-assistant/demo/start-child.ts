import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface Child {
  readonly process: ChildProcess;
  readonly stdout: Readable;
  /** Resolves when it is gone. */
  readonly gone: Promise<unknown>;
  /** Lets it finish and deliver its telemetry; kills it if it takes longer than that. Resolves when it is gone. */
  readonly stop: (graceMilliseconds: number) => Promise<void>;
}

export interface ChildOptions {
  /** Everything after `node`. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  /** A line that it wrote to its standard error. */
  readonly onError: (line: string) => void;
  /** Kills it at once. */
  readonly signal: AbortSignal;
}

/** Variables of the user's own that would change what a process does, or where its telemetry goes. */
const FOREIGN = /^(OTEL|BROWNOUT|OPENAI|ANTHROPIC|NODE)_|_proxy$/i;

/** Starts one of the demo's processes, as a user would. */
export function startChild({ args, cwd, environment, onError, signal }: ChildOptions): Child {
  const child = spawn(process.execPath, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name))),
      ...environment,
    },
  });
  const gone = once(child, 'close');
  signal.addEventListener('abort', () => child.kill('SIGKILL'), { once: true });
  createInterface(child.stderr).on('line', onError);
  return {
    process: child,
    stdout: child.stdout,
    gone,
    stop: async (graceMilliseconds) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMilliseconds);
      child.kill(graceMilliseconds > 0 ? 'SIGTERM' : 'SIGKILL');
      await gone;
      clearTimeout(timer);
    },
  };
}
