import { ATTRIBUTE } from '@brownout/signals';
import { DashboardLinkBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import type { AlertName } from '../alerts/alerts.ts';
import { type DashboardId, DASHBOARDS } from '../alerts/dashboards.ts';
import type { Config } from '../config/schema.ts';
import { type LabelId, labelName } from '../promql/labels.ts';
import { VARIABLES } from './queries.ts';

/** The variables of the data sources. */
export const SOURCES = { metrics: 'datasource', traces: 'traces' } as const;

/** Where an alert says what to do. */
export const runbookLink = (alert: AlertName, config: Config): DashboardLinkBuilder =>
  new DashboardLinkBuilder(`Runbook: ${alert}`).url(`${config.runbooks}/${alert}.md`).targetBlank(true);

/** From a series to another dashboard, cut down to what the series is about, in the same range of time. */
export function drillDown(to: DashboardId, by: readonly LabelId[]): DashboardLinkBuilder {
  const kept = VARIABLES.map((id) => {
    const name = labelName(id);
    return by.includes(id) ? `var-${name}=${fieldLabel(id)}` : `\${${name}:queryparam}`;
  });
  const { uid, title } = DASHBOARDS[to];
  const parameters = ['${__url_time_range}', `\${${SOURCES.metrics}:queryparam}`, ...kept];
  return new DashboardLinkBuilder(title).url(`/d/${uid}?${parameters.join('&')}`);
}

/** From a series to the traces of its calls that were not usable, in Tempo. */
export function tracesLink(by: readonly LabelId[]): DashboardLinkBuilder {
  const conditions = by
    .filter((id) => id in ATTRIBUTE && id !== 'le')
    .map((id) => `span.${ATTRIBUTE[id as keyof typeof ATTRIBUTE]} = "${fieldLabel(id)}"`);
  const query = `{ ${[...conditions, `span.${ATTRIBUTE.verdict} != "usable"`].join(' && ')} }`;
  const pane = {
    datasource: `\${${SOURCES.traces}}`,
    queries: [{ refId: 'A', queryType: 'traceql', query }],
    range: { from: '${__from}', to: '${__to}' },
  };
  return new DashboardLinkBuilder('Traces of calls that were not usable')
    .url(`/explore?schemaVersion=1&panes=${inAddress(JSON.stringify({ traces: pane }))}`)
    .targetBlank(true);
}

const fieldLabel = (id: LabelId): string => `\${__field.labels.${labelName(id)}}`;

/** Escaped, but for what Grafana fills in before it opens the address. */
const inAddress = (text: string): string =>
  text
    .split(/(\$\{[^}]+\})/)
    .map((piece) => (piece.startsWith('${') ? piece : encodeURIComponent(piece)))
    .join('');
