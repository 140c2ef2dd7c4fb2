import { above, and, atLeast, below, call, minus, number } from '../promql/expression.ts';
import { recorded } from '../promql/series.ts';
import { CALLS } from '../recording/calls.ts';
import { OBJECTIVES } from '../recording/objectives.ts';
import { LEVELS } from '../recording/record.ts';
import { RESILIENCE } from '../recording/resilience.ts';
import { alert } from './alert.ts';
import { WHOSE_IS_IT, worstFirst } from './diagnosis.ts';
import { shareAlert } from './symptom.ts';
import { labelValue, VALUE, valueOf } from './templates.ts';

const OF_USE_CASES = { category: 'fallback', dashboard: 'resilience' } as const;

/** A week. */
const UNUSED_SECONDS = 7 * 86_400;

const WHY_FALLBACKS = {
  ...WHOSE_IS_IT,
  us: {
    text: 'Which use case falls back, and how much:',
    queries: [worstFirst(RESILIENCE.fallbackShare), worstFirst(RESILIENCE.fallbackUnusable)],
  },
} as const;

export const RESILIENCE_ALERTS = {
  BrownoutRetryStorm: alert({
    category: 'retry',
    severity: 'warning',
    for: '5m',
    keepFiringFor: '5m',
    settings: {
      factor: { kind: 'factor', default: 1.5, meaning: 'requests on the wire for each one that would have done' },
      attempts: { kind: 'count', default: 50, meaning: 'fewest attempts in a quarter of an hour that say something' },
    },
    labels: RESILIENCE.amplification.labels,
    rules: ({ factor, attempts }) => [
      {
        expression: and(
          above(recorded(RESILIENCE.amplification), number(factor)),
          atLeast(recorded(RESILIENCE.attempts), number(attempts)),
        ),
        description: `Each call to ${labelValue('providerName')} ${labelValue('requestModel')} took ${VALUE.number} attempts on average: ${valueOf(RESILIENCE.attempts)} in the last 15m.`,
      },
    ],
    summary: 'Retries multiply the load on the vendor.',
    dashboard: 'resilience',
    runbook: {
      meaning:
        'Attempts are the requests on the wire. Where there are many more of them than of calls, retries keep a struggling vendor from recovering, and hide its trouble from everything that looks at calls.',
      impact: 'Calls take longer, limits are used up by requests that fail, and the outage lasts longer.',
      ...WHOSE_IS_IT,
      us: {
        text: 'Retries of the SDK, of a policy and of a queue multiply each other.',
        queries: [worstFirst(RESILIENCE.amplification), worstFirst(RESILIENCE.retryWait)],
      },
      mitigation: [
        'Lower the number of retries to one, at one layer only.',
        'Give retries a budget: a share of calls, not a number for each.',
        'Open the breaker, so that fallbacks serve at once.',
      ],
      over: 'Fewer attempts for each call, within 15 minutes; the alert ends five minutes later.',
      falsePositives: ['A vendor that answers every first request of a connection with a 429 by design.'],
    },
  }),
  BrownoutRescuedButSlow: shareAlert({
    category: 'retry',
    dashboard: 'resilience',
    share: RESILIENCE.retryWait,
    threshold: 0.2,
    of: CALLS.counted,
    ofWhat: 'calls',
    floor: 20,
    says: 'was waiting for the next attempt',
    means: 'share of the time of all calls that was waiting for the next attempt',
    sentence: `${VALUE.share} of the time of ${valueOf(CALLS.counted)} calls to ${labelValue('providerName')} ${labelValue('requestModel')} in the last 15m was waiting for the next attempt.`,
    summary: 'Retries rescue calls, and take much of their time.',
    runbook: {
      meaning:
        'Calls end well after a retry, so their verdicts look fine; a large part of the time that they took was spent waiting between attempts.',
      impact:
        'Users wait for what would have been there at once. When the vendor gets worse, the retries will not be enough.',
      us: {
        text: 'How long is waited, per call, and whether the server asked for it:',
        queries: [worstFirst(RESILIENCE.retryWait), worstFirst(RESILIENCE.amplification)],
      },
      mitigation: [
        'Use a fallback after the first failure where users wait.',
        'Shorten the waits where the server does not ask for them.',
        'Spread the load: most of it is rate limits.',
      ],
      falsePositives: ['Batch work that has time waits as long as it is told to.'],
    },
  }),
  BrownoutFallbackActive: shareAlert({
    ...OF_USE_CASES,
    severity: 'info',
    share: RESILIENCE.fallbackShare,
    threshold: 0.05,
    of: CALLS.countedByUseCase,
    ofWhat: 'calls',
    floor: 20,
    says: 'were fallbacks',
    summary: 'Fallbacks serve a part of a use case.',
    runbook: {
      meaning: 'Calls are answered by another model or provider than the first choice, because that was unusable.',
      impact: 'None, if the fallback is as good; price and quality are those of another model.',
      ...WHY_FALLBACKS,
      mitigation: [
        'Nothing, while it works. Look at the alert on the vendor beside it.',
        'If it lasts, make the fallback the first choice: that saves the first attempt.',
      ],
      falsePositives: [
        'A route that compares two models on purpose looks like a fallback, if the first answer was unusable.',
      ],
    },
  }),
  BrownoutFallbackSaturated: shareAlert({
    ...OF_USE_CASES,
    share: RESILIENCE.fallbackShare,
    threshold: 0.4,
    of: CALLS.countedByUseCase,
    ofWhat: 'calls',
    floor: 20,
    says: 'were fallbacks',
    summary: 'Most of a use case lives on its fallback.',
    runbook: {
      meaning:
        'Calls and their fallbacks are counted alike, so a half means that every first choice failed. At this share nearly every answer comes from the fallback, which now is the only one there is.',
      impact: 'There is nothing to fall back on any more, and every answer costs a failed attempt first.',
      ...WHY_FALLBACKS,
      mitigation: [
        'Make the fallback the first choice, or open the breaker.',
        'Find a third one before the second fails.',
        'Watch the limits of the fallback: it was not made for all of the load.',
      ],
      falsePositives: ['A use case that few call: raise `calls` for it.'],
    },
  }),
  BrownoutFallbackFailing: shareAlert({
    ...OF_USE_CASES,
    severity: 'critical',
    share: RESILIENCE.fallbackUnusable,
    threshold: 0.2,
    of: RESILIENCE.fallbacks,
    ofWhat: 'fallbacks',
    floor: 10,
    says: 'were not usable either',
    summary: 'Fallbacks do not work either.',
    runbook: {
      meaning: 'Calls that were made because another one was unusable are unusable as well.',
      impact: 'Users are not served: this was the last resort.',
      ...WHY_FALLBACKS,
      mitigation: [
        'Look at the reason of the fallbacks: credentials and quotas of a provider that is rarely used expire unseen.',
        'Use a third model, a cached answer or a fixed text.',
        'Tell users.',
      ],
      falsePositives: [
        'The same bad request fails at every provider: then the fault is the caller’s, and there should have been no fallback.',
      ],
    },
  }),
  BrownoutFallbackNeverExercised: alert({
    category: 'fallback',
    severity: 'info',
    for: '1h',
    keepFiringFor: '1h',
    settings: {
      calls: { kind: 'count', default: 100, meaning: 'fewest calls of the use case in a day that say something' },
    },
    labels: LEVELS.use_case,
    rules: ({ calls }) => [
      {
        expression: and(
          below(recorded(RESILIENCE.lastFallback), minus(call('time'), number(UNUSED_SECONDS))),
          atLeast(recorded(OBJECTIVES.use_case.volume['1d']), number(calls)),
        ),
        description: `The use case ${labelValue('useCase')} had fallbacks in the last 28d and none in the last 7d.`,
      },
    ],
    summary: 'A fallback has not been exercised for a week.',
    dashboard: 'resilience',
    runbook: {
      meaning:
        'There is a fallback, since it was used within four weeks, and nobody has seen it work for one. Its credentials, quota and prompt may have rotted since. A fallback that was never used at all is not known here: nothing in the metrics tells that there is one. When it was used is carried on from evaluation to evaluation: where rules were not evaluated for more than six hours it is forgotten, and nothing fires until the fallback is used again.',
      impact: 'None today. On the next bad day it may turn out not to work.',
      ...WHY_FALLBACKS,
      mitigation: [
        'Send a small share of the calls to the fallback all the time, or exercise it once a day.',
        'Look whether it was taken away on purpose: then nothing is to be done, and the alert ends after four weeks.',
      ],
      over: 'The fallback was used.',
      falsePositives: ['A fallback that was removed on purpose.'],
    },
  }),
} as const;
