import { expect, test } from 'vitest';
import { SECOND } from '../replay/corpus/world.ts';
import { evaluate } from '../replay/evaluate.ts';
import { findEvaluator } from '../replay/find-evaluator.ts';
import { parts } from '../replay/parts.ts';
import { readResults } from '../replay/results.ts';
import { conditionOf, tally } from '../replay/tally.ts';
import { ALERTS, type AlertName } from '../src/alerts/alerts.ts';
import { labelName, type LabelId } from '../src/promql/labels.ts';
import { metricSeries } from '../src/promql/series.ts';
import { SCENARIOS } from './scenarios/scenarios.ts';
import type { Scenario } from './support/scenario.ts';

// Minutes each: for `pnpm test:rules` alone.
const evaluator = await findEvaluator();
const MINUTE = 60 * SECOND;
const RULES = ['recording', 'alerts'].map((name) => `${import.meta.dirname}/../prometheus/brownout-${name}.yaml`);

const part = (name: string, days?: number) => {
  const found = parts({ days }).find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no part ${name}`);
  return found;
};

test(
  'the cells of the target give what is published, and nearly all are told in time',
  { timeout: 900_000 },
  async (context) => {
    if (evaluator.kind === 'missing') return context.skip(evaluator.why);
    const { cells = [] } = await part('target-1').run(evaluator.path, () => {});
    const published = readResults().cells.filter(
      ({ share, perMinute, take }) => share === 0.2 && perMinute === 10 && take === 0,
    );
    // Where rules were changed on purpose: run `pnpm replay`, and look at what became of the rest.
    expect(cells).toEqual(
      published.map(({ fault, share, scope, perMinute, take, told, early }) => ({
        fault,
        share,
        scope,
        perMinute,
        take,
        told,
        early,
      })),
    );
    const unusable = tally(cells.filter((cell) => conditionOf(cell).gravity === 'unusable'));
    expect(unusable.told).toBe(unusable.cells);
    expect(unusable.inTime / unusable.cells).toBeGreaterThan(0.9);
  },
);

test('a healthy day has no page', { timeout: 900_000 }, async (context) => {
  if (evaluator.kind === 'missing') return context.skip(evaluator.why);
  const { healthy } = await part('healthy', 1).run(evaluator.path, () => {});
  expect(healthy?.alarms.filter(({ severity }) => severity === 'critical')).toEqual([]);
});

/** Scenarios whose minutes promtool confirms in `alerts.test.ts`. */
const COMPARED = [
  'BrownoutStreamsStalling',
  'BrownoutEmptyAnswers',
  'BrownoutCallsFailing',
  'BrownoutVendorDown',
  'BrownoutRetryStorm',
] as const satisfies readonly AlertName[];

test.for(COMPARED)(
  'the evaluator and promtool tell %s in the same minutes',
  { timeout: 300_000 },
  async (name, context) => {
    if (evaluator.kind === 'missing') return context.skip(evaluator.why);
    const scenario =
      SCENARIOS.find(({ alert, rule }) => alert === name && rule === undefined) ??
      SCENARIOS.find(({ alert }) => alert === name);
    if (scenario === undefined) throw new Error(`${name} has no scenario`);
    const transitions = await evaluate({
      evaluator: evaluator.path,
      ruleFiles: RULES,
      installed: '/etc/prometheus',
      lines: linesOf(scenario),
    });
    const own = transitions.filter(({ labels }) => labels['alertname'] === name && labels['declared'] === undefined);
    const minuteOf = (state: string): number => (own.find((one) => one.state === state)?.at ?? Number.NaN) / MINUTE;
    // promtool evaluates all groups at once, the server one after the other within each minute.
    expect(Math.abs(minuteOf('firing') - scenario.fires)).toBeLessThan(ALERTS[name].for === '0s' ? 2.5 : 3.5);
    expect(Math.abs(minuteOf('inactive') - scenario.over)).toBeLessThan(3.5);
  },
);

/** The counters of a scenario, as the evaluator takes them. */
function linesOf({ series, phases: { healthy, bad, after } }: Scenario): readonly string[] {
  const lines: object[] = [{ at: 0, target: { id: 0, every: MINUTE } }];
  const paces: number[][] = [];
  for (const one of series) {
    if (one.values.kind !== 'counter' || !('metric' in one)) continue;
    const labels = Object.entries(one.labels).map(([id, value]) => [labelName(id as LabelId), value]);
    lines.push({
      series: { target: 0, labels: { __name__: metricSeries(one.metric, one.part), ...Object.fromEntries(labels) } },
    });
    paces.push([one.values.healthy, one.values.bad, one.values.after ?? one.values.healthy]);
  }
  for (let minute = 0; minute <= healthy + bad + after; minute += 1) {
    const phase = minute <= healthy ? 0 : minute <= healthy + bad ? 1 : 2;
    lines.push({ at: minute * MINUTE - 1, add: paces.flatMap((pace, index) => [index, pace[phase] ?? 0]) });
  }
  return lines.map((line) => JSON.stringify(line));
}
