import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAULT_NAMES, type FaultName } from '@brownout/simulator';
import type { PartResult } from './parts.ts';
import type { CellResult, FalseAlarm } from './score.ts';

/** What the replay gave, part by part. It is written by `pnpm replay`, and `docs/detection.md` is made from it. */
export interface Results {
  readonly cells: readonly CellResult[];
  /** Cells whose metrics were read more often. */
  readonly often: readonly CellResult[];
  readonly healthy: { readonly days: number; readonly alarms: readonly FalseAlarm[] };
}

type Line =
  | { readonly part: string; readonly days: number; readonly alarms: readonly FalseAlarm[] }
  | ({ readonly part: string; readonly often?: true } & CellResult);

export const RESULTS = join(import.meta.dirname, 'results.jsonl');

const readLines = (): readonly Line[] =>
  readFileSync(RESULTS, { encoding: 'utf8', flag: 'a+' })
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);

export function readResults(): Results {
  const lines = readLines();
  const healthy = lines.flatMap((line) => ('alarms' in line ? [line] : []));
  const cells = lines.flatMap((line) => ('alarms' in line ? [] : [line]));
  return {
    cells: cells.filter(({ often }) => often === undefined),
    often: cells.filter(({ often }) => often === true),
    healthy: {
      days: healthy.reduce((sum, { days }) => sum + days, 0),
      alarms: healthy.flatMap(({ alarms }) => alarms),
    },
  };
}

/**
 * Puts what parts gave in the place of what they gave before. A line each, so that a change is seen where it is.
 *
 * @param isPlayed whether the cells of a fault were played: the others stay as they were
 */
export function keepResults(
  results: ReadonlyMap<string, PartResult>,
  order: readonly string[],
  isPlayed: (fault: string) => boolean,
): void {
  const fresh = [...results].flatMap(([part, { cells = [], often = [], healthy }]): readonly Line[] => [
    ...(healthy === undefined ? [] : [{ part, ...healthy }]),
    ...cells.map((cell) => ({ part, ...cell })),
    ...often.map((cell) => ({ part, often: true as const, ...cell })),
  ]);
  const kept = readLines().filter(
    (line) => order.includes(line.part) && (!results.has(line.part) || ('fault' in line && !isPlayed(line.fault))),
  );
  const placeOf = (line: Line): number => ('fault' in line ? FAULT_NAMES.indexOf(line.fault as FaultName) : 0);
  const lines = [...kept, ...fresh].toSorted(
    (a, b) => order.indexOf(a.part) - order.indexOf(b.part) || placeOf(a) - placeOf(b),
  );
  writeFileSync(RESULTS, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}
