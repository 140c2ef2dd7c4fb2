import type { DataTransformerConfig } from '@grafana/grafana-foundation-sdk/dashboard';
import { type LabelId, labelName } from '../promql/labels.ts';
import { refId } from './build-query.ts';
import type { Panel } from './panel.ts';

/** What labels are called at the head of a column, where their last word would not say it. */
const HEADINGS: { readonly [Id in LabelId]?: string } = {
  providerName: 'Provider',
  requestModel: 'Model',
  job: 'Service',
  fallbackFromProvider: 'From provider',
  fallbackFromModel: 'From model',
  sdkVersion: 'Version',
};

export const headingOf = (id: LabelId): string => HEADINGS[id] ?? sentence(id);

/** `serverAddress` as a heading. */
const sentence = (id: string): string => {
  const words = id.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};

/** One row for what the labels tell apart, first the labels, then one column for each query. */
export function columnsOf({ queries }: Panel): {
  readonly transformations: readonly DataTransformerConfig[];
  readonly sortBy: string;
} {
  const by = [...new Set(queries.flatMap((query) => query.by))];
  const values = queries.map(({ name }, index) => ({
    from: queries.length === 1 ? 'Value' : `Value #${refId(index)}`,
    to: name ?? 'Value',
  }));
  const labels = by.map((id) => ({ from: labelName(id), to: headingOf(id) }));
  const columns = [...labels, ...values];
  return {
    transformations: [
      { id: 'merge', options: {} },
      {
        id: 'organize',
        options: {
          excludeByName: { Time: true },
          indexByName: Object.fromEntries(columns.map(({ from }, index) => [from, index])),
          renameByName: Object.fromEntries(columns.map(({ from, to }) => [from, to])),
        },
      },
    ],
    sortBy: values[0]?.to ?? 'Value',
  };
}
