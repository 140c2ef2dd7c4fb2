import type { AlertName } from '../../src/alerts/alerts.ts';
import type { RuleGroup } from '../../src/render/rule-groups.ts';

type Rule = RuleGroup['rules'][number];

/** The rules that an alert stands on, in the groups and the order in which they are shipped, and the alert's own. */
export function closureOf(
  alert: AlertName,
  labels: Readonly<Record<string, string>>,
  groups: readonly RuleGroup[],
): readonly RuleGroup[] {
  const own = groups
    .flatMap(({ rules }) => rules)
    .filter(
      (rule) =>
        'alert' in rule &&
        rule.alert === alert &&
        Object.entries(labels).every(([name, value]) => rule.labels[name] === value),
    );
  return keep(own, own.map((rule) => JSON.stringify(rule)).join(' '), groups);
}

/** The rules that the series in a text are recorded by. */
export const recordsBehind = (text: string, groups: readonly RuleGroup[]): readonly RuleGroup[] =>
  keep([], text, groups);

function keep(own: readonly Rule[], text: string, groups: readonly RuleGroup[]): readonly RuleGroup[] {
  const wanted = new Set<Rule>(own);
  const follow = (read: string): void => {
    for (const { rules } of groups)
      for (const rule of rules)
        if ('record' in rule && !wanted.has(rule) && read.includes(rule.record)) {
          wanted.add(rule);
          follow(rule.expr);
        }
  };
  follow(text);
  return groups
    .map((group) => ({ ...group, rules: group.rules.filter((rule) => wanted.has(rule)) }))
    .filter(({ rules }) => rules.length > 0);
}
