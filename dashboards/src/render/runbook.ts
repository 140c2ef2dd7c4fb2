import { ATTRIBUTES, type AttributeId, METRICS, type MetricRow } from '@brownout/signals';
import type { Alert, Diagnosis } from '../alerts/alert.ts';
import { CATEGORIES, SEVERITIES } from '../alerts/categories.ts';
import { DASHBOARDS } from '../alerts/dashboards.ts';
import type { Config } from '../config/schema.ts';
import type { AlertName } from '../alerts/alerts.ts';
import { labelName } from '../promql/labels.ts';
import { code, fence, GENERATED, list, table } from './markdown.ts';
import { alertingRules } from './rule-groups.ts';
import { metricsBehind } from './metrics-behind.ts';

/** The page of one alert. What is data in it comes from the registry and the tables that the rule comes from. */
export function renderRunbook(name: AlertName, row: Alert, config: Config): string {
  const { runbook } = row;
  const rules = alertingRules(name, row, config);
  return `${[
    `<!-- ${GENERATED} -->`,
    `# ${name}`,
    row.summary,
    table(
      ['Severity', 'Category', 'Rule', 'Fires after'],
      rules.map(({ labels, expr, for: pending }) => [
        code(labels['severity'] ?? ''),
        code(row.category),
        code(expr.replaceAll(/\s+/g, ' ')),
        pending ?? 'nothing: at once',
      ]),
    ),
    `${SEVERITIES[row.severity]} ${CATEGORIES[row.category]} Dashboard: ${DASHBOARDS[row.dashboard].title} (${code(DASHBOARDS[row.dashboard].uid)}).`,
    '## Meaning',
    runbook.meaning,
    `The numbers below are the shipped ones; they are set under ${code(`alerts.${name}`)} in the file that ${code('pnpm rules --config')} reads.`,
    table(
      ['Setting', 'Default', 'Is'],
      Object.entries(row.settings).map(([key, setting]) => [code(key), String(setting.default), setting.meaning]),
    ),
    'It is told apart by these labels:',
    table(
      ['Label', 'Says'],
      row.labels.map((id) => [
        code(labelName(id)),
        id in ATTRIBUTES ? ATTRIBUTES[id as AttributeId].description : SERVICE,
      ]),
    ),
    'and made of these metrics:',
    table(
      ['Metric', 'Says'],
      metricsBehind(rules.map(({ expr }) => expr)).map((id) => {
        const metric: MetricRow = METRICS[id];
        return [code(metric.name), metric.description];
      }),
    ),
    '## Impact',
    runbook.impact,
    '## Is it us, the network or the vendor?',
    ...section('Us', runbook.us),
    ...section('The network', runbook.network),
    ...section('The vendor', runbook.vendor),
    '## Mitigation',
    list(runbook.mitigation),
    '## How to tell that it is over',
    runbook.over,
    '## False positives',
    list(runbook.falsePositives),
  ].join('\n\n')}\n`;
}

const SERVICE = 'The service that made the calls, as Prometheus names it.';

const section = (title: string, { text, queries }: Diagnosis): readonly string[] => [
  `### ${title}`,
  text,
  ...queries.map((query) => fence('promql', query.text)),
];
