import * as classic from '@grafana/grafana-foundation-sdk/dashboard';
import * as v2 from '@grafana/grafana-foundation-sdk/dashboardv2';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';
import { SOURCES } from './links.ts';

/** Grafana's newer form of a dashboard, a resource as of Kubernetes. */
interface DashboardResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: v2.Dashboard;
}

/** From Grafana 13 on; before it, the classic form is the one to import. */
const API_VERSION = 'dashboard.grafana.app/v2';

/** The same dashboard as a resource: only its frame differs, panels and queries are the same objects. */
export function buildResource(dashboard: classic.Dashboard): DashboardResource {
  const panels = (dashboard.panels ?? []).filter((panel): panel is classic.Panel => panel.type !== 'row');
  return {
    apiVersion: API_VERSION,
    kind: 'Dashboard',
    metadata: { name: dashboard.uid ?? '' },
    spec: {
      ...v2.defaultDashboard(),
      title: dashboard.title ?? '',
      description: dashboard.description ?? '',
      tags: dashboard.tags ?? [],
      editable: false,
      cursorSync: v2.DashboardCursorSync.Crosshair,
      timeSettings: {
        ...v2.defaultTimeSettingsSpec(),
        from: dashboard.time?.from ?? '',
        to: dashboard.time?.to ?? '',
        autoRefresh: dashboard.refresh ?? '',
        timezone: dashboard.timezone ?? '',
      },
      links: (dashboard.links ?? []).map(({ title, tags, asDropdown, includeVars, keepTime }) => ({
        ...v2.defaultDashboardLink(),
        title,
        tags,
        asDropdown,
        includeVars,
        keepTime,
        type: v2.DashboardLinkType.Dashboards,
      })),
      variables: (dashboard.templating?.list ?? []).map(variableOf),
      annotations: (dashboard.annotations?.list ?? []).map(annotationOf),
      elements: Object.fromEntries(panels.map((panel) => [nameOf(panel), panelOf(panel)])),
      layout: { kind: 'RowsLayout', spec: { rows: rowsOf(dashboard.panels ?? []) } },
    },
  };
}

const NO_CONFIG = { defaults: {}, overrides: [] };

const nameOf = ({ id }: classic.Panel): string => `panel-${id}`;

const dataQuery = (spec: unknown): v2.DataQueryKind => ({
  kind: 'DataQuery',
  group: 'prometheus',
  version: 'v0',
  datasource: { name: `\${${SOURCES.metrics}}` },
  spec,
});

function panelOf(panel: classic.Panel): v2.PanelKind {
  const targets = (panel.targets ?? []) as unknown as readonly Dataquery[];
  return {
    kind: 'Panel',
    spec: {
      id: panel.id ?? 0,
      title: panel.title ?? '',
      description: panel.description ?? '',
      links: (panel.links ?? []).map(({ title, url, targetBlank }) => ({ title, url: url ?? '', targetBlank })),
      data: {
        kind: 'QueryGroup',
        spec: {
          queries: targets.map(({ refId = '', expr, legendFormat, instant, range, format, exemplar }) => ({
            kind: 'PanelQuery',
            spec: { refId, hidden: false, query: dataQuery({ expr, legendFormat, instant, range, format, exemplar }) },
          })),
          transformations: (panel.transformations ?? []).map(({ id, options }) => ({
            kind: 'Transformation',
            group: id,
            spec: { options: options as unknown },
          })),
          queryOptions: {},
        },
      },
      vizConfig: {
        kind: 'VizConfig',
        group: panel.type,
        version: '',
        spec: {
          options: panel.options ?? {},
          fieldConfig: (panel.fieldConfig ?? NO_CONFIG) as object as v2.FieldConfigSource,
        },
      },
    },
  };
}

/** In the classic form panels follow the row that they are under, at places in the whole; here at places in their row. */
function rowsOf(panels: readonly (classic.Panel | classic.RowPanel)[]): v2.RowsLayoutRowKind[] {
  const rows: { readonly title: string; readonly panels: classic.Panel[] }[] = [];
  for (const panel of panels)
    if (panel.type === 'row') rows.push({ title: panel.title ?? '', panels: [] });
    else rows.at(-1)?.panels.push(panel);
  return rows.map(({ title, panels: members }) => {
    const top = Math.min(...members.map(({ gridPos }) => gridPos?.y ?? 0));
    return {
      kind: 'RowsLayoutRow',
      spec: {
        title,
        collapse: false,
        layout: {
          kind: 'GridLayout',
          spec: {
            items: members.map((panel) => ({
              kind: 'GridLayoutItem',
              spec: {
                x: panel.gridPos?.x ?? 0,
                y: (panel.gridPos?.y ?? 0) - top,
                width: panel.gridPos?.w ?? 0,
                height: panel.gridPos?.h ?? 0,
                element: { kind: 'ElementReference', name: nameOf(panel) },
              },
            })),
          },
        },
      },
    };
  });
}

function variableOf(variable: classic.VariableModel): v2.VariableKind {
  const { name, label = '', query } = variable;
  if (variable.type === classic.VariableType.Datasource && typeof query === 'string')
    return {
      kind: 'DatasourceVariable',
      spec: { ...v2.defaultDatasourceVariableSpec(), name, label, pluginId: query },
    };
  return {
    kind: 'QueryVariable',
    spec: {
      ...v2.defaultQueryVariableSpec(),
      name,
      label,
      query: dataQuery(query),
      definition: variable.definition ?? '',
      multi: true,
      includeAll: true,
      allValue: variable.allValue ?? '',
      current: { text: ['All'], value: ['$__all'] },
      refresh: v2.VariableRefresh.OnTimeRangeChanged,
      sort: v2.VariableSort.AlphabeticalAsc,
    },
  };
}

const annotationOf = ({
  name,
  iconColor,
  expr,
  step,
  titleFormat,
  textFormat,
}: classic.AnnotationQuery): v2.AnnotationQueryKind => ({
  kind: 'AnnotationQuery',
  spec: {
    name,
    enable: true,
    hide: false,
    iconColor,
    query: dataQuery({ expr }),
    legacyOptions: { step, titleFormat, textFormat },
  },
});
