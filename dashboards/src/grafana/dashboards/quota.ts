import { call, maxBy, minBy } from '../../promql/expression.ts';
import type { LabelId } from '../../promql/labels.ts';
import type { Dashboard } from '../panel.ts';
import { MODEL } from '../panels/calls.ts';
import { symptom } from '../panels/symptoms.ts';
import { SYMPTOMS } from '../../recording/symptoms.ts';
import { countOf, mean, pick, rateOf, share, some } from '../queries.ts';
import { COUNT, perSecond, SHARE, unitOf } from '../units.ts';

const LIMIT = [...MODEL, 'rateLimitResource'] as const satisfies readonly LabelId[];

/** Your own limits and what calls use up of them. */
export const quota = (): Dashboard => ({
  description: 'Limits of your own accounts, what is left of them, and the tokens that calls use up.',
  explains: [],
  rows: [
    {
      title: 'Limits',
      panels: [
        {
          kind: 'lines',
          title: 'Left of the limits',
          shows: 'What is left of each limit, from the headers of answers.',
          threshold: { alert: 'BrownoutRateLimitHeadroom', setting: 'share', bad: 'below' },
          bad: 'Under the dashed line and falling: the next burst is refused.',
          of: 'The limit that the vendor states; the least that any process saw meanwhile.',
          unit: unitOf('rateLimitRemainingRatio'),
          queries: [
            {
              expression: minBy(
                LIMIT,
                call('min_over_time', pick('rateLimitRemainingRatio', { over: '$__rate_interval' })),
              ),
              by: LIMIT,
            },
          ],
          width: 12,
          height: 9,
          empty: 'The vendors sent no such headers',
        },
        {
          kind: 'lines',
          title: 'Until limits are full again',
          shows: 'How long it takes until the window of each limit begins anew.',
          bad: 'Minutes while nothing is left.',
          of: 'Seconds, as the vendor states them; the longest that any process saw meanwhile.',
          unit: unitOf('rateLimitReset'),
          queries: [
            {
              expression: maxBy(LIMIT, call('max_over_time', pick('rateLimitReset', { over: '$__rate_interval' }))),
              by: LIMIT,
            },
          ],
          width: 12,
          height: 9,
          empty: 'The vendors sent no such headers',
        },
        symptom(SYMPTOMS.rateLimited, 'BrownoutRateLimited', {
          title: 'Calls refused by a limit',
          shows: 'Calls that ended with a rate limit, retries notwithstanding, in the last quarter of an hour.',
          bad: 'Above the dashed line: callers have to slow down, or the limit has to rise. Another vendor does not help your code.',
          of: 'Calls of the model that say something of the vendor, or of your limits with it.',
          width: 8,
        }),
        symptom(SYMPTOMS.rejected, 'BrownoutCredentialsRejected', {
          title: 'Credentials rejected',
          shows: 'Calls that the provider refused for their key or its rights, in the last quarter of an hour.',
          bad: 'Above the dashed line: a key was revoked, replaced or never given.',
          of: 'Calls of the model that the caller did not stop.',
          width: 8,
        }),
        {
          kind: 'lines',
          title: 'Attempts refused by a limit',
          shows: 'Attempts answered with 429; retries hide most of them from callers.',
          bad: 'A rise before calls are refused: that is the warning.',
          of: 'All attempts to the model.',
          unit: SHARE,
          queries: [
            {
              expression: share(
                rateOf(MODEL, 'attemptDuration', { part: 'count', where: { httpResponseStatusCode: '429' as never } }),
                rateOf(MODEL, 'attemptDuration', { part: 'count' }),
              ),
              by: MODEL,
            },
          ],
          width: 8,
        },
        {
          kind: 'table',
          title: 'Whose calls use it up',
          shows: 'Tokens of each service, in the range that is shown.',
          bad: 'A service that was small last week.',
          of: 'Input and output tokens, as the providers report them.',
          unit: COUNT,
          queries: [
            {
              expression: some(countOf(['job', ...MODEL], 'inputTokens')),
              by: ['job', ...MODEL],
              name: 'Input tokens',
            },
            {
              expression: some(countOf(['job', ...MODEL], 'outputTokens')),
              by: ['job', ...MODEL],
              name: 'Output tokens',
            },
          ],
          width: 24,
          height: 7,
        },
      ],
    },
    {
      title: 'Tokens',
      panels: [
        {
          kind: 'lines',
          title: 'Input tokens',
          shows: 'Input tokens per second, cached ones included.',
          bad: 'A rise without more calls: prompts grew.',
          of: 'As the providers report them.',
          unit: perSecond('inputTokens'),
          queries: [{ expression: rateOf(MODEL, 'inputTokens'), by: MODEL }],
          width: 8,
        },
        {
          kind: 'lines',
          title: 'Output tokens',
          shows: 'Output tokens per second, reasoning included.',
          bad: 'A rise without more calls: answers grew, loop, or reason longer.',
          of: 'As the providers report them.',
          unit: perSecond('outputTokens'),
          queries: [{ expression: rateOf(MODEL, 'outputTokens'), by: MODEL }],
          width: 8,
        },
        {
          kind: 'lines',
          title: 'Tokens of a call',
          shows: 'What a successful call takes and gives, in the mean.',
          bad: 'A step: it is on the next bill.',
          of: 'Successful calls whose provider reported tokens.',
          unit: unitOf('inputTokensPerOperation'),
          queries: [
            { expression: mean(MODEL, 'inputTokensPerOperation'), by: MODEL, name: 'input' },
            { expression: mean(MODEL, 'outputTokensPerOperation'), by: MODEL, name: 'output' },
          ],
          width: 8,
        },
        {
          kind: 'lines',
          title: 'Cache hits',
          shows: "Input tokens that the provider's cache gave.",
          bad: 'A fall: what comes first in your prompts changed, and each call costs more and takes longer.',
          of: 'All input tokens of the model.',
          unit: SHARE,
          queries: [
            { expression: share(rateOf(MODEL, 'cacheReadInputTokens'), rateOf(MODEL, 'inputTokens')), by: MODEL },
          ],
          width: 12,
        },
        {
          kind: 'lines',
          title: 'Reasoning',
          shows: 'Output tokens that went into reasoning.',
          bad: 'A rise: users wait for it and you pay for it.',
          of: 'All output tokens of the model.',
          unit: SHARE,
          queries: [
            { expression: share(rateOf(MODEL, 'reasoningOutputTokens'), rateOf(MODEL, 'outputTokens')), by: MODEL },
          ],
          width: 12,
        },
      ],
    },
  ],
});
