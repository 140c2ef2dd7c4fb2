import { above, and, atLeast, number, times } from '../promql/expression.ts';
import { recorded } from '../promql/series.ts';
import { FIRST_CHUNK } from '../recording/gen-ai.ts';
import { PAST } from '../recording/past.ts';
import { alert } from './alert.ts';
import { asWellAs, WHOSE_IS_IT, worstFirst } from './diagnosis.ts';
import { atLeastCalls } from './settings.ts';
import { labelValue, VALUE, valueOf } from './templates.ts';

export const SLOW_ALERTS = {
  BrownoutFirstChunkSlowerThanUsual: alert({
    category: 'slow',
    severity: 'warning',
    for: '5m',
    keepFiringFor: '5m',
    settings: {
      factor: { kind: 'factor', default: 3, meaning: 'how many times slower than usual: than the median of a day' },
      seconds: { kind: 'seconds', default: 1, meaning: 'shortest median wait, in seconds, that anybody minds' },
      calls: atLeastCalls(20, 'streams'),
    },
    labels: FIRST_CHUNK.median.labels,
    rules: ({ factor, seconds, calls }) => [
      {
        expression: and(
          and(
            above(recorded(FIRST_CHUNK.median), times(number(factor), recorded(PAST.firstChunk))),
            above(recorded(FIRST_CHUNK.median), number(seconds)),
          ),
          atLeast(recorded(FIRST_CHUNK.count), number(calls)),
        ),
        description: `Half of the ${valueOf(FIRST_CHUNK.count)} streams of ${labelValue('providerName')} ${labelValue('requestModel')} in the last 15m had their first chunk after more than ${VALUE.duration}; usual is ${valueOf(PAST.firstChunk, 'duration')}.`,
      },
    ],
    summary: 'Streams begin several times later than they usually do.',
    dashboard: 'streaming',
    runbook: {
      meaning:
        'The median time to the first chunk with output is several times that of the day before, and long enough to be noticed. Metrics of other instrumentations count too, under the current and the former names of the GenAI conventions.',
      impact: 'Users wait, even where no budget is broken yet.',
      ...WHOSE_IS_IT,
      us: asWellAs(
        {
          text: 'Retries and longer prompts of ours make it late as well.',
          queries: [worstFirst(FIRST_CHUNK.median), recorded(PAST.firstChunk)],
        },
        WHOSE_IS_IT.us,
      ),
      mitigation: [
        'Move interactive use cases to a smaller or another model.',
        'Send less, and order prompts so that the cache of the vendor hits.',
        'Take load off: batch work can wait.',
      ],
      over: 'The median is under the threshold again. After a day of slowness the slowness is usual and the alert ends by itself: the budget goes on to tell.',
      falsePositives: [
        'A use case with much longer prompts was added to the model.',
        'A reasoning effort was raised: it thinks longer before it writes.',
      ],
    },
  }),
} as const;
