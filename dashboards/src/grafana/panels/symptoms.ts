import type { AlertName, ALERTS } from '../../alerts/alerts.ts';
import type { Recorded } from '../../promql/series.ts';
import type { LabelsOf } from '../../recording/record.ts';
import type { Panel } from '../panel.ts';
import { pickRecorded } from '../queries.ts';
import { SHARE } from '../units.ts';
import { MODEL } from './calls.ts';

/** Alerts on a share of a model's calls with a symptom. */
type SymptomAlert = {
  [Name in AlertName]: 'sudden' extends keyof (typeof ALERTS)[Name]['settings'] ? Name : never;
}[AlertName];

/** The share of calls with a symptom in the last quarter of an hour, as its alert sees it. */
export const symptom = (
  series: Recorded<LabelsOf<'provider_model'>>,
  alert: SymptomAlert,
  own: Pick<Panel, 'title' | 'shows' | 'of'> & Partial<Panel>,
): Panel => ({
  kind: 'lines',
  bad: 'Above the dashed line.',
  unit: SHARE,
  queries: [{ expression: pickRecorded(series), by: MODEL }],
  threshold: { alert, setting: 'share', bad: 'above' },
  width: 12,
  traces: true,
  ...own,
});
