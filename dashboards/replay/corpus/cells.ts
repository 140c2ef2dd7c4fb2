import { CONDITIONS, type Condition } from './conditions.ts';
import type { Playable } from './playable.ts';
import { createRandom } from './random.ts';
import { MINUTE, SECOND, type Service, type StatusPage, type Traffic, type World } from './world.ts';

export const SHARES = [0.05, 0.2, 1] as const;
export const RATES = [1, 10, 100] as const;
export const SCOPES = ['one model', 'all models'] as const;

/** A condition at some share of the calls of one model or of both, at some pace. */
export interface Cell {
  readonly condition: Condition;
  readonly share: (typeof SHARES)[number];
  readonly scope: (typeof SCOPES)[number];
  /** Calls a minute to each model. */
  readonly perMinute: (typeof RATES)[number];
  /** Tells the same cell played again from the first time. */
  readonly take: number;
}

export const CELLS: readonly Omit<Cell, 'take'>[] = CONDITIONS.flatMap((condition) =>
  SHARES.flatMap((share) =>
    SCOPES.flatMap((scope) => RATES.map((perMinute) => ({ condition, share, scope, perMinute }))),
  ),
);

const cellName = ({ condition, share, scope, perMinute, take }: Cell): string =>
  `${condition.fault}/${share}/${scope}/${perMinute}/${take}`;

/** How long all is well before: long enough for what is usual to be known, which is looked up an hour ago. */
export const WARM_UP = 75 * MINUTE;

/** How long the trouble lasts: where calls are few, it has to last for anything to be seen of it. */
export const troubleOf = ({ perMinute }: Pick<Cell, 'perMinute'>): number => (perMinute < 10 ? 60 : 30) * MINUTE;

const PROCESSES = 2;
const MODELS = ['model-a', 'model-b'] as const;

/** A cell as it stands in a world: when its trouble begins, and by which labels its alerts are known. */
export interface PlacedCell {
  readonly cell: Cell;
  readonly provider: string;
  readonly job: string;
  readonly useCases: readonly string[];
  readonly tasks: readonly string[];
  readonly begins: number;
}

/**
 * Cells side by side. Each has a provider, a service and use cases of its own, and there is no rule that looks across two
 * providers or two use cases, so none of them knows of another.
 */
export function worldOfCells(
  cells: readonly Cell[],
  playable: Playable,
  {
    seed,
    scrapedEvery,
    from,
    isPlayed = () => true,
  }: {
    readonly seed: string;
    readonly scrapedEvery: number;
    readonly from: number;
    /** Those of them that are: each is what it is among all. */
    readonly isPlayed?: (cell: Cell) => boolean;
  },
): { readonly world: World; readonly placed: readonly PlacedCell[] } {
  const services: Service[] = [];
  const pages: StatusPage[] = [];
  const placed = cells.flatMap((cell, index): readonly PlacedCell[] => {
    if (!isPlayed(cell)) return [];
    const random = createRandom(seed, cellName(cell));
    const provider = `provider-${index}`;
    // At no particular moment of any interval.
    const begins = from + WARM_UP + Math.floor(random.next() * MINUTE);
    const traffic = MODELS.map((model, which) =>
      trafficOf(cell, playable, { provider, model, index, begins, isHit: which === 0 || cell.scope === 'all models' }),
    );
    const lives = Array.from({ length: PROCESSES }, (_, process) => ({
      instance: `service-${index}-${process}`,
      from,
      to: Infinity,
    }));
    services.push({ traffic, lives });
    pages.push({ vendor: `vendor-${index}`, provider });
    return [
      {
        cell,
        provider,
        job: `service-${index}`,
        useCases: traffic.map(({ useCase }) => useCase),
        tasks: traffic.map(({ task }) => task),
        begins,
      },
    ];
  });
  const to = from + WARM_UP + MINUTE + Math.max(...cells.map(troubleOf));
  return { world: { seed, from, to, scrapedEvery, services, pages }, placed };
}

function trafficOf(
  { condition: { fault, modes }, share, perMinute }: Cell,
  playable: Playable,
  at: {
    readonly provider: string;
    readonly model: string;
    readonly index: number;
    readonly begins: number;
    readonly isHit: boolean;
  },
): Traffic {
  const kinds = modes.map((mode) => {
    const streaming = mode === 'streamed';
    return { healthy: playable.calls('healthy', streaming), faulty: playable.calls(fault, streaming) };
  });
  return {
    job: `service-${at.index}`,
    provider: at.provider,
    model: at.model,
    useCase: `use-case-${at.index}-${at.model}`,
    task: `task-${at.index}-${at.model}`,
    perMinute: () => perMinute,
    fate: (made, random) => {
      const { healthy, faulty } = random.pick(kinds);
      const isBad = at.isHit && made >= at.begins && random.next() < share;
      return random.pick(isBad ? faulty : healthy);
    },
  };
}

/** An hour that is no day's and no scrape's beginning. */
export const EPOCH = Date.UTC(2026, 0, 5) + 17 * SECOND;
