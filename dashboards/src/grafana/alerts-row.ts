import { type AlertName, ALERTS } from '../alerts/alerts.ts';
import { maxBy } from '../promql/expression.ts';
import type { LabelId } from '../promql/labels.ts';
import type { Row } from './panel.ts';
import { FIRING } from './queries.ts';
import { CODE } from './units.ts';

/** The last row of every dashboard: its alerts, with the way to their runbooks. */
export const alertsRow = (alerts: readonly AlertName[]): readonly Row[] =>
  alerts.length === 0
    ? []
    : [
        {
          title: 'Alerts and runbooks',
          panels: [
            {
              kind: 'table',
              title: 'Alerts that this dashboard explains',
              shows: `Those of ${alerts.join(', ')} that fire now. Their runbooks are in the menu of this panel.`,
              bad: 'Any row.',
              of: 'One row is one firing alert, told apart by its labels.',
              unit: CODE,
              queries: [
                {
                  expression: maxBy(labelsOf(alerts), FIRING(alerts)),
                  by: labelsOf(alerts),
                  name: 'Firing',
                },
              ],
              width: 24,
              height: 6,
              listsAlerts: true,
              empty: 'None fires',
            },
          ],
        },
      ];

/** What they are told apart by, whichever it is. */
const labelsOf = (alerts: readonly AlertName[]): readonly LabelId[] => [
  'alertName',
  'severity',
  ...new Set(alerts.flatMap((name): readonly LabelId[] => ALERTS[name].labels)),
];
