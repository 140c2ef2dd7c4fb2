import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const CHUNKS = 200;
const VARIANTS = ['none', 'sdk', 'peer', 'brownout'] as const;
const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const run = promisify(execFile);

const quick = process.argv.includes('--quick');
const server = fork(path('server.ts'), [String(CHUNKS)], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
const [port] = (await once(server.stdout!.setEncoding('utf8'), 'data')) as [string];

async function measure(variant: string, mode: string, calls: number, rounds: number): Promise<number[]> {
  const args = [path('workload.ts'), variant, port.trim(), mode, String(calls), String(rounds)];
  const { stdout } = await run(process.execPath, args, { env: { ...process.env, OTEL_SDK_DISABLED: '' } });
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as number[];
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

for (const [mode, calls, rounds] of [
  ['whole', 300, 7],
  ['stream', 25, 7],
] as const) {
  const samples: Record<string, number[]> = {};
  // Variants take turns, so that whatever else the machine does falls on all of them.
  for (let pass = 0; pass < (quick ? 2 : 5); pass += 1) {
    for (const variant of VARIANTS) (samples[variant] ??= []).push(...(await measure(variant, mode, calls, rounds)));
  }
  const base = median(samples['none']!);
  for (const variant of VARIANTS) {
    const us = median(samples[variant]!);
    const spread = samples[variant]!.toSorted((a, b) => a - b);
    console.log(
      mode.padEnd(7),
      variant.padEnd(9),
      `${us.toFixed(1)} us/call`,
      `[${spread[Math.floor(spread.length * 0.25)]!.toFixed(0)}..${spread[Math.floor(spread.length * 0.75)]!.toFixed(0)}]`,
      `added ${(us - base).toFixed(1)}`,
      mode === 'stream' ? `${((us - base) / CHUNKS).toFixed(2)} us/chunk` : '',
    );
  }
}
server.disconnect();
