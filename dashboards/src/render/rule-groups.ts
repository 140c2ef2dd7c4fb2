import type { Alert, AlertRule } from '../alerts/alert.ts';
import { ALERT_ROWS, type AlertName } from '../alerts/alerts.ts';
import { CATEGORIES, type Category, type Severity } from '../alerts/categories.ts';
import { DASHBOARDS } from '../alerts/dashboards.ts';
import { asVariables } from '../alerts/templates.ts';
import type { Config } from '../config/schema.ts';
import { RECORDING_GROUPS } from '../recording/groups.ts';
import { EVALUATED_EVERY, LEVELS, PROMPT_ALERTS_EVALUATED_EVERY } from '../recording/record.ts';
import { VENDORS } from '../recording/vendors.ts';
import { and, atLeast, call, type Expression, number } from '../promql/expression.ts';
import { type Duration, recorded } from '../promql/series.ts';

/** A rule file of Prometheus, as it is written. */
export interface RuleGroup {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly (RecordingRule | AlertingRule)[];
}

export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
}

export interface AlertingRule {
  readonly alert: AlertName;
  readonly expr: string;
  /** Left out where it waits for nothing. */
  readonly for?: string;
  readonly keep_firing_for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<'summary' | 'description' | 'runbook_url' | 'dashboard_url', string>>;
}

export const recordingGroups = (): readonly RuleGroup[] =>
  Object.entries(RECORDING_GROUPS).map(([name, rules]) => ({
    name,
    interval: EVALUATED_EVERY,
    rules: rules.map(({ record, expression }) => ({ record, expr: textOf(expression) })),
  }));

/** One group for each category that has an alert. Where one of them does not wait, the group is looked at more often. */
export const alertGroups = (config: Config): readonly RuleGroup[] =>
  (Object.keys(CATEGORIES) as Category[])
    .map((category) => {
      const rules = ALERT_ROWS.filter(([, row]) => row.category === category).flatMap(([name, row]) =>
        alertingRules(name, row, config),
      );
      return {
        name: `brownout.alerts.${category.replaceAll('_', '-')}`,
        interval: rules.some((rule) => rule.for === undefined) ? PROMPT_ALERTS_EVALUATED_EVERY : EVALUATED_EVERY,
        rules,
      };
    })
    .filter(({ rules }) => rules.length > 0);

/** The same rules as Kubernetes' Prometheus operator takes them. Mimir's and Thanos' rulers take the files as they are. */
export const prometheusRule = (config: Config) => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PrometheusRule',
  metadata: { name: 'brownout', labels: { 'app.kubernetes.io/name': 'brownout' } },
  spec: { groups: [...recordingGroups(), ...alertGroups(config)] },
});

/** The rules of one alert, none where it is switched off. */
export function alertingRules(alert: AlertName, row: Alert, config: Config): readonly AlertingRule[] {
  const chosen = config.alerts[alert];
  if (!chosen.enabled) return [];
  const severityOf = (rule: AlertRule): Severity =>
    rule.labels?.[DECLARED] === 'true' ? 'warning' : (chosen.severity ?? rule.severity ?? row.severity);
  const rules = row.rules(chosen);
  const twins = row.downgradable === true ? rules.filter((rule) => severityOf(rule) === 'critical').map(twinOf) : [];
  return [...rules, ...twins].map((rule) => ({
    alert,
    expr: textOf(rule.expression),
    ...waiting(chosen.for ?? rule.for ?? row.for),
    keep_firing_for: chosen.keep_firing_for ?? row.keepFiringFor,
    labels: {
      severity: severityOf(rule),
      category: row.category,
      ...rule.labels,
      ...config.labels,
    },
    annotations: {
      summary: row.summary,
      description: rule.description,
      runbook_url: `${config.runbooks}/${alert}.md`,
      dashboard_url: `${config.grafana}/d/${DASHBOARDS[row.dashboard].uid}?${asVariables(row.labels)}`,
    },
  }));
}

/** Not indented: a space at its beginning is lost by what mimirtool writes YAML with, and Mimir then cannot read the rule. */
const textOf = ({ text }: Expression): string => text.trimStart();

const waiting = (pending: Duration): Pick<AlertingRule, 'for'> => (pending === '0s' ? {} : { for: pending });

/** The label of a twin. */
export const DECLARED = 'declared';

/** The same rule for as long as the vendor declares an incident, and for ten minutes after it. */
const twinOf = (rule: AlertRule): AlertRule => ({
  ...rule,
  expression: and(
    rule.expression,
    atLeast(call('max_over_time', recorded(VENDORS.status, { over: '10m' })), number(1)),
    { on: LEVELS.provider },
  ),
  labels: { ...rule.labels, [DECLARED]: 'true' },
  description: `${rule.description} The vendor declares an incident.`,
});
