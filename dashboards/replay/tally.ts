import type { AlertName } from '../src/alerts/alerts.ts';
import { CONDITIONS, type Condition } from './corpus/conditions.ts';
import type { CellResult, Told } from './score.ts';

/** What is told of a condition within this counts as told in time. */
export const IN_TIME_SECONDS = 300;

const BY_FAULT = new Map(CONDITIONS.map((condition) => [condition.fault as string, condition]));

export function conditionOf({ fault }: Pick<CellResult, 'fault'>): Condition {
  const condition = BY_FAULT.get(fault);
  if (condition === undefined) throw new Error(`${fault} is no fault of the simulator: run the replay again`);
  return condition;
}

/** The first alert that is about what is wrong. */
export const rightlyTold = (cell: CellResult): Told | undefined =>
  cell.told.find(({ category }) => (conditionOf(cell).categories as readonly string[]).includes(category));

/** The first alert that wakes somebody up, whatever it is about. */
export const firstPage = ({ told }: CellResult): Told | undefined =>
  told.find(({ severity }) => severity === 'critical');

/** Delays of some cells, in seconds; a cell of which nothing right was told is none of them. */
export interface Tally {
  readonly cells: number;
  readonly told: number;
  readonly inTime: number;
  readonly median: number | undefined;
  readonly worst: number | undefined;
  /** Which alerts told it first, the most frequent first. */
  readonly alerts: readonly AlertName[];
}

/** @param which alert of a cell counts */
export function tally(
  cells: readonly CellResult[],
  which: (cell: CellResult) => Told | undefined = rightlyTold,
): Tally {
  const told = cells.flatMap((cell) => which(cell) ?? []);
  const delays = told.map(({ seconds }) => seconds).toSorted((a, b) => a - b);
  const counts = Map.groupBy(told, ({ alert }) => alert);
  return {
    cells: cells.length,
    told: told.length,
    inTime: delays.filter((seconds) => seconds <= IN_TIME_SECONDS).length,
    median: medianOf(delays),
    worst: delays.at(-1),
    alerts: [...counts].toSorted(([, a], [, b]) => b.length - a.length).map(([alert]) => alert),
  };
}

function medianOf(sorted: readonly number[]): number | undefined {
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? undefined : Math.round((low + high) / 2);
}
