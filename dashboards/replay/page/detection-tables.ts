import { ALERTS, type AlertName } from '../../src/alerts/alerts.ts';
import { code, table } from '../../src/render/markdown.ts';
import { RATES, SCOPES, SHARES } from '../corpus/cells.ts';
import { CONDITIONS, type Condition } from '../corpus/conditions.ts';
import { isTarget } from '../parts.ts';
import type { CellResult } from '../score.ts';
import { conditionOf, firstPage, type Tally, tally } from '../tally.ts';
import { count, delay, percent } from './words.ts';

/** Cells of conditions of one gravity, of which there is something to tell. */
export const byGravity = (cells: readonly CellResult[], gravity: Condition['gravity']): readonly CellResult[] =>
  cells.filter((cell) => conditionOf(cell).gravity === gravity && conditionOf(cell).categories.length > 0);

export function targetTable(cells: readonly CellResult[]): string {
  return table(
    ['Condition', 'Is', 'In time', 'Median', 'Slowest', 'Told by'],
    CONDITIONS.map((condition) => {
      const all = tally(cells.filter((cell) => isTarget(cell) && cell.fault === condition.fault));
      return [
        linked(condition),
        condition.gravity,
        condition.categories.length === 0 ? 'nothing to tell' : `${all.inTime} of ${all.cells}`,
        delay(all.median),
        delay(all.worst),
        all.alerts.map(runbook).join(', '),
      ];
    }),
  );
}

export function shareTable(cells: readonly CellResult[], share: CellResult['share']): string {
  const at = (condition: Condition, perMinute: CellResult['perMinute']): string =>
    SCOPES.map((scope) =>
      delay(
        tally(
          cells.filter(
            (cell) =>
              cell.fault === condition.fault &&
              cell.share === share &&
              cell.perMinute === perMinute &&
              cell.scope === scope,
          ),
        ).median,
      ),
    ).join(' / ');
  return table(
    ['Condition', ...RATES.map((rate) => `${count(rate, 'call')} a minute`)],
    CONDITIONS.filter(({ categories }) => categories.length > 0).map((condition) => [
      linked(condition),
      ...RATES.map((rate) => at(condition, rate)),
    ]),
  );
}

export function recallTable(cells: readonly CellResult[]): string {
  const shown = ({ cells: all, told, inTime }: Tally): string =>
    all === 0 ? '' : `${percent(told / all)} (${percent(inTime / all)})`;
  return table(
    ['Conditions', 'Share', ...RATES.map((rate) => `${count(rate, 'call')} a minute`)],
    (['unusable', 'degraded', 'usable'] as const).flatMap((gravity) =>
      SHARES.map((share) => [
        gravity,
        percent(share),
        ...RATES.map((perMinute) =>
          shown(
            tally(byGravity(cells, gravity).filter((cell) => cell.share === share && cell.perMinute === perMinute)),
          ),
        ),
      ]),
    ),
  );
}

export function pageTable(cells: readonly CellResult[]): string {
  const shown = ({ cells: all, told, median }: Tally): string =>
    `${told} of ${all}${told === 0 ? '' : `, ${delay(median)}`}`;
  return table(
    ['Share', ...RATES.map((rate) => `${count(rate, 'call')} a minute`)],
    SHARES.map((share) => [
      percent(share),
      ...RATES.map((perMinute) =>
        shown(
          tally(
            byGravity(cells, 'unusable').filter((cell) => cell.share === share && cell.perMinute === perMinute),
            firstPage,
          ),
        ),
      ),
    ]),
  );
}

const linked = ({ fault }: Condition): string => `[${code(fault)}](reference/faults.md#${fault})`;

export const runbook = (alert: AlertName): string =>
  `[${alert.replace('Brownout', '')}](../dashboards/runbooks/${alert}.md)${alert in ALERTS ? '' : ' (gone)'}`;
