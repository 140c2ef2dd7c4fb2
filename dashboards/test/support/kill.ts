import type { RuleGroup } from '../../src/render/rule-groups.ts';
import { type Mutant, mutantsOf } from './mutants.ts';
import { runPromtool } from './run-promtool.ts';
import { type Suite, SUITES } from './suites.ts';

type Rule = RuleGroup['rules'][number];

/** The mistakes in a rule that no test notices, and how many there were. */
export interface Hunt {
  readonly mutants: number;
  readonly survivors: readonly string[];
}

/** Makes every mistake in a rule, one at a time, until a suite fails because of it; the quickest suites first. */
export async function hunt(promtool: string, rule: Rule, groups: readonly RuleGroup[]): Promise<Hunt> {
  const suites = SUITES.filter((suite) => suite.rulesOf(groups).some(({ rules }) => rules.includes(rule))).toSorted(
    (one, other) => costOf(one) - costOf(other),
  );
  const survivors: string[] = [];
  const mutants = mutantsOf(rule);
  for (const mutant of mutants) {
    if (!(await isKilled(promtool, mutant, rule, groups, suites))) survivors.push(mutant.what);
  }
  return { mutants: mutants.length, survivors };
}

async function isKilled(
  promtool: string,
  mutant: Mutant,
  rule: Rule,
  groups: readonly RuleGroup[],
  suites: readonly Suite[],
): Promise<boolean> {
  for (const suite of suites) {
    const mistaken = suite.rulesOf(groups).map((group) => ({
      ...group,
      rules: group.rules.map((one) => (one === rule ? mutant.rule : one)),
    }));
    // One after the other: most mistakes are noticed by the first ones.
    for (const test of suite.tests)
      if ((await runPromtool(promtool, mistaken, [test], suite.evaluatedEvery)) !== '') return true;
  }
  return false;
}

const costOf = ({ isLong, tests }: Suite): number => (isLong ? 1000 : 0) + tests.length;
