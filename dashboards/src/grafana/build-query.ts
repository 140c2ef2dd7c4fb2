import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { labelName } from '../promql/labels.ts';
import { SOURCES } from './links.ts';
import type { PanelKind, Query } from './panel.ts';

export const METRICS_SOURCE = { type: 'prometheus', uid: `\${${SOURCES.metrics}}` } as const;

export const refId = (index: number): string => 'ABCDEFGH'.charAt(index);

/** `p95 {{gen_ai_provider_name}} {{gen_ai_request_model}}` */
const legendOf = ({ name, by }: Query): string =>
  [...(name === undefined ? [] : [name]), ...by.map((id) => `{{${labelName(id)}}}`)].join(' ');

export function buildQuery(query: Query, index: number, kind: PanelKind): DataqueryBuilder {
  const built = new DataqueryBuilder().refId(refId(index)).datasource(METRICS_SOURCE).expr(query.expression.text);
  if (query.exemplars === true) built.exemplar(true);
  // The columns of a table are its labels.
  if (kind !== 'table') built.legendFormat(legendOf(query));
  switch (kind) {
    case 'table':
      return built.instant().format(PromQueryFormat.Table);
    case 'number':
      return built.instant();
    case 'heatmap':
      return built.range().format(PromQueryFormat.Heatmap);
    case 'lines':
    case 'stacked':
    case 'states':
      return built.range();
  }
}
