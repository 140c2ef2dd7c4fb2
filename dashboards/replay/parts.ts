import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CELLS, EPOCH, RATES, SHARES, worldOfCells, type Cell } from './corpus/cells.ts';
import { HEALTHY_DAYS, healthyWorld } from './corpus/healthy.ts';
import { playable, type Playable } from './corpus/playable.ts';
import { SECOND } from './corpus/world.ts';
import { parseRecording } from './record/recording.ts';
import { replayWorld } from './replay-world.ts';
import { READ_BY_RULES } from './rules.ts';
import { count, percent } from './page/words.ts';
import { scoreCells, scoreHealthy, type CellResult, type FalseAlarm } from './score.ts';

export const RECORDED_CALLS = join(import.meta.dirname, 'recorded-calls.jsonl');

/** As rarely as the rules allow, and as often as OpenTelemetry's exporters send where nobody says otherwise. */
export const SCRAPED_EVERY = 60 * SECOND;

/** As often as many a Prometheus reads: what is gained by it is played for the target alone. */
export const SCRAPED_OFTEN = 15 * SECOND;

/** How often the cells of the target are played, each time with other calls, moments and groups' offsets. */
export const TARGET_TAKES = 3;

export interface PartResult {
  readonly cells?: readonly CellResult[];
  /** Cells whose metrics were read every 15 seconds. */
  readonly often?: readonly CellResult[];
  readonly healthy?: { readonly days: number; readonly alarms: readonly FalseAlarm[] };
}

/** A piece of the corpus that is evaluated in one storage. */
export interface Part {
  readonly name: string;
  readonly about: string;
  readonly hasCells: boolean;
  readonly run: (evaluator: string, onProgress: (share: number) => void) => Promise<PartResult>;
}

/** The share and the pace that the target is about. */
export const isTarget = ({ share, perMinute }: Pick<Cell, 'share' | 'perMinute'>): boolean =>
  share === 0.2 && perMinute === 10;

export interface PartsOptions {
  /** How long the healthy month is. */
  readonly days?: number | undefined;
  /** Whether the cells of a fault are played: without the others they tell the same. */
  readonly isPlayed?: (fault: string) => boolean;
}

export function parts({ days = HEALTHY_DAYS, isPlayed = () => true }: PartsOptions = {}): readonly Part[] {
  const load = loader();
  const play = async (
    seed: string,
    cells: readonly Cell[],
    scrapedEvery: number,
    ...[evaluator, onProgress]: Parameters<Part['run']>
  ): Promise<readonly CellResult[]> => {
    const calls = load();
    const { world, placed } = worldOfCells(cells, calls, {
      seed,
      scrapedEvery,
      from: EPOCH,
      isPlayed: ({ condition }) => isPlayed(condition.fault),
    });
    return scoreCells(placed, await replayWorld(evaluator, world, calls, onProgress));
  };
  const cellPart = (name: string, about: string, cells: readonly Cell[]): Part => ({
    name,
    about,
    hasCells: true,
    run: async (...how) => ({ cells: await play(name, cells, SCRAPED_EVERY, ...how) }),
  });
  const takes = Array.from({ length: TARGET_TAKES }, (_, take) => ({
    number: take + 1,
    cells: CELLS.filter(isTarget).map((cell) => ({ ...cell, take })),
  }));
  return [
    {
      // First, since it takes the longest: everything else is played beside it.
      name: 'healthy',
      about: `${count(days, 'day')} on end on which nothing happens`,
      hasCells: false,
      async run(evaluator, onProgress) {
        const calls = load();
        const world = healthyWorld(calls, { seed: 'healthy', scrapedEvery: SCRAPED_EVERY, days });
        const transitions = await replayWorld(evaluator, world, calls, onProgress);
        return { healthy: { days, alarms: scoreHealthy(world.from, transitions) } };
      },
    },
    ...takes.map(({ number, cells }) =>
      cellPart(`target-${number}`, 'every fault at 20 % and 10 calls a minute', cells),
    ),
    ...takes.map(({ number, cells }): Part => {
      const name = `target-often-${number}`;
      return {
        name,
        about: 'the same, with metrics read every 15 seconds',
        hasCells: true,
        run: async (...how) => ({ often: await play(name, cells, SCRAPED_OFTEN, ...how) }),
      };
    }),
    ...SHARES.flatMap((share) =>
      RATES.filter((perMinute) => !isTarget({ share, perMinute })).map((perMinute) =>
        cellPart(
          `${share * 100}-percent-at-${perMinute}`,
          `every fault at ${percent(share)} and ${count(perMinute, 'call')} a minute`,
          CELLS.filter((cell) => cell.share === share && cell.perMinute === perMinute).map((cell) => ({
            ...cell,
            take: 0,
          })),
        ),
      ),
    ),
  ];
}

/** The recorded calls, read when they are needed first. */
function loader(): () => Playable {
  let loaded: Playable | undefined;
  return () => {
    loaded ??= playable(parseRecording(readFileSync(RECORDED_CALLS, 'utf8')), (name) => READ_BY_RULES.has(name));
    return loaded;
  };
}
