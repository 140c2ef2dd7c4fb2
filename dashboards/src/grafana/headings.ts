import type { LabelId } from '../promql/labels.ts';

/** What labels are called at the head of a column, where their own name would not say it. */
const HEADINGS: { readonly [Id in LabelId]?: string } = {
  providerName: 'Provider',
  requestModel: 'Model',
  job: 'Service',
  alertName: 'Alert',
  httpResponseStatusCode: 'Status code',
  sdk: 'SDK',
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
