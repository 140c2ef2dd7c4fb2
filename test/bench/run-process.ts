import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export interface Bench {
  readonly port: number;
  /** An application with nothing installed beside it, in a folder outside of this workspace. */
  readonly application: (name: string, source: string) => string;
  /** The same, with a package installed beside it. */
  readonly applicationBeside: (packageFolder: string, name: string, source: string) => string;
  readonly close: () => void;
}

/** Starts the server, which is provider and collector at once. */
export async function openBench(): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'brownout-bench-'));
  const server = fork(fileOf('server.ts'), { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const [port] = server.stdout === null ? [] : ((await once(server.stdout.setEncoding('utf8'), 'data')) as [string]);
  function write(path: string, source: string): string {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, source);
    return path;
  }
  return {
    port: Number(port),
    application: (name, source) => write(join(folder, 'alone', name), source),
    applicationBeside(packageFolder, name, source) {
      const modules = join(folder, 'beside/node_modules/@opentelemetry');
      mkdirSync(modules, { recursive: true });
      const link = join(modules, basename(packageFolder));
      if (!existsSync(link)) symlinkSync(packageFolder, link);
      return write(join(folder, 'beside', name), source);
    },
    close() {
      server.disconnect();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An application that runs a script of this folder. */
export function scriptApplication(bench: Bench, script: string): string {
  const url = new URL(script, import.meta.url).href;
  return bench.application(`${script}.mjs`, `await import(${JSON.stringify(url)});\n`);
}

/** The environment of a measured process: nothing of the caller's telemetry, exports to the benchmark's own collector. */
function environment(port: number): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(OTEL_|BROWNOUT_|NODE_OPTIONS)/.test(name));
  return { ...Object.fromEntries(inherited), OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` };
}

/** Runs a process to its end and parses the last line that it printed. */
export async function runNode(port: number, args: readonly string[], extra: NodeJS.ProcessEnv = {}): Promise<unknown> {
  const { stdout } = await run(process.execPath, args, { env: { ...environment(port), ...extra } });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

/** Instructions of user space that a whole process took; `undefined` where they cannot be counted (`perf` of Linux). */
export async function countInstructions(port: number, args: readonly string[]): Promise<number | undefined> {
  const perf = ['stat', '-x,', '-e', 'instructions:u', process.execPath, ...args];
  try {
    const { stderr } = await run('perf', perf, { env: environment(port) });
    const counted = /^(\d+),/m.exec(stderr)?.[1];
    return counted === undefined ? undefined : Number(counted);
  } catch {
    return undefined;
  }
}
