import type { Duration } from '../../src/promql/series.ts';
import { EVALUATED_EVERY } from '../../src/recording/record.ts';
import type { RuleGroup } from '../../src/render/rule-groups.ts';
import { RECORDING_TESTS } from '../scenarios/recording.ts';
import { SCENARIOS } from '../scenarios/scenarios.ts';
import { closureOf, recordsBehind } from './closure.ts';
import { promtoolTests, type PromtoolTest } from './promtool-test.ts';
import { hasLongPhases, nameOf } from './scenario.ts';

/** Tests of promtool and the rules that they are about. */
export interface Suite {
  readonly name: string;
  readonly isLong: boolean;
  /** The groups as shipped, or as shipped but for a mistake. */
  rulesOf(groups: readonly RuleGroup[]): readonly RuleGroup[];
  readonly tests: readonly PromtoolTest[];
  /** Where it is not every minute. */
  readonly evaluatedEvery?: Duration;
}

export const SUITES: readonly Suite[] = [
  ...SCENARIOS.map((scenario) => ({
    name: nameOf(scenario),
    isLong: hasLongPhases(scenario),
    rulesOf: (groups: readonly RuleGroup[]) => closureOf(scenario.alert, scenario.rule ?? {}, groups),
    tests: promtoolTests(scenario),
  })),
  ...RECORDING_TESTS.map(({ evaluatedEvery = EVALUATED_EVERY, ...one }) => ({
    name: one.name,
    isLong: false,
    rulesOf: (groups: readonly RuleGroup[]) =>
      recordsBehind(one.promql_expr_test.map(({ expr }) => expr).join(' '), groups),
    tests: [one],
    evaluatedEvery,
  })),
];
