import { countInstructions, runNode, scriptApplication } from './run-process.ts';
import type { Bench } from './run-process.ts';
import { quartiles } from './statistics.ts';
import type { Quartiles } from './statistics.ts';
import { nodeArguments, VARIANTS } from './variants.ts';
import type { Variant } from './variants.ts';

export interface CostRow {
  readonly transport: Transport;
  readonly unit: Unit;
  readonly variant: Variant;
  /** Processor time, µs per unit. */
  readonly cpu: Quartiles;
  /** What of it is more than without instrumentation, µs: difference of the medians. */
  readonly added: number;
  /** The same in thousands of instructions, which no load of the machine changes; `undefined` where they cannot be counted. */
  readonly addedKiloInstructions: number | undefined;
}

type Transport = 'sockets' | 'memory';
type Unit = 'call' | 'stream' | 'chunk';

/** The kinds of call that are made. A chunk costs what a long stream costs more than a short one, by their difference in length. */
const SHAPES = {
  whole: { chunks: 0, calls: 200 },
  short: { chunks: 50, calls: 40 },
  long: { chunks: 450, calls: 10 },
} as const;
type Shape = keyof typeof SHAPES;
const MORE_CHUNKS = SHAPES.long.chunks - SHAPES.short.chunks;

const UNITS: Readonly<Record<Unit, (of: Readonly<Record<Shape, number>>) => number>> = {
  call: ({ whole }) => whole,
  stream: ({ short }) => short,
  chunk: ({ long, short }) => (long - short) / MORE_CHUNKS,
};

/** A preload is there before the stand-in for the network could be, so it is measured over sockets only. */
const variantsOver = (transport: Transport): Variant[] =>
  (Object.keys(VARIANTS) as Variant[]).filter(
    (variant) => transport === 'sockets' || VARIANTS[variant].setup === 'in-process',
  );

export interface Effort {
  readonly passes: number;
  readonly rounds: number;
  /** How often instructions are counted, where they can be. */
  readonly counts: number;
}

export async function measureCost(bench: Bench, effort: Effort, progress: (text: string) => void): Promise<CostRow[]> {
  const rows: CostRow[] = [];
  for (const transport of ['sockets', 'memory'] as const) {
    const variants = variantsOver(transport);
    const times = await collect(effort.passes, variants, async (variant, shape, pass) => {
      progress(`cost over ${transport}, pass ${pass + 1} of ${effort.passes}: ${variant}, ${shape}`);
      return (await runNode(bench.port, workload(bench, variant, transport, shape, effort.rounds))) as number[];
    });
    const instructions =
      transport === 'memory' ? await collectInstructions(bench, variants, effort.counts, progress) : undefined;
    for (const unit of Object.keys(UNITS) as Unit[]) {
      const none = quartiles(perUnit(times, 'none', unit)).median;
      const base = instructions && medianOf(perUnit(instructions, 'none', unit));
      for (const variant of variants) {
        const cpu = quartiles(perUnit(times, variant, unit));
        const counted = instructions && medianOf(perUnit(instructions, variant, unit));
        const addedKiloInstructions =
          counted === undefined || base === undefined ? undefined : (counted - base) / 1_000;
        rows.push({ transport, unit, variant, cpu, added: cpu.median - none, addedKiloInstructions });
      }
    }
  }
  return rows;
}

type Samples = ReadonlyMap<Variant, Readonly<Record<Shape, number[]>>>;

const emptySamples = (): Record<Shape, number[]> => ({ whole: [], short: [], long: [] });

/** Variants take turns, so that whatever else the machine does falls on all of them. */
async function collect(
  passes: number,
  variants: readonly Variant[],
  sample: (variant: Variant, shape: Shape, pass: number) => Promise<readonly number[]>,
): Promise<Samples> {
  const samples = new Map(variants.map((variant) => [variant, emptySamples()]));
  for (let pass = 0; pass < passes; pass += 1) {
    for (const shape of Object.keys(SHAPES) as Shape[]) {
      for (const [variant, byShape] of samples) byShape[shape].push(...(await sample(variant, shape, pass)));
    }
  }
  return samples;
}

function perUnit(samples: Samples, variant: Variant, unit: Unit): number[] {
  const { whole = [], short = [], long = [] } = samples.get(variant) ?? {};
  return whole.map((value, index) =>
    UNITS[unit]({ whole: value, short: short[index] ?? Number.NaN, long: long[index] ?? Number.NaN }),
  );
}

const COUNTED = { fewRounds: 4, manyRounds: 12 } as const;

/** Instructions per call. Two runs of different length, so that starting up and warming up cancel out. */
async function collectInstructions(
  bench: Bench,
  variants: readonly Variant[],
  counts: number,
  progress: (text: string) => void,
): Promise<Samples | undefined> {
  if ((await countInstructions(bench.port, ['--version'])) === undefined) return undefined;
  return collect(counts, variants, async (variant, shape, pass) => {
    progress(`instructions, pass ${pass + 1} of ${counts}: ${variant}, ${shape}`);
    const count = (rounds: number): Promise<number | undefined> =>
      countInstructions(bench.port, workload(bench, variant, 'memory', shape, rounds));
    const [few = Number.NaN, many = Number.NaN] = [await count(COUNTED.fewRounds), await count(COUNTED.manyRounds)];
    return [(many - few) / ((COUNTED.manyRounds - COUNTED.fewRounds) * SHAPES[shape].calls)];
  });
}

function workload(bench: Bench, variant: Variant, transport: Transport, shape: Shape, rounds: number): string[] {
  const { chunks, calls } = SHAPES[shape];
  const numbers = [chunks, calls, rounds].map(String);
  return [
    ...nodeArguments(variant),
    scriptApplication(bench, 'workload.ts'),
    variant,
    String(bench.port),
    transport,
    ...numbers,
  ];
}

function medianOf(values: readonly number[]): number {
  return quartiles(values).median;
}
