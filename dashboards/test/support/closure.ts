import type { AlertName } from '../../src/alerts/alerts.ts';
import type { RuleGroup } from '../../src/render/rule-groups.ts';

/** The rules that an alert stands on, in the groups and the order in which they are shipped, and the alert's own. */
export function closureOf(
  alert: AlertName,
  labels: Readonly<Record<string, string>>,
  groups: readonly RuleGroup[],
): readonly RuleGroup[] {
  const isWanted = (rule: RuleGroup['rules'][number]): boolean =>
    'alert' in rule &&
    rule.alert === alert &&
    Object.entries(labels).every(([name, value]) => rule.labels[name] === value);
  const wanted = new Set<RuleGroup['rules'][number]>();
  const follow = (text: string): void => {
    for (const { rules } of groups)
      for (const rule of rules)
        if ('record' in rule && !wanted.has(rule) && text.includes(rule.record)) {
          wanted.add(rule);
          follow(rule.expr);
        }
  };
  for (const { rules } of groups)
    for (const rule of rules)
      if (isWanted(rule)) {
        wanted.add(rule);
        follow(JSON.stringify(rule));
      }
  return groups
    .map((group) => ({ ...group, rules: group.rules.filter((rule) => wanted.has(rule)) }))
    .filter(({ rules }) => rules.length > 0);
}
