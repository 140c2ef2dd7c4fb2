import { runNode, scriptApplication } from './run-process.ts';
import type { Bench } from './run-process.ts';
import { nodeArguments } from './variants.ts';
import type { Variant } from './variants.ts';

/** What a process occupies after a collection, bytes. `heap` is V8's, `external` what its objects hold outside of it. */
interface Occupied {
  readonly heap: number;
  readonly external: number;
  readonly rss: number;
}

export interface MemoryRow {
  readonly variant: Variant;
  readonly streams: number;
  /** How many chunks every one of the streams had received. */
  readonly chunks: number;
  /** Heap and external memory per stream, above the process before its first stream; bytes. */
  readonly perStream: number;
  /** What of it is more than without instrumentation, bytes. */
  readonly addedPerStream: number;
  /** Resident set of the whole process, bytes. */
  readonly rss: number;
}

const COMPARED = ['none', 'peer', 'brownout'] as const satisfies Variant[];
const MARKS = [100, 1_000, 5_000];

export async function measureMemory(
  bench: Bench,
  streams: number,
  progress: (text: string) => void,
): Promise<MemoryRow[]> {
  const samples: Partial<Record<Variant, readonly Occupied[]>> = {};
  for (const variant of COMPARED) {
    progress(`memory of ${streams} streams held open: ${variant}`);
    const numbers = [bench.port, streams, ...MARKS].map(String);
    const script = scriptApplication(bench, 'memory-workload.ts');
    const args = ['--expose-gc', ...nodeArguments(variant), script, variant, ...numbers];
    samples[variant] = (await runNode(bench.port, args)) as Occupied[];
  }
  const perStream = (variant: Variant, mark: number): number => {
    const [before, after] = [samples[variant]?.[0], samples[variant]?.[mark + 1]];
    if (before === undefined || after === undefined) return Number.NaN;
    return (after.heap + after.external - before.heap - before.external) / streams;
  };
  return MARKS.flatMap((chunks, mark) =>
    COMPARED.map((variant) => ({
      variant,
      streams,
      chunks,
      perStream: perStream(variant, mark),
      addedPerStream: perStream(variant, mark) - perStream('none', mark),
      rss: samples[variant]?.[mark + 1]?.rss ?? Number.NaN,
    })),
  );
}
