import { dividedBy } from '../../promql/expression.ts';
import type { LabelId } from '../../promql/labels.ts';
import { SUBSETS } from '../../recording/calls.ts';
import type { Dashboard } from '../panel.ts';
import { MODEL } from '../panels/calls.ts';
import { heatmap, spread } from '../panels/histograms.ts';
import { symptom } from '../panels/symptoms.ts';
import { SYMPTOMS } from '../../recording/symptoms.ts';
import { countOf, rateOf, share, some, worst } from '../queries.ts';
import { COUNT, perSecond, SHARE } from '../units.ts';

/** Answers that came in time and are of no use. */
export const quality = (): Dashboard => ({
  description:
    'Answers that came in time and are of no use: empty, malformed, repeating, refused, cut short, from another model.',
  explains: [],
  rows: [
    {
      title: 'What is wrong with answers',
      panels: [
        {
          kind: 'stacked',
          title: 'Anomalies',
          shows: 'Everything that was found to be wrong with answers; one answer may have several.',
          bad: 'A colour that was not there before a release of yours or of the model.',
          of: 'Anomalies per second.',
          unit: perSecond('outputAnomalies'),
          queries: [{ expression: some(rateOf(['anomaly'], 'outputAnomalies')), by: ['anomaly'] }],
          colours: 'anomaly',
          width: 12,
          traces: true,
          empty: 'No anomaly was found',
        },
        {
          kind: 'lines',
          title: 'Answers with each anomaly',
          shows: 'How many of the answers had it.',
          bad: 'Percents. A permille of truncated or blocked answers is every day.',
          of: 'Calls that got a 2xx status line.',
          unit: SHARE,
          queries: [
            {
              expression: shareOfAnswers(['anomaly']),
              by: ['anomaly'],
            },
          ],
          colours: 'anomaly',
          width: 12,
          traces: true,
          empty: 'No anomaly was found',
        },
        {
          kind: 'lines',
          title: 'Anomalies by model',
          shows: 'Anomalies of any kind for each answer of a model.',
          bad: 'One model alone: it changed, or what you ask of it did.',
          of: 'Calls of the model that got a 2xx status line.',
          unit: SHARE,
          queries: [
            {
              expression: share(rateOf(MODEL, 'outputAnomalies'), rateOf(MODEL, 'calls', { where: SUBSETS.answered })),
              by: MODEL,
            },
          ],
          width: 12,
          leadsTo: 'model',
          traces: true,
        },
        {
          kind: 'lines',
          title: 'Refused or filtered',
          shows: 'Answers that a refusal, a content filter or a safety stop took the place of.',
          threshold: { alert: 'BrownoutRefusalSurge', setting: 'share', bad: 'above' },
          bad: 'A step, or above the dashed line: a policy of the vendor changed, or somebody tries what they should not.',
          of: 'Calls of the use case that got a 2xx status line.',
          unit: SHARE,
          queries: [
            {
              expression: share(
                rateOf(['useCase'], 'calls', { where: { fault: 'policy' } }),
                rateOf(['useCase'], 'calls', { where: SUBSETS.answered }),
              ),
              by: ['useCase'],
            },
          ],
          width: 12,
        },
      ],
    },
    {
      title: 'As the alerts see it',
      panels: [
        symptom(SYMPTOMS.empty, 'BrownoutEmptyAnswers', {
          title: 'Empty',
          shows: 'Answers without text, tool call or anything else of use, in the last quarter of an hour.',
          of: 'Calls of the model that got a 2xx status line.',
          width: 8,
          height: 7,
        }),
        symptom(SYMPTOMS.malformed, 'BrownoutMalformedOutput', {
          title: 'Malformed',
          shows: 'Answers that were to be JSON, or arguments of tools, and are not, in the last quarter of an hour.',
          of: 'Calls of the model that got a 2xx status line.',
          width: 8,
          height: 7,
        }),
        symptom(SYMPTOMS.repeating, 'BrownoutRepetition', {
          title: 'Repeating',
          shows: 'Answers that fell into a loop, in the last quarter of an hour.',
          of: 'Calls of the model that got a 2xx status line.',
          width: 8,
          height: 7,
        }),
        symptom(SYMPTOMS.garbled, 'BrownoutGarbledOutput', {
          title: 'Garbled',
          shows: 'Answers with broken characters or in another language, in the last quarter of an hour.',
          of: 'Calls of the model that got a 2xx status line.',
          width: 8,
          height: 7,
        }),
        symptom(SYMPTOMS.substituted, 'BrownoutModelSubstituted', {
          title: 'From another model',
          shows: 'Answers that name a model that was not asked for, in the last quarter of an hour.',
          of: 'Calls of the model that got a 2xx status line.',
          width: 8,
          height: 7,
        }),
        symptom(SYMPTOMS.foreign, 'BrownoutForeignAnswers', {
          title: 'Not an answer at all',
          shows:
            'Bodies that are not what the interface speaks, such as a page of HTML, in the last quarter of an hour.',
          of: 'Calls of the model that got a 2xx status line.',
          width: 8,
          height: 7,
        }),
      ],
    },
    {
      title: 'How much comes',
      panels: [
        symptom(SYMPTOMS.outlying, 'BrownoutUnusualLengths', {
          title: 'Unusually long or short',
          shows: 'Answers far longer or shorter than those before them, in the last quarter of an hour.',
          of: 'Calls of the model that got a 2xx status line.',
          width: 12,
          height: 7,
        }),
        symptom(SYMPTOMS.miscounted, 'BrownoutImplausibleUsage', {
          title: 'Tokens that cannot be',
          shows: 'Answers whose token count no tokenizer could have made of them, in the last quarter of an hour.',
          of: 'Calls of the model that got a 2xx status line.',
          width: 12,
          height: 7,
        }),
        spread('outputTokensPerOperation', {
          title: 'Length of answers',
          shows: 'Output tokens of a successful call: half of them (dashed), and 19 of 20, have no more.',
          bad: 'A fall of the median: answers became terse or are cut. A rise of p95: loops, or reasoning that does not end.',
          of: 'Successful calls whose provider reported tokens.',
        }),
        heatmap('outputTokensPerOperation', {
          title: 'How lengths are spread',
          shows: 'How many answers had how many tokens.',
          bad: 'A line at the top: the limit on tokens. A line at the bottom: answers of a word or none.',
          of: 'Successful calls per second in each bucket.',
        }),
      ],
    },
    {
      title: 'Where',
      panels: [
        {
          kind: 'table',
          title: 'Worst places',
          shows: 'Where most anomalies were found, in the range that is shown.',
          bad: 'A use case and a model that are on top together.',
          of: 'Anomalies.',
          unit: COUNT,
          queries: [
            {
              expression: worst(20, some(countOf(['useCase', ...MODEL, 'anomaly'], 'outputAnomalies'))),
              by: ['useCase', ...MODEL, 'anomaly'],
              name: 'Anomalies',
            },
          ],
          width: 24,
          leadsTo: 'useCase',
          empty: 'No anomaly was found',
        },
      ],
    },
  ],
});

/** Of all answers, not of those with the same label: the denominator has none. */
function shareOfAnswers(by: readonly LabelId[]) {
  const answers = rateOf([], 'calls', { where: SUBSETS.answered });
  return dividedBy(some(rateOf(by, 'outputAnomalies')), some(answers), { on: [], manyToOne: true });
}
