import { above, and, atLeast, number, sumBy, times } from '../promql/expression.ts';
import { type Duration, recorded } from '../promql/series.ts';
import { NORMALISED } from '../recording/normalised.ts';
import { type BurnWindow, type LongWindow, type Objective, OBJECTIVES } from '../recording/objectives.ts';
import { alert, type AlertRule } from './alert.ts';
import type { Severity } from './categories.ts';
import { asWellAs, WHOSE_IS_IT, worstFirstOf } from './diagnosis.ts';
import type { Chosen } from './settings.ts';
import { labelValue, percent, VALUE, valueOf } from './templates.ts';

/**
 * Burn rates of a 30-day budget: how many times faster than allowed it is spent, over a long window that makes it
 * significant and a short one that says that it goes on.
 *
 * @see https://sre.google/workbook/alerting-on-slos/#6-multiwindow-multi-burn-rate-alerts
 */
const BURNS = [
  { factor: 14.4, long: '1h', short: '5m', for: '2m', severity: 'critical' },
  { factor: 6, long: '6h', short: '30m', for: '15m', severity: 'critical' },
  { factor: 3, long: '1d', short: '2h', for: '1h', severity: 'warning' },
  { factor: 1, long: '3d', short: '6h', for: '3h', severity: 'warning' },
] as const satisfies readonly {
  readonly factor: number;
  readonly long: LongWindow;
  readonly short: BurnWindow;
  readonly for: Duration;
  readonly severity: Severity;
}[];

/** How many times too fast the budget is spent where somebody is woken up at once. */
export const FASTEST_BURN = BURNS[0].factor;

/** The steepest burn asks for a larger share than there is where the objective is not above this. */
const LOWEST_OBJECTIVE = 1 - 1 / FASTEST_BURN;

const SETTINGS = {
  objective: {
    kind: 'objective',
    default: 0.99,
    least: LOWEST_OBJECTIVE,
    meaning: 'share of calls that have to be usable over 30 days',
  },
  calls: { kind: 'count', default: 50, meaning: 'fewest calls in the long window that say something' },
} as const;

function burnRules({ share, volume }: Objective, chosen: Chosen<typeof SETTINGS>, whose: string): readonly AlertRule[] {
  const budget = number(Number((1 - chosen.objective).toFixed(6)));
  return BURNS.map(({ factor, long, short, for: pending, severity }) => {
    const isBurning = (window: BurnWindow) => above(recorded(share[window]), times(number(factor), budget));
    return {
      labels: { long, short },
      for: pending,
      severity,
      expression: and(and(isBurning(long), isBurning(short)), atLeast(recorded(volume[long]), number(chosen.calls))),
      description: `${VALUE.share} of the ${valueOf(volume[long])} calls ${whose} in the last ${long}, and ${valueOf(share[short], 'share')} of those in the last ${short}, were not usable; the objective of ${percent(chosen.objective)} allows ${percent(1 - chosen.objective)}.`,
    };
  });
}

const BURN = {
  category: 'goodput',
  severity: 'critical',
  for: '2m',
  keepFiringFor: '5m',
  settings: SETTINGS,
} as const;

const BURN_PAIRS = BURNS.map(({ long, short, factor }) => `${factor} times too fast over ${long} and ${short}`).join(
  ', ',
);

const OVER =
  'The share over the short window falls under the objective as soon as calls are good again, and the alert ends five minutes later. The long window stays high for as long as it is long: that is the budget that was spent, and no reason to wait.';

export const GOODPUT_ALERTS = {
  BrownoutBudgetBurn: alert({
    ...BURN,
    downgradable: true,
    labels: OBJECTIVES.provider_model.calls.labels,
    rules: (chosen) =>
      burnRules(
        OBJECTIVES.provider_model,
        chosen,
        `that ${labelValue('providerName')} answered for ${labelValue('requestModel')}`,
      ),
    summary: 'A model answers, and too many of its answers are not usable.',
    dashboard: 'model',
    runbook: {
      meaning: `Of the calls that got a 2xx status line, too many were slow, stalled, cut, empty, malformed or repeating by the vendor's fault: the error budget of 30 days is being spent ${BURN_PAIRS}. Uptime monitoring sees nothing of it.`,
      impact:
        'Users wait for answers or get ones that they cannot use. Retries and fallbacks may hide it from them, for more money and time.',
      us: WHOSE_IS_IT.us,
      network: WHOSE_IS_IT.network,
      vendor: asWellAs(
        {
          text: 'The reason tells what is wrong with the answers.',
          queries: [
            worstFirstOf(
              sumBy(
                ['providerName', 'requestModel', 'reason'],
                recorded(NORMALISED.calls, { where: { transport: 'up', fault: 'vendor' } }),
              ),
            ),
          ],
        },
        WHOSE_IS_IT.vendor,
      ),
      mitigation: [
        'Move the use cases that matter to another model or provider: open the breaker, or lower its threshold, or change the route.',
        'Shorten the budgets so that users get the fallback sooner; a stalled stream costs the whole of its timeout.',
        "Open a ticket with the vendor, with the request ids on the spans' `brownout.provider.request_ids`.",
      ],
      over: OVER,
      falsePositives: [
        'A budget that is shorter than the model needs makes good answers `degraded`: compare the time to the first chunk with the budget before you blame the vendor.',
        'A model that few users call needs few bad answers to burn; raise `calls` for it.',
      ],
    },
  }),
  BrownoutUseCaseBudgetBurn: alert({
    ...BURN,
    labels: OBJECTIVES.use_case.calls.labels,
    rules: (chosen) => burnRules(OBJECTIVES.use_case, chosen, `of ${labelValue('useCase')}`),
    summary: 'A use case gets too few usable answers.',
    dashboard: 'useCase',
    runbook: {
      meaning: `Of the calls of one use case, too many did not give a usable answer, be it the vendor's fault, a limit's or the network's: the error budget of 30 days is being spent ${BURN_PAIRS}.`,
      impact: 'What the application does for its users with this use case does not work for some of them.',
      us: WHOSE_IS_IT.us,
      network: WHOSE_IS_IT.network,
      vendor: asWellAs(
        {
          text: 'Which provider and model the use case asks, and what is wrong with the answers:',
          queries: [
            worstFirstOf(
              sumBy(
                ['useCase', 'providerName', 'requestModel', 'reason'],
                recorded(NORMALISED.calls, { where: { fault: { anyOf: ['vendor', 'capacity', 'network'] } } }),
              ),
            ),
          ],
        },
        WHOSE_IS_IT.vendor,
      ),
      mitigation: [
        'Look whether the fallback of this use case is exercised and works; without one, add or switch to another model.',
        'With the fault `capacity`, slow the callers down or raise the limit: another vendor is the dearer way out.',
        'Switch the feature off for a while if what it gives is worse than nothing.',
      ],
      over: OVER,
      falsePositives: [
        'Calls that a fallback replaced count here: the use case may have been served all the same. Compare with the fallbacks on the dashboard.',
        'Calls without a use case are all one, `unspecified`: name them to tell them apart.',
      ],
    },
  }),
} as const;
