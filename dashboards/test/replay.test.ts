import { FAULT_NAMES } from '@brownout/simulator';
import { expect, test } from 'vitest';
import { CELLS } from '../replay/corpus/cells.ts';
import { CONDITIONS } from '../replay/corpus/conditions.ts';
import { createRandom } from '../replay/corpus/random.ts';
import { isTarget, parts, TARGET_TAKES } from '../replay/parts.ts';
import { readResults } from '../replay/results.ts';
import { livingRules } from '../replay/rules.ts';
import { conditionOf, rightlyTold, tally } from '../replay/tally.ts';
import type { CellResult } from '../replay/score.ts';

const { cells, often, healthy } = readResults();

const keyOf = ({ fault, share, scope, perMinute, take }: CellResult | Omit<CellResult, 'told' | 'early'>): string =>
  [fault, share, scope, perMinute, take].join('/');

test('what was replayed is every fault of the simulator at every share, pace and scope, and nothing else', () => {
  const wanted = CELLS.flatMap(({ condition, ...cell }) =>
    Array.from({ length: isTarget(cell) ? TARGET_TAKES : 1 }, (_, take) =>
      keyOf({ ...cell, fault: condition.fault, take }),
    ),
  );
  expect(cells.map(keyOf).toSorted()).toEqual(wanted.toSorted());
  expect(often.map(keyOf).toSorted()).toEqual(cells.filter(isTarget).map(keyOf).toSorted());
  expect(new Set(CONDITIONS.map(({ fault }) => fault))).toEqual(new Set(FAULT_NAMES));
  expect(healthy.days).toBe(30);
});

test('every unusable condition has a category that an alert on it must have', () => {
  const without = CONDITIONS.filter(({ gravity, categories }) => gravity === 'unusable' && categories.length === 0);
  expect(without).toEqual([]);
});

test('no page on thirty healthy days', () => {
  expect(healthy.alarms.filter(({ severity }) => severity === 'critical')).toEqual([]);
});

test('every unusable condition at 20 % and 10 calls a minute is told, by half of the takes within five minutes', () => {
  for (const { fault, gravity } of CONDITIONS) {
    const target = tally(cells.filter((cell) => isTarget(cell) && cell.fault === fault));
    if (gravity !== 'unusable') continue;
    expect(target.told, fault).toBe(target.cells);
    expect(target.median, fault).toBeLessThanOrEqual(300);
  }
});

test('what is told of another category does not count', () => {
  const [cell] = cells.filter((one) => one.fault === 'stall' && one.share === 1);
  if (cell === undefined) throw new Error('there is no such cell');
  const told = [
    { alert: 'BrownoutGrayFailure', category: 'vendor_status', severity: 'warning', seconds: 60 },
    { alert: 'BrownoutStreamsStalling', category: 'stalled', severity: 'warning', seconds: 90 },
  ] as const;
  expect(conditionOf(cell).categories).toEqual(['stalled']);
  expect(rightlyTold({ ...cell, told })?.seconds).toBe(90);
  expect(rightlyTold({ ...cell, told: told.slice(0, 1) })).toBeUndefined();
  expect(
    tally([
      { ...cell, told },
      { ...cell, told: [] },
    ]),
  ).toMatchObject({ cells: 2, told: 1, inTime: 1, median: 90 });
});

test('the corpus is the same for the same seed, and as many calls come as are expected', () => {
  const draw = (seed: string): readonly number[] => {
    const random = createRandom(seed);
    return Array.from({ length: 2000 }, () => random.poisson(100));
  };
  expect(draw('a')).toEqual(draw('a'));
  expect(draw('a')).not.toEqual(draw('b'));
  const counts = draw('a');
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
  expect(mean).toBeGreaterThan(99);
  expect(mean).toBeLessThan(101);
  expect(variance).toBeGreaterThan(90);
  expect(variance).toBeLessThan(110);
});

test('only rules are left out of which no series can come', () => {
  const rule = (record: string, expr: string) => ({ record, expr });
  const groups = [
    { name: 'a', interval: '1m', rules: [rule('x:a', 'sum(rate(a[5m]))'), rule('x:b', 'sum(rate(b[5m]))')] },
    { name: 'b', interval: '1m', rules: [rule('x:c', 'x:b'), rule('x:d', 'x:b or x:a'), rule('x:e', 'x:d > 1')] },
    { name: 'c', interval: '1m', rules: [rule('x:f', 'x:c * 2')] },
  ];
  const living = livingRules(groups, (name) => name === 'a').flatMap((group) => group.rules);
  expect(living.map((one) => 'record' in one && one.record)).toEqual(['x:a', 'x:d', 'x:e']);
});

test('parts have names of their own', () => {
  const names = parts().map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
