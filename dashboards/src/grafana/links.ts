import { ATTRIBUTE } from '@brownout/signals';
import { DashboardLinkBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import type { AlertName } from '../alerts/alerts.ts';
import { type DashboardId, DASHBOARDS } from '../alerts/dashboards.ts';
import type { Config } from '../config/schema.ts';
import { type LabelId, labelName } from '../promql/labels.ts';
import { headingOf } from './headings.ts';
import { VARIABLES } from './queries.ts';

/** The variables of the data sources. */
export const SOURCES = { metrics: 'prometheus_datasource', traces: 'tempo_datasource' } as const;

/** Where an alert says what to do. */
export const runbookLink = (alert: AlertName, config: Config): DashboardLinkBuilder =>
  new DashboardLinkBuilder(`Runbook: ${alert}`).url(`${config.runbooks}/${alert}.md`).targetBlank(true);

/** From a series to another dashboard, cut down to what the series is about, in the same range of time. */
export function drillDown(to: DashboardId, by: readonly LabelId[], clicked: Clicked): DashboardLinkBuilder {
  const kept = VARIABLES.map((id) => {
    const name = labelName(id);
    return by.includes(id) ? `var-${name}=${CLICKED[clicked](id)}` : `\${${name}:queryparam}`;
  });
  const { uid, title } = DASHBOARDS[to];
  const parameters = ['${__url_time_range}', `\${${SOURCES.metrics}:queryparam}`, ...kept];
  return new DashboardLinkBuilder(title).url(`/d/${uid}?${parameters.join('&')}`);
}

/** From a series to the traces of its calls, in Tempo: of those that were not usable, where it is not one verdict's. */
export function tracesLink(by: readonly LabelId[], clicked: Clicked): DashboardLinkBuilder {
  const conditions = ON_SPANS.filter((id) => by.includes(id)).map(
    (id) => `span.${ATTRIBUTE[id]} = "${CLICKED[clicked](id)}"`,
  );
  const others = by.includes('verdict') ? [] : [`span.${ATTRIBUTE.verdict} != "usable"`];
  const query = `{ ${[...conditions, ...others].join(' && ')} }`;
  const pane = {
    datasource: `\${${SOURCES.traces}}`,
    queries: [{ refId: 'A', queryType: 'traceql', query }],
    range: { from: '${__from}', to: '${__to}' },
  };
  return new DashboardLinkBuilder('Traces of such calls')
    .url(`/explore?schemaVersion=1&panes=${inAddress(JSON.stringify({ traces: pane }))}`)
    .targetBlank(true);
}

/** Labels that the span of a call has as attributes. */
const ON_SPANS = [
  'providerName',
  'requestModel',
  'operationName',
  'useCase',
  'verdict',
  'reason',
  'fault',
] as const satisfies readonly LabelId[];

/** How Grafana gives a link the value of a label: of the series that was clicked, or of the row of a table. */
const CLICKED = {
  series: (id: LabelId) => `\${__field.labels.${labelName(id)}}`,
  row: (id: LabelId) => `\${__data.fields["${headingOf(id)}"]}`,
} as const;

type Clicked = keyof typeof CLICKED;

/** Escaped, but for what Grafana fills in before it opens the address. */
const inAddress = (text: string): string =>
  text
    .split(/(\$\{[^}]+\})/)
    .map((piece) => (piece.startsWith('${') ? piece : encodeURIComponent(piece)))
    .join('');
