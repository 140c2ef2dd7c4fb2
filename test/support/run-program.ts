import { spawn, type ChildProcess } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** What a program left behind: everything that its user could notice. */
export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

/** The built preload, as its package.json publishes it; resolving its name here would find the sources. */
const packageFile = createRequire(import.meta.url).resolve('@brownout/preload/package.json');
const published = (
  JSON.parse(readFileSync(packageFile, 'utf8')) as { exports: { '.': Record<'require' | 'import', string> } }
).exports['.'];
const PRELOAD = path.resolve(path.dirname(packageFile), published.require);
const PRELOAD_MODULE = path.resolve(path.dirname(packageFile), published.import);

/** The ways in which people load a preload. */
export const LOADING = {
  require: { nodeOptions: ['--require', PRELOAD], environment: {} },
  import: { nodeOptions: ['--import', pathToFileURL(PRELOAD_MODULE).href], environment: {} },
  NODE_OPTIONS: { nodeOptions: [], environment: { NODE_OPTIONS: `--require ${PRELOAD}` } },
  none: { nodeOptions: [], environment: {} },
} as const;

export type Loading = keyof typeof LOADING;

export interface Program {
  /** Below `test/e2e/programs/`. */
  readonly file: string;
  /** What it finds installed: everything that this workspace has, or the OpenTelemetry API alone (the default). */
  readonly beside?: 'workspace packages';
  readonly loading: Loading;
  readonly environment?: Readonly<Record<string, string>>;
  readonly nodeOptions?: readonly string[];
  /** Called with the running process once it has written its first line to standard output. */
  readonly onFirstLine?: (child: ChildProcess, line: string) => void;
}

/** Only what a program needs: nothing of the machine's own OTEL_ or BROWNOUT_ settings. */
const CLEAN = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };

const PROGRAMS = fileURLToPath(new URL('../e2e/programs/', import.meta.url));

/** A project of its own, with the OpenTelemetry API installed and nothing else. */
function standaloneProject(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'brownout-programs-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  cpSync(PROGRAMS, directory, { recursive: true });
  writeFileSync(path.join(directory, 'package.json'), JSON.stringify({ name: 'ticket-desk' }));
  mkdirSync(path.join(directory, 'node_modules/@opentelemetry'), { recursive: true });
  const api = realpathSync(fileURLToPath(new URL('../node_modules/@opentelemetry/api', import.meta.url)));
  symlinkSync(api, path.join(directory, 'node_modules/@opentelemetry/api'), 'dir');
  return directory;
}

let standalone: string | undefined;

/** @param file a program below `test/e2e/programs/` */
function programPath(file: string, beside: Program['beside']): string {
  if (beside === 'workspace packages') return path.join(PROGRAMS, file);
  standalone ??= standaloneProject();
  return path.join(standalone, file);
}

/** Runs a program to its end in a process of its own. */
export function runProgram({
  file,
  beside,
  loading,
  environment,
  nodeOptions = [],
  onFirstLine,
}: Program): Promise<Outcome> {
  const how = LOADING[loading];
  const begin = performance.now();
  const child = spawn(process.execPath, [...how.nodeOptions, ...nodeOptions, programPath(file, beside)], {
    env: { ...CLEAN, ...how.environment, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const isFirst = !stdout.includes('\n');
    stdout += text;
    if (isFirst && stdout.includes('\n')) onFirstLine?.(child, stdout.split('\n')[0] ?? '');
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) =>
      resolve({ code, signal, stdout, stderr, milliseconds: performance.now() - begin }),
    );
  });
}
