import { SUBSETS } from '../../recording/calls.ts';
import { FIRST_CHUNK } from '../../recording/gen-ai.ts';
import { PAST } from '../../recording/past.ts';
import { SYMPTOMS } from '../../recording/symptoms.ts';
import type { Dashboard } from '../panel.ts';
import { MODEL, reasons } from '../panels/calls.ts';
import { heatmap, spread } from '../panels/histograms.ts';
import { symptom } from '../panels/symptoms.ts';
import { pickRecorded, quantile, rateOf, share, some } from '../queries.ts';
import { perSecond, SHARE, unitOf } from '../units.ts';

/** Streams: when they begin, whether they flow and how they end. */
export const streaming = (): Dashboard => ({
  description: 'Streams: how long the first word takes, whether they flow, and whether they come to their end.',
  explains: [],
  rows: [
    {
      title: 'They begin',
      panels: [
        spread(
          'inferenceTimeToFirstChunk',
          {
            title: 'Time to the first chunk',
            shows:
              'How long users look at nothing, half of them (dashed) and 19 of 20: to the first chunk with text, reasoning or a tool call.',
            bad: 'A step; p95 above the budget of the use case.',
            of: 'Streamed answers that had a first chunk; those that never did are under the reasons.',
            traces: true,
          },
          { exemplars: true },
        ),
        heatmap('inferenceTimeToFirstChunk', {
          title: 'How first chunks are spread',
          shows: 'How many answers had their first chunk when.',
          bad: 'A second band: part of the requests queue somewhere.',
          of: 'First chunks per second in each bucket.',
        }),
        symptom(SYMPTOMS.late, 'BrownoutFirstChunkOverBudget', {
          title: 'First chunks over the budget',
          shows: 'Streams whose first chunk was later than the budget allows, in the last quarter of an hour.',
          of: 'Streamed calls of the model.',
        }),
        {
          kind: 'lines',
          title: 'Now and usually',
          shows: 'The median wait for the first chunk over a quarter of an hour, beside the median of the day before.',
          bad: 'The lines drawing apart: slower than usual, even inside the budget.',
          of: 'Streamed answers that had a first chunk; what is usual is known after an hour.',
          unit: unitOf('inferenceTimeToFirstChunk'),
          queries: [
            { expression: pickRecorded(FIRST_CHUNK.median), by: MODEL, name: 'now' },
            { expression: pickRecorded(PAST.firstChunk), by: MODEL, name: 'usually', dashed: true },
          ],
          width: 12,
        },
      ],
    },
    {
      title: 'They flow',
      panels: [
        symptom(SYMPTOMS.silent, 'BrownoutStreamsStalling', {
          title: 'Streams that went silent',
          shows: 'Streams with a silence longer than the gap budget, in the last quarter of an hour.',
          of: 'Streamed calls of the model.',
        }),
        spread('streamMaxGap', {
          title: 'Longest silence',
          shows: 'The longest silence within a stream: half of them (dashed), and 19 of 20, have none longer.',
          bad: 'Seconds. Users see half a sentence standing still.',
          of: 'Streams with two chunks of output or more.',
          traces: true,
        }),
        {
          kind: 'lines',
          title: 'Output rate',
          shows: 'Tokens per second between the first and the last chunk; half of the streams are slower.',
          bad: 'A fall: the model is overloaded, or another one answers under its name.',
          of: 'Streams whose provider reported tokens.',
          unit: unitOf('streamOutputRate'),
          queries: [{ expression: quantile(0.5, MODEL, 'streamOutputRate'), by: MODEL, name: 'p50' }],
          width: 12,
        },
        {
          kind: 'lines',
          title: 'Time between chunks',
          shows: 'How long the next chunk takes; 19 of 20 come sooner.',
          bad: 'A rise while the output rate stays: chunks became larger, which is no trouble.',
          of: 'All chunks after the first one.',
          unit: unitOf('inferenceTimePerOutputChunk'),
          queries: [{ expression: quantile(0.95, MODEL, 'inferenceTimePerOutputChunk'), by: MODEL, name: 'p95' }],
          width: 12,
        },
      ],
    },
    {
      title: 'They end',
      panels: [
        reasons(
          {
            title: 'How streams ended that were not usable',
            shows: 'The reasons of streamed calls that were degraded or unusable.',
            bad: 'Reds: cut, stalled and given up. Yellows came, but late. Purples came and are useless.',
            of: 'Streamed calls per second.',
            empty: 'Every stream was usable',
          },
          { streaming: 'true' },
        ),
        {
          kind: 'stacked',
          title: 'Broken budgets',
          shows: 'Which budgets calls broke; a call may break several.',
          bad: 'Red is silence, yellow is lateness.',
          of: 'Breaches per second.',
          unit: perSecond('budgetBreaches'),
          queries: [{ expression: some(rateOf(['budget'], 'budgetBreaches')), by: ['budget'] }],
          colours: 'budget',
          width: 12,
          empty: 'No budget was broken',
        },
        symptom(SYMPTOMS.cut, 'BrownoutStreamsCut', {
          title: 'Answers that were cut',
          shows: 'Streams and bodies that ended without their end, in the last quarter of an hour.',
          of: 'Calls of the model that got a 2xx status line, streamed or not.',
        }),
        {
          kind: 'lines',
          title: 'Streamed and whole answers',
          shows: 'The share of calls that did not serve by the fault of the vendor, streamed and not.',
          bad: 'One without the other: change to the other while it lasts.',
          of: 'Calls of that kind that say something of the vendor.',
          unit: SHARE,
          queries: [
            {
              expression: share(
                rateOf(['streaming'], 'calls', { where: { ...SUBSETS.counted, fault: 'vendor' } }),
                rateOf(['streaming'], 'calls', { where: SUBSETS.counted }),
              ),
              by: ['streaming'],
              name: 'streamed:',
            },
          ],
          width: 12,
        },
      ],
    },
  ],
});
