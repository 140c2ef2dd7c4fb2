import type { Category, Severity } from '../src/alerts/categories.ts';
import type { AlertName } from '../src/alerts/alerts.ts';
import { labelName } from '../src/promql/labels.ts';
import type { Cell, PlacedCell } from './corpus/cells.ts';
import type { Transition } from './evaluate.ts';

/** An alert, and how long after the trouble began it fired first. */
export interface Told {
  readonly alert: AlertName;
  readonly category: Category;
  readonly severity: Severity;
  readonly seconds: number;
}

/** What was told of a cell: each alert once, the first one first. */
export interface CellResult {
  readonly fault: string;
  readonly share: Cell['share'];
  readonly scope: Cell['scope'];
  readonly perMinute: Cell['perMinute'];
  readonly take: number;
  readonly told: readonly Told[];
  /** Alerts that fired while all was well. */
  readonly early: readonly AlertName[];
}

/** An alert of a day on which nothing happened. */
export interface FalseAlarm {
  readonly alert: AlertName;
  readonly severity: Severity;
  /** Seconds from the beginning of the days. */
  readonly at: number;
  readonly labels: Readonly<Partial<Record<string, string>>>;
}

export function scoreCells(placed: readonly PlacedCell[], transitions: readonly Transition[]): readonly CellResult[] {
  const byOwner = Map.groupBy(
    transitions.filter(({ state }) => state === 'firing'),
    ({ labels }) => labels[PROVIDER] ?? labels[USE_CASE] ?? labels[TASK] ?? labels['job'],
  );
  return placed.map(({ cell, provider, useCases, tasks, job, begins }) => {
    const fired = [provider, ...useCases, ...tasks, job]
      .flatMap((owner) => byOwner.get(owner) ?? [])
      .toSorted((a, b) => a.at - b.at);
    const told = new Map<string, Told>();
    const early = new Set<AlertName>();
    for (const { at, labels } of fired) {
      const { alert, category, severity } = named(labels);
      if (at < begins) early.add(alert);
      else if (!told.has(`${alert} ${severity}`))
        told.set(`${alert} ${severity}`, { alert, category, severity, seconds: Math.round((at - begins) / 1000) });
    }
    const { share, scope, perMinute, take } = cell;
    return {
      fault: cell.condition.fault,
      share,
      scope,
      perMinute,
      take,
      told: [...told.values()],
      early: [...early],
    };
  });
}

export const scoreHealthy = (from: number, transitions: readonly Transition[]): readonly FalseAlarm[] =>
  transitions
    .filter(({ state }) => state === 'firing')
    .map(({ at, labels }) => {
      const { alert, severity } = named(labels);
      return { alert, severity, at: Math.round((at - from) / 1000), labels };
    });

const [PROVIDER, USE_CASE, TASK] = [labelName('providerName'), labelName('useCase'), labelName('task')];

const named = (labels: Transition['labels']) => ({
  alert: labels[labelName('alertName')] as AlertName,
  category: labels[labelName('category')] as Category,
  severity: labels[labelName('severity')] as Severity,
});
