import type { DataTransformerConfig } from '@grafana/grafana-foundation-sdk/dashboard';
import { labelName } from '../promql/labels.ts';
import { refId } from './build-query.ts';
import { headingOf } from './headings.ts';
import type { Panel } from './panel.ts';

/** One row for what the labels tell apart, first the labels, then one column for each query. */
export function columnsOf({ queries, numbersAfter }: Panel): {
  readonly transformations: readonly DataTransformerConfig[];
  readonly sortBy: string;
} {
  const by = [...new Set(queries.flatMap((query) => query.by))];
  const named = queries.map(({ name, labelsOnly }, index) => ({
    from: queries.length === 1 ? 'Value' : `Value #${refId(index)}`,
    to: name ?? 'Value',
    isHidden: labelsOnly === true,
  }));
  const values = named.filter(({ isHidden }) => !isHidden);
  const hidden = named.filter(({ isHidden }) => isHidden).map(({ from }) => [from, true]);
  const labels = by.map((id) => ({ from: labelName(id), to: headingOf(id) }));
  const before = numbersAfter === undefined ? by.length : by.indexOf(numbersAfter) + 1;
  const columns = [...labels.slice(0, before), ...values, ...labels.slice(before)];
  return {
    transformations: [
      { id: 'merge', options: {} },
      {
        id: 'organize',
        options: {
          excludeByName: { Time: true, ...Object.fromEntries(hidden) },
          indexByName: Object.fromEntries(columns.map(({ from }, index) => [from, index])),
          renameByName: Object.fromEntries(columns.map(({ from, to }) => [from, to])),
        },
      },
    ],
    sortBy: values[0]?.to ?? 'Value',
  };
}
