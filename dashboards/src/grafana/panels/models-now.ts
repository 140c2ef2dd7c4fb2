import type { Config } from '../../config/schema.ts';
import { number, times } from '../../promql/expression.ts';
import { firstSeen } from '../lead.ts';
import type { Panel } from '../panel.ts';
import { countOf, some, worstIn } from '../queries.ts';
import { CODE, MOMENT, SHARE } from '../units.ts';
import {
  BROWNOUT,
  budgetLeft,
  callShare,
  callShareInRange,
  NOT_SERVED,
  percent,
  verdictBounds,
} from '../verdict-queries.ts';
import { MODEL } from './calls.ts';

/** One line for each model: how bad it is, since when, why, and whose fault that is. */
export function modelsNow(config: Config): Panel {
  const { degraded } = verdictBounds(config);
  const why = [...MODEL, 'reason', 'fault'] as const;
  return {
    kind: 'table',
    title: 'Which models, since when, whose fault',
    shows: `For each model, in the range that is shown: the share of bad answers; when it first was ${percent(degraded)} or more; why most calls did not serve, and whose fault that is; what is left of the bad answers that the objective allows, if the range were the whole period.`,
    bad: 'Red. A budget below zero is overspent: −1000 % is ten times the budget, on top of it.',
    of: `Calls of the model that got a 2xx status line, of which the objective allows ${percent(1 - (config.alerts.BrownoutBudgetBurn['objective'] ?? 0))} to be bad; why and whose also of those that got none.`,
    unit: CODE,
    queries: [
      {
        expression: callShareInRange(MODEL, BROWNOUT),
        by: MODEL,
        name: 'Bad answers',
        unit: SHARE,
        colouredBy: { alert: 'BrownoutGrayFailure', setting: 'share', bad: 'above' },
      },
      {
        expression: times(number(1000), firstSeen(callShare(MODEL, BROWNOUT), degraded, MODEL)),
        by: MODEL,
        name: 'Since',
        unit: MOMENT,
      },
      {
        expression: worstIn(MODEL, some(countOf(why, 'calls', { where: NOT_SERVED.part }))),
        by: why,
        name: 'Why',
        labelsOnly: true,
      },
      {
        expression: budgetLeft(MODEL, config),
        by: MODEL,
        name: 'Budget left',
        unit: SHARE,
        colouredBy: 'bad below zero',
      },
    ],
    width: 12,
    height: 7,
    leadsTo: 'model',
  };
}
