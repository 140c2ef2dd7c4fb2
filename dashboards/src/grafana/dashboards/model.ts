import type { LabelId } from '../../promql/labels.ts';
import { OBJECTIVES } from '../../recording/objectives.ts';
import type { Config } from '../../config/schema.ts';
import type { Dashboard } from '../panel.ts';
import { countOf, pickRecorded, quantile, rateOf, share, some, worst } from '../queries.ts';
import { CODE, COUNT, PER_SECOND, SHARE, unitOf } from '../units.ts';
import { BROWNOUT, callShare, DOWN, NOT_SERVED, verdictState } from '../verdict-queries.ts';

const MODEL = ['providerName', 'requestModel'] as const satisfies readonly LabelId[];

/** One provider or model: what is wrong with it, since when, and for whom. */
export const model = (config: Config): Dashboard => ({
  description: 'One provider or model: what is wrong with its answers, since when, and whose fault it is.',
  explains: ['slow', 'stalled', 'content'],
  rows: [
    {
      title: 'What it answers',
      panels: [
        {
          kind: 'states',
          title: 'Verdict',
          shows: 'Usable, degraded or in a brownout, per model, as on the overview.',
          bad: 'Yellow and red.',
          of: 'Calls that got a 2xx status line.',
          unit: CODE,
          scale: 'verdict',
          queries: [{ expression: verdictState(MODEL, config), by: MODEL }],
          width: 24,
          height: 5,
          traces: true,
        },
        {
          kind: 'stacked',
          title: 'Why calls were not usable',
          shows: 'The reasons of calls that were degraded or unusable.',
          bad: 'Any colour that was not there yesterday. Yellows are late, reds broken off, purples useless, oranges refused or not reached, blues blocked or mistakes of the caller.',
          of: 'Calls per second, at their end; usable and cancelled ones are left out.',
          unit: PER_SECOND,
          queries: [
            {
              expression: some(
                rateOf(['reason'], 'calls', { where: { verdict: { anyOf: ['degraded', 'unusable'] } } }),
              ),
              by: ['reason'],
            },
          ],
          colours: 'reason',
          width: 12,
          traces: true,
          empty: 'Every call was usable',
        },
        {
          kind: 'stacked',
          title: 'Whose fault',
          shows: 'Who is at fault for the calls that were not usable.',
          bad: 'Red is the vendor, orange your limits, purple the network, blue yourselves.',
          of: 'Calls per second, at their end; those without a fault are left out.',
          unit: PER_SECOND,
          queries: [
            { expression: some(rateOf(['fault'], 'calls', { where: { fault: { not: ['none'] } } })), by: ['fault'] },
          ],
          colours: 'fault',
          width: 12,
          empty: 'Nobody was at fault for anything',
        },
        {
          kind: 'lines',
          title: 'Brownout share',
          shows: "Answers that look fine to uptime monitoring and are not usable by the vendor's fault.",
          bad: 'Above the dashed line.',
          of: 'Calls of the model that got a 2xx status line.',
          unit: SHARE,
          queries: [{ expression: callShare(MODEL, BROWNOUT), by: MODEL }],
          threshold: { alert: 'BrownoutGrayFailure', setting: 'share', bad: 'above' },
          width: 12,
          traces: true,
        },
        {
          kind: 'lines',
          title: 'The objective, over an hour',
          shows: 'The share that budget burn alerts look at, over one hour.',
          bad: 'Above the dashed line the budget is spent faster than it is given; the alerts fire at multiples of it.',
          of: 'Calls of the model that got a 2xx status line in the last hour.',
          unit: SHARE,
          queries: [{ expression: pickRecorded(OBJECTIVES.provider_model.share['1h']), by: MODEL }],
          threshold: { alert: 'BrownoutBudgetBurn', setting: 'objective', bad: 'above' },
          width: 12,
        },
      ],
    },
    {
      title: 'How long it takes',
      panels: [
        {
          kind: 'lines',
          title: 'Time that calls take',
          shows: 'Half of the calls, and 19 of 20, take no longer than this; retries and their waits are in it.',
          bad: 'A step, or the two lines drawing apart.',
          of: 'All calls of the model, with and without an answer.',
          unit: unitOf('inferenceDuration'),
          queries: [
            { expression: quantile(0.5, MODEL, 'inferenceDuration'), by: MODEL, name: 'p50', exemplars: true },
            { expression: quantile(0.95, MODEL, 'inferenceDuration'), by: MODEL, name: 'p95', exemplars: true },
          ],
          width: 12,
          traces: true,
        },
        {
          kind: 'heatmap',
          title: 'How their times are spread',
          shows: 'How many calls took how long.',
          bad: 'A second band: some calls wait for something, a timeout for example, while most do not.',
          of: 'Calls per second in each bucket.',
          unit: unitOf('inferenceDuration'),
          queries: [{ expression: rateOf(['le'], 'inferenceDuration', { part: 'bucket' }), by: ['le'] }],
          width: 12,
        },
        {
          kind: 'lines',
          title: 'Time to the status line',
          shows: 'How long an attempt waits for the status line: what a load balancer in front of the model shows.',
          bad: 'High here as well: queueing before the model. Low while calls take long: the model itself.',
          of: 'Attempts on the wire.',
          unit: unitOf('attemptTimeToHeaders'),
          queries: [
            { expression: quantile(0.5, MODEL, 'attemptTimeToHeaders'), by: MODEL, name: 'p50' },
            { expression: quantile(0.95, MODEL, 'attemptTimeToHeaders'), by: MODEL, name: 'p95' },
          ],
          width: 12,
        },
        {
          kind: 'lines',
          title: 'Down, as a probe would see it',
          shows: "Calls without a 2xx status line, by the vendor's fault or the network's.",
          threshold: { alert: 'BrownoutVendorDown', setting: 'share', bad: 'above' },
          bad: 'Above the dashed line it is an outage and no brownout; near 0 while the panels above are bad, it is a brownout.',
          of: 'Calls that say something of the vendor: without those that the caller stopped or got wrong.',
          unit: SHARE,
          queries: [
            {
              expression: callShare(MODEL, DOWN),
              by: MODEL,
            },
          ],
          width: 12,
        },
      ],
    },
    {
      title: 'On the wire, and for whom',
      panels: [
        {
          kind: 'table',
          title: 'Answers on the wire',
          shows: 'The status codes and errors of attempts, in the range that is shown.',
          bad: '429 are limits of yours, 5xx the vendor, no status at all the network.',
          of: 'Attempts, so a call with two retries is three.',
          unit: COUNT,
          queries: [
            {
              expression: some(
                countOf(['serverAddress', 'httpResponseStatusCode', 'errorType'], 'attemptDuration', {
                  part: 'count',
                }),
              ),
              by: ['serverAddress', 'httpResponseStatusCode', 'errorType'],
              name: 'Attempts',
            },
          ],
          width: 12,
        },
        {
          kind: 'table',
          title: 'Use cases that call it',
          shows: 'Where its answers go, in the range that is shown.',
          bad: 'A high share in one use case alone: look at what that one asks for.',
          of: 'Calls that say something of the vendor.',
          unit: COUNT,
          queries: [
            {
              expression: worst(10, some(countOf(['useCase', ...MODEL], 'calls', { where: NOT_SERVED.whole }))),
              by: ['useCase', ...MODEL],
              name: 'Calls',
            },
            {
              expression: share(
                countOf(['useCase', ...MODEL], 'calls', { where: NOT_SERVED.part }),
                countOf(['useCase', ...MODEL], 'calls', { where: NOT_SERVED.whole }),
              ),
              by: ['useCase', ...MODEL],
              name: 'Not served',
              unit: SHARE,
            },
          ],
          width: 12,
          leadsTo: 'useCase',
        },
      ],
    },
  ],
});
