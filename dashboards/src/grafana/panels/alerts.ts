import type { AlertName } from '../../alerts/alerts.ts';
import { SEVERITIES, type Severity } from '../../alerts/categories.ts';
import { type Expression, maxBy, minBy, number, or, times } from '../../promql/expression.ts';
import type { LabelId } from '../../promql/labels.ts';
import type { Panel } from '../panel.ts';
import { FIRING, FIRING_SINCE } from '../queries.ts';
import { severityState } from '../states.ts';
import { CODE, MOMENT } from '../units.ts';

/** What fires now: the worst first, since when, and about what; its name leads to what there is to do. */
export function firingAlerts(
  names: readonly AlertName[] | 'all',
  about: readonly LabelId[],
  own: Pick<Panel, 'title' | 'shows' | 'width' | 'height'> & Partial<Panel>,
): Panel {
  const by: readonly LabelId[] = ['alertName', ...about];
  return {
    kind: 'table',
    bad: 'Any row; critical ones wake somebody up. The name of an alert leads to its runbook.',
    of: 'One row is what one alert is about; its severity is the worst that it fires with. What is about other than what is chosen is left out.',
    unit: CODE,
    queries: [
      { expression: worstSeverity(by, names), by, name: 'Severity', colouredBy: 'severity' },
      {
        expression: times(number(1000), minBy(by, FIRING_SINCE(names))),
        by,
        name: 'Since',
        unit: MOMENT,
      },
    ],
    numbersAfter: 'alertName',
    empty: 'None fires',
    ...own,
  };
}

const worstSeverity = (by: readonly LabelId[], names: readonly AlertName[] | 'all'): Expression =>
  (Object.keys(SEVERITIES) as Severity[])
    .map((severity) => times(number(severityState(severity)), maxBy(by, FIRING(names, severity))))
    .reduce((worse, lesser) => or(worse, lesser));
