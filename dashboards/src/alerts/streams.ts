import { above, and, atLeast, number } from '../promql/expression.ts';
import { recorded } from '../promql/series.ts';
import { CALLS } from '../recording/calls.ts';
import { SYMPTOMS } from '../recording/symptoms.ts';
import { alert } from './alert.ts';
import { asWellAs, WHOSE_IS_IT, worstFirst } from './diagnosis.ts';
import { atLeastCalls } from './settings.ts';
import { labelValue, VALUE, valueOf } from './templates.ts';

export const STREAM_ALERTS = {
  BrownoutStreamsStalling: alert({
    category: 'stalled',
    severity: 'warning',
    for: '5m',
    keepFiringFor: '5m',
    settings: {
      share: { kind: 'share', default: 0.05, meaning: 'share of streams that went silent' },
      calls: atLeastCalls(20, 'streams'),
    },
    labels: SYMPTOMS.gap.labels,
    rules: ({ share, calls }) => [
      {
        expression: and(
          above(recorded(SYMPTOMS.gap), number(share)),
          atLeast(recorded(CALLS.streamedByModel), number(calls)),
        ),
        description: `${VALUE.share} of the ${valueOf(CALLS.streamedByModel)} streams of ${labelValue('providerName')} ${labelValue('requestModel')} in the last 15m went silent for longer than the gap budget.`,
      },
    ],
    summary: 'Streams go silent in the middle of their answers.',
    dashboard: 'model',
    runbook: {
      meaning:
        'Streams began and then sent nothing for longer than the gap budget allows. Some went on later, some never ended. The status line was a 2xx, so nothing else notices.',
      impact:
        'Users see half a sentence that stands still. A client without a gap timeout waits for its whole deadline.',
      us: asWellAs(
        {
          text: 'A proxy of ours that buffers streams makes gaps as well: then streams of all providers stall.',
          queries: [worstFirst(SYMPTOMS.gap)],
        },
        WHOSE_IS_IT.us,
      ),
      network: WHOSE_IS_IT.network,
      vendor: WHOSE_IS_IT.vendor,
      mitigation: [
        'Ask without streaming where the answer is short: a stall then ends with the deadline and can be retried.',
        'Lower the gap budget of use cases that have a fallback, so that they change over sooner.',
        'Move the use case to another model; stalls are often of one model or one region.',
      ],
      over: 'The share falls under the threshold within 15 minutes of the last stall, and the alert ends five minutes later.',
      falsePositives: [
        'Models that think before they write are silent for long: give their use cases a longer gap budget.',
        'A machine that stands still (garbage collection, a throttled container) sees gaps where there are none. Then every provider stalls at once.',
      ],
    },
  }),
} as const;
