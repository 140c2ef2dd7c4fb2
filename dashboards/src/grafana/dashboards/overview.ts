import { maxBy } from '../../promql/expression.ts';
import type { LabelId } from '../../promql/labels.ts';
import { VENDORS } from '../../recording/vendors.ts';
import type { Config } from '../../config/schema.ts';
import type { Dashboard } from '../panel.ts';
import { countOf, FIRING, pickRecorded, rateOf, some, share, worst } from '../queries.ts';
import { CODE, COUNT, PER_SECOND, SHARE } from '../units.ts';
import {
  BROWNOUT,
  budgetLeft,
  callShare,
  callShareInRange,
  NOT_SERVED,
  verdictBounds,
  verdictState,
} from '../verdict-queries.ts';

const MODEL = ['providerName', 'requestModel'] as const satisfies readonly LabelId[];
/** What an alert is about; some alerts have more labels, which the dashboard that they lead to shows. */
const FIRING_BY = [
  'alertName',
  'severity',
  'providerName',
  'requestModel',
  'useCase',
  'job',
] as const satisfies readonly LabelId[];

const percent = (value: number): string => `${Number((value * 100).toPrecision(3))} %`;

/** What an on-caller opens first. */
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
          {
            kind: 'states',
            title: 'What we see',
            shows: `For each model: usable; degraded from ${percent(degraded)} of bad answers on; brownout from ${percent(brownout)} on, where a month's budget is gone in two days.`,
            bad: 'Yellow and red. A gap means that nobody called.',
            of: "Calls that got a 2xx status line; bad are those that were late, cut, stalled, empty, malformed or repeating by the vendor's fault.",
            unit: CODE,
            scale: 'verdict',
            queries: [{ expression: verdictState(MODEL, config), by: MODEL }],
            width: 24,
            height: 6,
            leadsTo: 'model',
            traces: true,
          },
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
            empty: 'No status page is read: run brownout vendor-status',
          },
        ],
      },
      {
        title: 'How bad, and how much is left',
        panels: [
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
            width: 4,
            height: 7,
          },
          {
            kind: 'number',
            title: 'Budget left',
            shows:
              'What is left of the bad answers that the objective allows, if the range that is shown were the whole period.',
            bad: 'Below zero: more than that was spent. −1000 % is ten times the budget, on top of it.',
            of: `The objective allows ${percent(1 - (config.alerts.BrownoutBudgetBurn['objective'] ?? 0))} of the calls that got a 2xx status line to be bad.`,
            unit: SHARE,
            queries: [{ expression: budgetLeft(MODEL, config), by: MODEL }],
            zeroIs: 'bad below',
            width: 8,
            height: 7,
            leadsTo: 'model',
          },
          {
            kind: 'table',
            title: 'Firing alerts',
            shows: 'Alerts of this pack that fire now.',
            bad: 'Any row; critical ones wake somebody up.',
            of: 'One row is one firing alert.',
            unit: CODE,
            queries: [
              {
                expression: maxBy(FIRING_BY, FIRING('all')),
                by: FIRING_BY,
                name: 'Firing',
              },
            ],
            width: 12,
            height: 7,
            empty: 'None fires',
          },
          {
            kind: 'lines',
            title: 'Brownout share',
            shows: "Answers that look fine to uptime monitoring and are not usable by the vendor's fault, per model.",
            bad: 'Above the dashed line; one line alone is a model, all lines together are you.',
            of: 'Calls of that model that got a 2xx status line.',
            unit: SHARE,
            queries: [{ expression: callShare(MODEL, BROWNOUT), by: MODEL }],
            threshold: { alert: 'BrownoutGrayFailure', setting: 'share', bad: 'above' },
            width: 12,
            leadsTo: 'model',
            traces: true,
          },
          {
            kind: 'stacked',
            title: 'Calls by verdict',
            shows: 'What the applications got.',
            bad: 'Red and yellow. A fall of the whole is callers that gave up, or a breaker.',
            of: 'Calls per second, at their end.',
            unit: PER_SECOND,
            queries: [{ expression: rateOf(['verdict'], 'calls'), by: ['verdict'] }],
            colours: 'verdict',
            width: 12,
            traces: true,
          },
        ],
      },
      {
        title: 'Who is hit',
        panels: [
          {
            kind: 'table',
            title: 'Use cases',
            shows: 'The use cases with the most calls that did not serve, in the range that is shown.',
            bad: 'A high share; a high count with a low share is a big use case.',
            of: 'Calls that say something of the vendor: without those that the caller stopped or got wrong.',
            unit: COUNT,
            queries: [
              {
                expression: worst(10, some(countOf(['useCase'], 'calls', { where: NOT_SERVED.part }))),
                by: ['useCase'],
                name: 'Not served',
              },
              { expression: callShareInRange(['useCase'], NOT_SERVED), by: ['useCase'], name: 'Share', unit: SHARE },
            ],
            width: 8,
            leadsTo: 'useCase',
          },
          {
            kind: 'table',
            title: 'Services',
            shows: 'The services with the most calls that did not serve, in the range that is shown.',
            bad: 'One service alone: look at it, not at the vendor.',
            of: 'Calls that say something of the vendor: without those that the caller stopped or got wrong.',
            unit: COUNT,
            queries: [
              {
                expression: worst(10, some(countOf(['job'], 'calls', { where: NOT_SERVED.part }))),
                by: ['job'],
                name: 'Not served',
              },
              { expression: callShareInRange(['job'], NOT_SERVED), by: ['job'], name: 'Share', unit: SHARE },
            ],
            width: 8,
          },
          {
            kind: 'lines',
            title: 'Fallbacks',
            shows: 'Calls that another model or provider took over, per use case.',
            threshold: { alert: 'BrownoutFallbackActive', setting: 'share', bad: 'above' },
            bad: 'Above the dashed line: users are served, by something slower, dearer or weaker.',
            of: 'All calls of the use case.',
            unit: SHARE,
            queries: [
              { expression: share(rateOf(['useCase'], 'fallbacks'), rateOf(['useCase'], 'calls')), by: ['useCase'] },
            ],
            width: 8,
            leadsTo: 'resilience',
          },
        ],
      },
    ],
  };
}
