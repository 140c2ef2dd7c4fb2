import {
  AnnotationQueryBuilder,
  type Dashboard as BuiltDashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { ALERT_ROWS, type AlertName } from '../alerts/alerts.ts';
import { type DashboardId, DASHBOARDS } from '../alerts/dashboards.ts';
import type { Config } from '../config/schema.ts';
import { labelName } from '../promql/labels.ts';
import { alertsRow } from './alerts-row.ts';
import { annotationsOf } from './annotations.ts';
import { buildPanel } from './build-panel.ts';
import { METRICS_SOURCE } from './build-query.ts';
import { SOURCES } from './links.ts';
import type { Dashboard, Panel } from './panel.ts';
import { VARIABLE_QUERIES } from './variables.ts';

/** By which the dashboards find each other. */
const TAG = 'brownout';

/** The alerts that lead to a dashboard, and those that it explains as well. */
const alertsOf = (id: DashboardId, { explains }: Dashboard): readonly AlertName[] =>
  ALERT_ROWS.filter(([, { dashboard, category }]) => dashboard === id || explains.includes(category)).map(
    ([name]) => name,
  );

/** A dashboard in Grafana's classic form, which every Grafana from 10 on imports. */
export function buildDashboard(id: DashboardId, contents: Dashboard, config: Config): BuiltDashboard {
  const { uid, title } = DASHBOARDS[id];
  const alerts = alertsOf(id, contents);
  const built = new DashboardBuilder(title)
    .uid(uid)
    .description(contents.description)
    .tags([TAG])
    .readonly()
    .timezone('browser')
    .refresh('1m')
    .time({ from: 'now-3h', to: 'now' })
    .tooltip(DashboardCursorSync.Crosshair)
    .link(
      new DashboardLinkBuilder('Brownout')
        .type(DashboardLinkType.Dashboards)
        .tags([TAG])
        .asDropdown(true)
        .includeVars(true)
        .keepTime(true),
    );
  for (const variable of variables()) built.withVariable(variable);
  for (const { name, expression, title: heading, text, color } of annotationsOf(alerts))
    built.annotation(
      new AnnotationQueryBuilder()
        .name(name)
        .datasource(METRICS_SOURCE)
        .enable(true)
        .iconColor(color)
        .expr(expression.text)
        .titleFormat(heading)
        .textFormat(text)
        .step('60s'),
    );
  for (const row of [...contents.rows, ...alertsRow(alerts)]) {
    built.withRow(new RowBuilder(row.title));
    for (const panel of row.panels) built.withPanel(buildPanel(panel, runbooksOf(panel, alerts), config));
  }
  const { panels = [], ...dashboard } = built.build();
  return { ...dashboard, panels: panels.map((panel, index) => ({ ...panel, id: index + 1 })) };
}

/** A panel links the runbook of the alert whose threshold it draws; the list of a dashboard's alerts links all of theirs. */
function runbooksOf(panel: Panel, alerts: readonly AlertName[]): readonly AlertName[] {
  if (panel.listsAlerts === true) return alerts;
  return panel.threshold === undefined ? [] : [panel.threshold.alert];
}

function variables(): readonly (DatasourceVariableBuilder | QueryVariableBuilder)[] {
  const source = (name: string, label: string, type: string) =>
    new DatasourceVariableBuilder(name).label(label).type(type).multi(false).includeAll(false);
  return [
    source(SOURCES.metrics, 'Prometheus data source', 'prometheus'),
    source(SOURCES.traces, 'Tempo data source', 'tempo'),
    ...VARIABLE_QUERIES.map(({ id, label, query }) =>
      new QueryVariableBuilder(labelName(id))
        .label(label)
        .datasource(METRICS_SOURCE)
        .query({ query, refId: 'A' })
        .definition(query)
        .multi(true)
        .includeAll(true)
        .allValue('.+')
        .current({ selected: true, text: ['All'], value: ['$__all'] })
        .refresh(VariableRefresh.OnTimeRangeChanged)
        // oxlint-disable-next-line unicorn/no-array-sort -- a builder, no array
        .sort(VariableSort.AlphabeticalAsc),
    ),
  ];
}
