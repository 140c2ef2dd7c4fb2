import type { Dashboard, Panel, RowPanel, VariableModel } from '@grafana/grafana-foundation-sdk/dashboard';

import { fillIn } from './choices.ts';

/** A query of a panel in Grafana's JSON. */
export interface Question {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat?: string;
  readonly instant?: boolean;
  readonly datasource?: unknown;
}

/** Something that a dashboard asks Prometheus. */
export interface Asked {
  /** Dashboard, panel and query, for people. */
  readonly where: string;
  readonly kind: 'panel' | 'variable' | 'annotation';
  readonly expression: string;
  /** The same before anything was filled in. */
  readonly source: string;
  /** Labels that its legend, its title or its text shows. */
  readonly legend: readonly string[];
  readonly isInstant: boolean;
  /** The label whose values a variable offers. */
  readonly label?: string;
}

export const isRow = (panel: Panel | RowPanel): panel is RowPanel => panel.type === 'row';

/** What Grafana fills in, with everything chosen. */
const withAll = (text: string): string => fillIn(text, { rate_interval: '1m', range: '1h', interval: '1m' }, {});

/** Everything that a dashboard asks. */
export function askedBy(dashboard: Dashboard, filled: (text: string) => string = withAll): readonly Asked[] {
  const place = dashboard.title ?? '';
  return [
    ...(dashboard.panels ?? []).flatMap((panel) => (isRow(panel) ? [] : askedByPanel(panel, place, filled))),
    ...(dashboard.templating?.list ?? []).flatMap((variable) => askedByVariable(variable, place, filled)),
    ...(dashboard.annotations?.list ?? []).flatMap((one) =>
      one.expr === undefined
        ? []
        : [
            {
              where: `${place}: annotation ${one.name}`,
              kind: 'annotation' as const,
              expression: filled(one.expr),
              source: one.expr,
              legend: labelsIn(one.titleFormat ?? ''),
              isInstant: false,
            },
          ],
    ),
  ];
}

function askedByPanel(panel: Panel, place: string, filled: (text: string) => string): Asked[] {
  const { title = '', targets = [] } = panel;
  return (targets as unknown as readonly Question[]).map(({ refId, expr, legendFormat = '', instant = false }) => ({
    where: `${place}: ${title} ${refId}`,
    kind: 'panel' as const,
    expression: filled(expr),
    source: expr,
    legend: [...labelsIn(legendFormat), ...columnsOf(panel)],
    isInstant: instant,
  }));
}

function askedByVariable({ name, query }: VariableModel, place: string, filled: (text: string) => string): Asked[] {
  const text = typeof query === 'object' && query !== null && 'query' in query ? String(query['query']) : '';
  const [, series, label] = /^label_values\((.+), (\w+)\)$/s.exec(text) ?? [];
  if (series === undefined || label === undefined) return [];
  return [
    {
      where: `${place}: $${name}`,
      kind: 'variable',
      expression: filled(series),
      source: series,
      legend: [label],
      isInstant: false,
      label,
    },
  ];
}

/** Labels that are columns of a table. */
function columnsOf({ transformations = [] }: Panel): readonly string[] {
  const organize = transformations.find(({ id }) => id === 'organize')?.options as
    | { readonly renameByName: Readonly<Record<string, string>> }
    | undefined;
  return Object.keys(organize?.renameByName ?? {}).filter((name) => !name.startsWith('Value'));
}

const labelsIn = (format: string): readonly string[] =>
  [...format.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
