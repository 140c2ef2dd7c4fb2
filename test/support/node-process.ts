import { spawn } from 'node:child_process';

export interface NodeProcess {
  /** Everything after `node`. */
  readonly command: readonly string[];
  /** The whole environment, but for `PATH`. */
  readonly environment: Readonly<Record<string, string>>;
  /** After this many milliseconds the process is killed, and `signal` says so. */
  readonly limit: number;
}

/** What anybody outside can see of a process. */
export interface ProcessEnd {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Runs the Node.js that runs the tests in a process of its own, to its end. */
export function runNode({ command, environment, limit }: NodeProcess): Promise<ProcessEnd> {
  const child = spawn(process.execPath, command, {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limit,
    killSignal: 'SIGKILL',
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ stdout, stderr, code, signal }));
  });
}
