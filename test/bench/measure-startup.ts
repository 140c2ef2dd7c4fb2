import { createRequire } from 'node:module';
import { runNode } from './run-process.ts';
import type { Bench } from './run-process.ts';
import { quartiles } from './statistics.ts';
import type { Quartiles } from './statistics.ts';

export interface StartupRow {
  readonly start: Start;
  /** From the start of the process to the first line of the application, ms. */
  readonly wall: Quartiles;
  /** Processor time over the same span, all threads, ms. */
  readonly cpu: Quartiles;
}

const { resolve } = createRequire(import.meta.url);
const AUTO_NAME = '@opentelemetry/auto-instrumentations-node';
const AUTO_FILE = resolve(AUTO_NAME);
const AUTO_FOLDER = AUTO_FILE.slice(0, AUTO_FILE.lastIndexOf(AUTO_NAME) + AUTO_NAME.length);
const PRELOAD = ['--require', resolve('@brownout/preload')];
const AUTO = ['--require', resolve(`${AUTO_NAME}/register`)];

/** Ways to start one and the same application of one line. */
export const STARTS = {
  bare: { title: 'node', args: [] },
  preload: { title: '--require @brownout/preload', args: PRELOAD },
  auto: { title: '--require @opentelemetry/auto-instrumentations-node/register', args: AUTO },
  preloadBesideAuto: {
    title: '--require @brownout/preload, auto-instrumentations-node installed beside the application',
    args: PRELOAD,
    besideAuto: true,
  },
  preloadDisabled: {
    title: 'the preload with OTEL_SDK_DISABLED=true',
    args: PRELOAD,
    environment: { OTEL_SDK_DISABLED: 'true' },
  },
  autoDisabled: {
    title: 'auto-instrumentations-node/register with OTEL_SDK_DISABLED=true',
    args: AUTO,
    environment: { OTEL_SDK_DISABLED: 'true' },
  },
} as const satisfies Record<string, StartRow>;

export type Start = keyof typeof STARTS;

interface StartRow {
  readonly title: string;
  readonly args: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  readonly besideAuto?: true;
}

/** The first line of an application. */
const SOURCE = `const { user, system } = process.cpuUsage();
console.log(JSON.stringify({ wall: performance.now(), cpu: (user + system) / 1000 }));
`;

export async function measureStartup(
  bench: Bench,
  times: number,
  progress: (text: string) => void,
): Promise<StartupRow[]> {
  const rows = Object.entries<StartRow>(STARTS).map(([start, row]) => ({
    ...row,
    start: start as Start,
    application: row.besideAuto
      ? bench.applicationBeside(AUTO_FOLDER, 'start.cjs', SOURCE)
      : bench.application('start.cjs', SOURCE),
    taken: [] as { wall: number; cpu: number }[],
  }));
  for (let time = 0; time < times; time += 1) {
    progress(`start-up, ${time + 1} of ${times}`);
    for (const { args, application, environment, taken } of rows) {
      taken.push((await runNode(bench.port, [...args, application], environment)) as { wall: number; cpu: number });
    }
  }
  return rows.map(({ start, taken }) => ({
    start,
    wall: quartiles(taken.map(({ wall }) => wall)),
    cpu: quartiles(taken.map(({ cpu }) => cpu)),
  }));
}
