import type { RuleGroup } from '../../src/render/rule-groups.ts';
import { type Mutant, mutantsOf } from './mutants.ts';
import type { PromtoolTest } from './promtool-test.ts';
import { runPromtool } from './run-promtool.ts';
import { type Suite, SUITES } from './suites.ts';

type Rule = RuleGroup['rules'][number];

/** The mistakes in a rule that no test notices, and how many there were; those that are none are not made. */
export interface Hunt {
  readonly mutants: number;
  readonly excused: number;
  readonly survivors: readonly string[];
}

/** A test of a suite, run by itself: most mistakes are noticed by the first one. */
interface Check {
  readonly suite: Suite;
  readonly test: PromtoolTest;
}

/** Makes every mistake in a rule, one at a time, until a test fails because of it; first of all the one that failed last. */
export async function hunt(
  promtool: string,
  rule: Rule,
  groups: readonly RuleGroup[],
  isExcused: (mistake: string) => boolean,
): Promise<Hunt> {
  const isThere = ({ suite }: Check): boolean => suite.rulesOf(groups).some(({ rules }) => rules.includes(rule));
  const noticesIt = async ({ suite, test }: Check, mutant: Mutant): Promise<boolean> => {
    const mistaken = suite.rulesOf(groups).map((group) => ({
      ...group,
      rules: group.rules.map((one) => (one === rule ? mutant.rule : one)),
    }));
    return (await runPromtool(promtool, mistaken, [test], suite.evaluatedEvery)) !== '';
  };
  const survivors: string[] = [];
  const all = mutantsOf(rule);
  const mutants = all.filter(({ what }) => !isExcused(what));
  let checks: readonly Check[] = CHECKS.filter(isThere);
  for (const mutant of mutants) {
    const killer = await firstOf(checks, (check) => noticesIt(check, mutant));
    if (killer === undefined) survivors.push(mutant.what);
    else checks = [killer, ...checks.filter((check) => check !== killer)];
  }
  return { mutants: all.length, excused: all.length - mutants.length, survivors };
}

const costOf = ({ isLong, tests }: Suite): number => (isLong ? 1000 : 0) + tests.length;

/** The quickest suites first. */
const CHECKS: readonly Check[] = SUITES.toSorted((one, other) => costOf(one) - costOf(other)).flatMap((suite) =>
  suite.tests.map((test) => ({ suite, test })),
);

async function firstOf<Item>(
  items: readonly Item[],
  isIt: (item: Item) => Promise<boolean>,
): Promise<Item | undefined> {
  for (const item of items) if (await isIt(item)) return item;
  return undefined;
}
