import type { Config } from '../../config/schema.ts';
import type { Dashboard } from '../panel.ts';
import {
  brownoutShare,
  faults,
  MODEL,
  objectiveOverAnHour,
  reasons,
  useCasesOfModels,
  verdicts,
} from '../panels/calls.ts';
import { heatmap, spread } from '../panels/histograms.ts';
import { symptom } from '../panels/symptoms.ts';
import { SYMPTOMS } from '../../recording/symptoms.ts';
import { countOf, some } from '../queries.ts';
import { COUNT, SHARE } from '../units.ts';
import { callShare, DOWN } from '../verdict-queries.ts';

/** One provider or model: what is wrong with it, since when, and for whom. */
export const model = (config: Config): Dashboard => ({
  description: 'One provider or model: what is wrong with its answers, since when, and whose fault it is.',
  explains: ['slow', 'stalled', 'content'],
  rows: [
    {
      title: 'What it answers',
      panels: [
        verdicts(MODEL, config, {
          title: 'Verdict',
          shows: 'Usable, degraded or in a brownout, per model, as on the overview.',
          bad: 'Yellow and red.',
        }),
        reasons(),
        faults,
        brownoutShare({}),
        objectiveOverAnHour('provider_model'),
      ],
    },
    {
      title: 'How long it takes',
      panels: [
        spread(
          'inferenceDuration',
          {
            title: 'Time that calls take',
            shows:
              'Half of the calls (dashed), and 19 of 20, take no longer than this; retries and their waits are in it.',
            bad: 'A step, or the two lines drawing apart.',
            of: 'All calls of the model, with and without an answer.',
            traces: true,
          },
          { exemplars: true },
        ),
        heatmap('inferenceDuration', {
          title: 'How their times are spread',
          shows: 'How many calls took how long.',
          bad: 'A second band: some calls wait for something, a timeout for example, while most do not.',
          of: 'Calls per second in each bucket.',
        }),
        spread('attemptTimeToHeaders', {
          title: 'Time to the status line',
          shows:
            'How long an attempt waits for the status line, half of them (dashed) and 19 of 20: what a load balancer in front of the model shows.',
          bad: 'High here as well: queueing before the model. Low while calls take long: the model itself.',
          of: 'Attempts on the wire.',
        }),
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
      title: 'As the alerts see it',
      panels: [
        symptom(SYMPTOMS.overdue, 'BrownoutAnswersOverdue', {
          title: 'Answers over the total budget',
          shows: 'Calls that took longer than their whole budget allows, in the last quarter of an hour.',
          of: 'Calls of the model that say something of the vendor: without those that the caller stopped or got wrong.',
          width: 8,
          height: 7,
        }),
        symptom(SYMPTOMS.failed, 'BrownoutCallsFailing', {
          title: 'Calls that failed',
          shows: 'Calls that the provider answered with an error of its own, or never, in the last quarter of an hour.',
          of: 'Calls of the model that say something of the vendor: without those that the caller stopped or got wrong.',
          width: 8,
          height: 7,
        }),
        symptom(SYMPTOMS.badRequests, 'BrownoutRequestsRejected', {
          title: 'Requests rejected',
          shows: 'Calls that the provider refused as wrong in themselves, in the last quarter of an hour.',
          of: 'Calls of the model that the caller did not stop.',
          width: 8,
          height: 7,
        }),
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
        useCasesOfModels({
          title: 'Use cases that call it',
          shows: 'Where its answers go, in the range that is shown.',
          bad: 'A high share in one use case alone: look at what that one asks for.',
          leadsTo: 'useCase',
        }),
      ],
    },
  ],
});
