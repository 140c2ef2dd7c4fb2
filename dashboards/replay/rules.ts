import { DEFAULT_CONFIG } from '../src/config/read-config.ts';
import { alertGroups, recordingGroups, type RuleGroup } from '../src/render/rule-groups.ts';
import { namesIn } from '../test/support/promql.ts';

const SHIPPED = [...recordingGroups(), ...alertGroups(DEFAULT_CONFIG)];

/** Every name of a series that a rule reads. */
export const READ_BY_RULES: ReadonlySet<string> = new Set(
  SHIPPED.flatMap(({ rules }) => rules.flatMap(({ expr }) => namesIn(expr).metrics)),
);

/** The shipped rules, in the files that they are shipped in, as far as there are series for them. */
export function ruleFilesFor(series: ReadonlySet<string>): Readonly<Record<string, readonly RuleGroup[]>> {
  const living = livingRules(SHIPPED, (name) => series.has(name));
  const isAlerting = ({ name }: RuleGroup): boolean => name.startsWith('brownout.alerts.');
  return {
    'brownout-recording.yaml': living.filter((group) => !isAlerting(group)),
    'brownout-alerts.yaml': living.filter(isAlerting),
  };
}

/**
 * The groups without the rules that read nothing but series that there are none of: they give nothing, and would take
 * half of the time. What is left is evaluated as it is shipped.
 *
 * @param exists whether there is a series of that name in what is evaluated
 */
export function livingRules(groups: readonly RuleGroup[], exists: (name: string) => boolean): readonly RuleGroup[] {
  const rules = groups.flatMap((group) => [...group.rules]);
  const names = new Map(rules.map((rule) => [rule, namesIn(rule.expr).metrics]));
  const living = new Set<string>();
  const lives = (rule: (typeof rules)[number]): boolean =>
    (names.get(rule) ?? []).some((name) => exists(name) || living.has(name));
  // What is made of living series lives, until there is no more of it.
  for (let before = -1; before !== living.size;) {
    before = living.size;
    for (const rule of rules) if ('record' in rule && lives(rule)) living.add(rule.record);
  }
  return groups
    .map((group) => ({ ...group, rules: group.rules.filter(lives) }))
    .filter((group) => group.rules.length > 0);
}
