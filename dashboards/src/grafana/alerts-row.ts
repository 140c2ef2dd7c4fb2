import { type AlertName, ALERTS } from '../alerts/alerts.ts';
import type { LabelId } from '../promql/labels.ts';
import type { Row } from './panel.ts';
import { firingAlerts } from './panels/alerts.ts';

/** The last row of every dashboard: its alerts, with the way to their runbooks. */
export const alertsRow = (alerts: readonly AlertName[]): readonly Row[] =>
  alerts.length === 0
    ? []
    : [
        {
          title: 'Alerts and runbooks',
          panels: [
            firingAlerts(alerts, labelsOf(alerts), {
              title: 'Alerts that this dashboard explains',
              shows: `Those of ${alerts.join(', ')} that fire now. Their runbooks are in the menu of this panel.`,
              width: 24,
              height: 6,
              listsAlerts: true,
            }),
          ],
        },
      ];

/** What they are told apart by, whichever it is. */
const labelsOf = (alerts: readonly AlertName[]): readonly LabelId[] => [
  ...new Set(alerts.flatMap((name): readonly LabelId[] => ALERTS[name].labels)),
];
