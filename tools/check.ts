import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** Runs every check but the tests, one line each; what a check printed is shown only if it failed. */

const ROOT = join(import.meta.dirname, '..');
const BIN = join(ROOT, 'node_modules/.bin');

const CHECKS = [
  { name: 'format', command: [join(BIN, 'oxfmt'), '--check'] },
  { name: 'lint', command: [join(BIN, 'oxlint'), '--type-aware', '--deny-warnings'] },
  { name: 'types', command: [join(BIN, 'tsc'), '--build'] },
  { name: 'knip', command: [join(BIN, 'knip'), '--no-config-hints'] },
  {
    name: 'generated files are fresh',
    command: [process.execPath, '--conditions=brownout-source', 'tools/generate.ts', '--check'],
  },
  { name: 'build', command: [process.execPath, 'tools/build-if-stale.ts'] },
  { name: 'packages are publishable', command: [process.execPath, 'tools/check-packages.ts'] },
] as const;

interface Result {
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
  readonly output: string;
}

const { json } = parseArgs({ options: { json: { type: 'boolean', default: false } } }).values;

const results: Result[] = [];
for (const { name, command } of CHECKS) {
  const result = await run(name, command);
  results.push(result);
  if (!json) console.log(describe(result));
}
const ok = results.every((result) => result.ok);
if (json) console.log(JSON.stringify({ ok, checks: results }));
process.exitCode = ok ? 0 : 1;

function describe({ name, ok: passed, seconds, output }: Result): string {
  const line = `${passed ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`;
  return passed ? line : `${line}\n${output.trimEnd()}`;
}

async function run(name: string, [program, ...args]: readonly [string, ...string[]]): Promise<Result> {
  const start = performance.now();
  const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => chunks.push(text));
  const passed = await new Promise<boolean>((resolve) => {
    child.on('error', (error) => {
      chunks.push(String(error));
      resolve(false);
    });
    child.on('close', (code) => resolve(code === 0));
  });
  return { name, ok: passed, seconds: Math.round((performance.now() - start) / 100) / 10, output: chunks.join('') };
}
