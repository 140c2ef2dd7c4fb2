import type { AttributeValue } from '@brownout/signals';
import type { AlertName } from '../../src/alerts/alerts.ts';
import type { Category } from '../../src/alerts/categories.ts';
import { counter, type Scenario, type Values } from '../support/scenario.ts';
import { ABOUT_CONTENT, CALL, DOWN, NO_ANSWERS, says, STREAMED, THE_MODEL, USABLE } from './subjects.ts';

/** 100 answers a minute, and calls that were not answered. */
export const ANSWERS = [
  { metric: 'calls', labels: USABLE, values: counter(60) },
  { metric: 'calls', labels: STREAMED, values: counter(40) },
  { metric: 'calls', labels: DOWN, values: counter(200) },
  ...NO_ANSWERS,
] as const;

export const anomaly = (name: AttributeValue<'brownout.anomaly'>, values: Values) =>
  ({ metric: 'outputAnomalies', labels: { ...CALL, anomaly: name }, values }) as const;

/** Another one, of which there are many: it is not counted. */
export const OTHER = anomaly('usage_missing', counter(90));

/**
 * Just enough of it in five minutes, and long not yet in a quarter of an hour: where nothing is known of the past, what there is
 * so far is not what is usual.
 */
export const growing = (name: AttributeValue<'brownout.anomaly'>, percent: number) => ({
  why: 'while it grows, where nothing is known of the past',
  phases: { healthy: 30, bad: 20, after: 0 },
  series: [...ANSWERS, anomaly(name, counter(0, percent))],
  at: 45,
});

/** What an alert on a share of answers says. */
export const content = (
  alert: AlertName,
  summary: string,
  description: string,
  category: Category = 'content',
): Scenario['expected'] =>
  says({
    alert,
    labels: { severity: 'warning', category, ...THE_MODEL },
    summary,
    description,
    dashboard: ABOUT_CONTENT,
  });
