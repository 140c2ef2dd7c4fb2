import { readFileSync } from 'node:fs';
import { FAULT_NAMES } from '@brownout/simulator';
import { expect, test } from 'vitest';
import { CELLS, EPOCH, worldOfCells } from '../replay/corpus/cells.ts';
import { CONDITIONS } from '../replay/corpus/conditions.ts';
import { playable } from '../replay/corpus/playable.ts';
import { HEALTHY_DAYS } from '../replay/corpus/healthy.ts';
import { createRandom } from '../replay/corpus/random.ts';
import { startProcess, type Script } from '../replay/corpus/scraped-process.ts';
import { MINUTE, SECOND } from '../replay/corpus/world.ts';
import { isTarget, parts, RECORDED_CALLS, TARGET_TAKES } from '../replay/parts.ts';
import { parseRecording } from '../replay/record/recording.ts';
import { readResults } from '../replay/results.ts';
import { livingRules, READ_BY_RULES } from '../replay/rules.ts';
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
  expect(healthy.days).toBe(HEALTHY_DAYS);
});

test('every unusable condition has a category that an alert on it must have', () => {
  const without = CONDITIONS.filter(({ gravity, categories }) => gravity === 'unusable' && categories.length === 0);
  expect(without).toEqual([]);
});

test('no page on healthy days', () => {
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

const calls = playable(parseRecording(readFileSync(RECORDED_CALLS, 'utf8')), (name) => READ_BY_RULES.has(name));
const CALLER = { job: 'shop', provider: 'openai', model: 'gpt', useCase: 'triage', task: 'answer' };

/** A process, and what it tells at a moment of series with some labels. */
function playedProcess() {
  type Line = { readonly series?: { readonly labels: Readonly<Record<string, string>> } } & Readonly<
    Partial<Record<'add' | 'set', readonly number[]>>
  >;
  const lines: Line[] = [];
  const series: Readonly<Record<string, string>>[] = [];
  const script: Script = {
    write: (line: Line) => void (line.series === undefined ? lines.push(line) : series.push(line.series.labels)),
    newTarget: () => 0,
    newSeries: () => series.length,
  };
  const process = startProcess(script, calls, { instance: 'shop-1', at: 0, every: MINUTE });
  return {
    ended(fault: string, at: number) {
      const [call] = calls.calls(fault, false);
      if (call === undefined) throw new Error(`no call of ${fault} was recorded`);
      process.ended(CALLER, call, at);
    },
    tell(at: number, how: 'add' | 'set', labels: Readonly<Record<string, string>>): readonly number[] {
      lines.length = 0;
      process.tell(at);
      const isMeant = (id = -1): boolean => Object.entries(labels).every(([key, value]) => series[id]?.[key] === value);
      return lines.flatMap(({ [how]: pairs = [] }) =>
        pairs.filter((_, index) => index % 2 === 1 && isMeant(pairs[index - 1])),
      );
    },
  };
}

test('a rate limit that was used up is full again when its window has ended', () => {
  const process = playedProcess();
  const left = (at: number) =>
    process.tell(at, 'set', {
      __name__: 'brownout_rate_limit_remaining_ratio',
      brownout_rate_limit_resource: 'requests',
    });
  process.ended('rate_limited', 0);
  expect(left(30 * SECOND)).toEqual([0]);
  expect(left(59 * SECOND)).toEqual([]);
  expect(left(90 * SECOND)).toEqual([1]);
  expect(left(150 * SECOND)).toEqual([]);
});

test('an answer of unusual length is told by a process that knows a hundred others', () => {
  const process = playedProcess();
  const outliers = (at: number) =>
    process
      .tell(at, 'add', { __name__: 'brownout_output_anomalies_total', brownout_anomaly: 'length_outlier' })
      .reduce((sum, value) => sum + value, 0);
  process.ended('overlong_answer', 0);
  for (let call = 0; call < 99; call += 1) process.ended('healthy', 0);
  expect(outliers(MINUTE)).toBe(0);
  process.ended('healthy', MINUTE);
  process.ended('overlong_answer', MINUTE);
  // It cannot be used, and is not compared.
  process.ended('refusal', MINUTE);
  expect(outliers(2 * MINUTE)).toBe(1);
});

test('a cell that is played without the others is what it is among them', () => {
  const all = CELLS.filter(isTarget).map((cell) => ({ ...cell, take: 0 }));
  const placedOf = (fault?: string) =>
    worldOfCells(all, calls, {
      seed: 'a',
      scrapedEvery: MINUTE,
      from: EPOCH,
      ...(fault !== undefined && { isPlayed: ({ condition }) => condition.fault === fault }),
    }).placed;
  const alone = placedOf('refusal');
  expect(alone).toHaveLength(2);
  expect(alone).toEqual(placedOf().filter(({ cell }) => cell.condition.fault === 'refusal'));
});

test('parts have names of their own', () => {
  const names = parts().map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
