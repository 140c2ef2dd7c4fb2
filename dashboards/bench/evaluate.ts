import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { startPrometheus } from '../../tools/programs/start-program.ts';
import { RECORDING_GROUPS } from '../src/recording/groups.ts';
import type { RuleGroup } from '../src/render/rule-groups.ts';
import { arrivingSeries, asText, recordedSeries } from './fleet.ts';

/** What one evaluation of every rule took. */
export interface Cost {
  readonly combinations: number;
  /** Series that arrive. */
  readonly series: number;
  /** Processor time of each group, in milliseconds. */
  readonly groups: Readonly<Record<string, number>>;
  readonly milliseconds: number;
}

interface Programs {
  readonly prometheus: string;
  readonly promtool: string;
}

const run = promisify(execFile);
const RECORDED = Object.values(RECORDING_GROUPS).flat();

/** A moment with a full hour behind it, long ago: nothing here looks at the clock. */
const NOW = Date.UTC(2026, 0, 20, 12, 0, 0) / 1000;
const MINUTE = 60;
const DAY = 86_400;

/**
 * Evaluates every rule on a real Prometheus that has the series and the past which the rules look at, and reads the processor
 * time that it says it took: how busy the machine is hardly matters for it.
 */
export async function evaluate(
  programs: Programs,
  groups: readonly RuleGroup[],
  combinations: number,
  rounds: number,
): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), 'brownout-cost-'));
  try {
    await makePast(programs, groups, combinations, folder);
    const server = await startPrometheus({
      path: programs.prometheus,
      config: '{}',
      args: ['--query.max-samples=500000000'],
      prepare: (data) => cp(folder, data, { recursive: true }),
    });
    try {
      const millisecondsFor = async (expressions: readonly string[]): Promise<number> => {
        const evaluateAll = async (): Promise<void> => {
          // Counted, so that writing the answer down does not count.
          for (const expression of expressions) await ask(server.url, `count(${expression})`);
        };
        await evaluateAll();
        const before = await processorSeconds(server.url);
        for (let round = 0; round < rounds; round += 1) await evaluateAll();
        return ((await processorSeconds(server.url)) - before) * (1000 / rounds);
      };
      // To be asked over HTTP is no part of it.
      const asking = (await millisecondsFor(Array.from({ length: 100 }, () => 'vector(1)'))) / 100;
      const costs: Record<string, number> = {};
      for (const { name, rules } of groups)
        costs[name] = Math.max(0, (await millisecondsFor(rules.map(({ expr }) => expr))) - asking * rules.length);
      return {
        combinations,
        series: arrivingSeries(combinations).length,
        groups: costs,
        milliseconds: Object.values(costs).reduce((sum, one) => sum + one, 0),
      };
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What arrived in the last minutes, and what was recorded for as long as a rule looks back at it: a sample a minute. */
async function makePast(
  { prometheus, promtool }: Programs,
  groups: readonly RuleGroup[],
  combinations: number,
  folder: string,
): Promise<void> {
  const minutes = Array.from({ length: 8 }, (_, place) => NOW - (7 - place) * MINUTE);
  const once = RECORDED.map((one, place) =>
    asText(
      recordedSeries(one, combinations).map((series) => ({ ...series, name: `once_${place}` })),
      [NOW - 10 * DAY],
    ),
  );
  const work = await mkdtemp(join(tmpdir(), 'brownout-past-'));
  try {
    const text = join(work, 'series.txt');
    await writeFile(text, `${[asText(arrivingSeries(combinations), minutes), ...once].join('')}# EOF\n`);
    const blocks = ['tsdb', 'create-blocks-from', 'openmetrics', '--max-block-duration=264h', '-q', text, folder];
    await run(promtool, blocks, { maxBuffer: 1e8 });
    const server = await startPrometheus({
      path: prometheus,
      config: '{}',
      args: ['--query.max-samples=500000000'],
      prepare: (data) => cp(folder, data, { recursive: true }),
    });
    try {
      for (const [seconds, rules] of Map.groupBy(
        RECORDED.map(({ record }, place) => ({ record, expr: `last_over_time(once_${place}[11d])` })),
        ({ record }) => lookedBackAt(record, groups),
      )) {
        const file = join(work, 'past.yaml');
        await writeFile(file, stringify({ groups: [{ name: 'past', rules }] }));
        const from = ['--start', String(NOW - seconds), '--end', String(NOW), '--eval-interval', '1m'];
        const output = ['--output-dir', join(work, String(seconds)), '--url', server.url, file];
        await run(promtool, ['tsdb', 'create-blocks-from', 'rules', ...from, ...output], { maxBuffer: 1e8 });
        for (const block of await readdir(join(work, String(seconds))))
          await cp(join(work, String(seconds), block), join(folder, block), { recursive: true });
      }
    } finally {
      await server.stop();
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** For how many seconds a rule looks back at a series; a few minutes where it takes the last value. */
function lookedBackAt(record: string, groups: readonly RuleGroup[]): number {
  const looks = new RegExp(`${record}(?:\\{[^}]*\\})?\\[(\\w+)(?::\\w+)?\\](?: offset (\\w+))?`, 'g');
  const seconds = groups
    .flatMap(({ rules }) => rules)
    .flatMap(({ expr }) => [...expr.matchAll(looks)])
    .map(([, over = '', offset = '']) => secondsOf(over) + secondsOf(offset));
  return Math.max(5 * MINUTE, ...seconds);
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: MINUTE, h: 60 * MINUTE, d: DAY };

const secondsOf = (duration: string): number =>
  [...duration.matchAll(/(\d+)([smhd])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (SECONDS[unit ?? ''] ?? 0),
    0,
  );

async function ask(url: string, expression: string): Promise<void> {
  const response = await fetch(`${url}/api/v1/query`, {
    method: 'POST',
    body: new URLSearchParams({ query: expression, time: String(NOW) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${expression}\n${text}`);
}

async function processorSeconds(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const [, seconds] = /^process_cpu_seconds_total (\S+)$/m.exec(text) ?? [];
  if (seconds === undefined) throw new Error('Prometheus does not say what processor time it took.');
  return Number(seconds);
}
