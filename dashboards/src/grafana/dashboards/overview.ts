import type { LabelId } from '../../promql/labels.ts';
import { VENDORS } from '../../recording/vendors.ts';
import type { Config } from '../../config/schema.ts';
import type { Dashboard } from '../panel.ts';
import { firingAlerts } from '../panels/alerts.ts';
import { brownoutShare, fallbackShare, faults, MODEL, notServed, verdicts } from '../panels/calls.ts';
import { modelsNow } from '../panels/models-now.ts';
import { NO_STATUS_PAGE } from '../panels/vendors.ts';
import { pickRecorded, rateOf } from '../queries.ts';
import { CODE, perSecond, SHARE } from '../units.ts';
import { BROWNOUT, callShareInRange, percent, verdictBounds } from '../verdict-queries.ts';

/** What an alert is about; some alerts have more labels, which the dashboard that they lead to shows. */
const ABOUT = ['providerName', 'requestModel', 'useCase', 'job'] as const satisfies readonly LabelId[];

/** What an on-caller opens first: its first screen says whether, since when, whose fault, for whom, and what to do. */
export function overview(config: Config): Dashboard {
  const { degraded, brownout } = verdictBounds(config);
  return {
    description:
      'Whether the models that you call can be used, whoever says otherwise, and who is hit where they cannot.',
    explains: ['goodput', 'vendor_status'],
    rows: [
      {
        title: 'Is it usable?',
        panels: [
          verdicts(MODEL, config, {
            shows: `For each model: usable; degraded from ${percent(degraded)} of bad answers on; brownout from ${percent(brownout)} on, where a month's budget is gone in two days.`,
            bad: 'Yellow and red. A gap means that nobody called.',
            of: "Calls that got a 2xx status line; bad are those that were late, cut, stalled, empty, malformed or repeating by the vendor's fault.",
            leadsTo: 'model',
          }),
          {
            kind: 'states',
            title: 'What the vendors say',
            shows: 'The worst of the components on their status pages that back the interfaces of each provider.',
            bad: 'Anything but green. Green under a red bar: they do not see, or do not say, what you see.',
            of: 'The components that the table of vendors knows; nothing where a page was not read or not understood.',
            unit: CODE,
            scale: 'vendor',
            queries: [{ expression: pickRecorded(VENDORS.status), by: ['providerName'] }],
            width: 24,
            height: 5,
            leadsTo: 'vendors',
            empty: NO_STATUS_PAGE,
          },
          modelsNow(config),
          firingAlerts('all', ABOUT, {
            title: 'Firing alerts: what to do',
            shows: 'Alerts of this pack that fire now, and when what they tell of began.',
            width: 12,
            height: 7,
          }),
        ],
      },
      {
        title: 'Who is hit',
        panels: [
          notServed(['useCase'], {
            title: 'Use cases',
            shows: 'The use cases with the most calls that did not serve, in the range that is shown.',
            bad: 'A high share; a high count with a low share is a big use case.',
            width: 9,
            height: 6,
            leadsTo: 'useCase',
          }),
          notServed(['job'], {
            title: 'Services',
            shows: 'The services with the most calls that did not serve, in the range that is shown.',
            bad: 'One service alone: look at it, not at the vendor.',
            width: 9,
            height: 6,
          }),
          {
            kind: 'number',
            title: 'Bad answers',
            shows:
              "The brownout share of the range that is shown: answers that look fine to uptime monitoring and are not usable by the vendor's fault.",
            bad: 'Above the share that a gray failure is called at.',
            of: 'All calls that got a 2xx status line.',
            unit: SHARE,
            queries: [{ expression: callShareInRange([], BROWNOUT), by: [], name: 'Bad answers' }],
            threshold: { alert: 'BrownoutGrayFailure', setting: 'share', bad: 'above' },
            width: 6,
            height: 6,
          },
        ],
      },
      {
        title: 'How bad, and what saves it',
        panels: [
          brownoutShare({ leadsTo: 'model' }),
          {
            kind: 'stacked',
            title: 'Calls by verdict',
            shows: 'What the applications got.',
            bad: 'Red and yellow. A fall of the whole is callers that gave up, or a breaker.',
            of: 'Calls per second, at their end.',
            unit: perSecond('calls'),
            queries: [{ expression: rateOf(['verdict'], 'calls'), by: ['verdict'] }],
            colours: 'verdict',
            width: 12,
            traces: true,
          },
          faults,
          fallbackShare({ width: 12, leadsTo: 'resilience' }),
        ],
      },
    ],
  };
}
