import { and, atLeast, below, call, number, or, sumBy, times } from '../promql/expression.ts';
import { recorded } from '../promql/series.ts';
import { CALLS } from '../recording/calls.ts';
import { GAUGES, NORMALISED } from '../recording/normalised.ts';
import { countOver, LEVELS, RATE_SECONDS, SYMPTOM_WINDOW } from '../recording/record.ts';
import { SYMPTOMS } from '../recording/symptoms.ts';
import { alert, type Runbook } from './alert.ts';
import { worstFirst } from './diagnosis.ts';
import { symptomAlert } from './symptom.ts';
import { labelValue, VALUE } from './templates.ts';

const MODEL = LEVELS.provider_model;

const WHOSE_LIMIT = {
  us: {
    text: 'It is our account: look at which use case grew, and at retries, which use up limits as well.',
    queries: [recorded(GAUGES.rateLimit), worstFirst(SYMPTOMS.rateLimited)],
  },
  network: { text: 'Not the network: the answers came.', queries: [] },
  vendor: {
    text: 'A limit that the vendor lowered, or a shared pool that others use up, shows as less headroom at the same traffic.',
    queries: [recorded(CALLS.counted)],
  },
} as const satisfies Pick<Runbook, 'us' | 'network' | 'vendor'>;

export const QUOTA_ALERTS = {
  BrownoutRateLimitHeadroom: alert({
    category: 'quota',
    severity: 'warning',
    for: '5m',
    keepFiringFor: '5m',
    settings: {
      share: { kind: 'share', default: 0.3, meaning: 'share of the limit that is left' },
      ahead: { kind: 'seconds', default: 900, meaning: 'how soon, in seconds, it would be used up at this pace' },
    },
    labels: GAUGES.rateLimit.labels,
    rules: ({ share, ahead }) => [
      {
        expression: and(
          below(recorded(GAUGES.rateLimit), number(share)),
          below(call('predict_linear', recorded(GAUGES.rateLimit, { over: SYMPTOM_WINDOW }), number(ahead)), number(0)),
        ),
        description: `${VALUE.share} of the limit on ${labelValue('rateLimitResource')} of ${labelValue('providerName')} ${labelValue('requestModel')} is left, and at the pace of the last 15m it will be used up within ${ahead / 60}m.`,
      },
    ],
    summary: 'A rate limit will soon be used up.',
    dashboard: 'quota',
    runbook: {
      meaning:
        'The vendor says with every answer how much of a limit is left. Little is, and a straight line through the last quarter of an hour ends at nothing soon. Limits that refill every minute jump up again: the line through them is flat, and nothing fires. A reading counts until the window ends that it names: one rejected call of a service that calls rarely says nothing of later.',
      impact: 'None yet. Then calls are rejected, retried and rejected.',
      ...WHOSE_LIMIT,
      mitigation: [
        'Slow batch work down now.',
        'Move use cases to another model: limits are per model.',
        'Ask the vendor for more.',
      ],
      over: 'There is headroom again, or it does not shrink.',
      falsePositives: [
        'A limit that is refilled once a day or month runs towards its end by design, at its end: raise `share` only for those.',
      ],
    },
  }),
  BrownoutRateLimited: symptomAlert({
    category: 'quota',
    dashboard: 'quota',
    share: SYMPTOMS.rateLimited,
    threshold: 0.05,
    of: CALLS.counted,
    ofWhat: 'calls',
    says: 'ended at a rate limit',
    summary: 'Calls fail because of rate limits.',
    runbook: {
      meaning: 'Calls ended with a rate limit, after all of their retries.',
      impact: 'Those calls were not served.',
      ...WHOSE_LIMIT,
      mitigation: [
        'Limit the pace at the caller: a queue with the pace of the limit serves all of them, late.',
        'Shed what can wait.',
        'Move use cases to another model or account, and ask for more.',
      ],
      falsePositives: [
        'Batch work that goes as fast as it can on purpose runs into limits all the time: give it a use case of its own and raise `share`.',
      ],
    },
  }),
  BrownoutQuotaExhausted: alert({
    category: 'quota',
    severity: 'critical',
    for: '0s',
    keepFiringFor: '5m',
    settings: {
      calls: {
        kind: 'count',
        default: 4,
        meaning: 'calls that were rejected for it in a quarter of an hour, or sooner',
      },
    },
    labels: MODEL,
    rules: ({ calls }) => [
      {
        expression: or(
          atLeast(
            call('round', countOver(MODEL, NORMALISED.calls, SYMPTOM_WINDOW, { reason: 'quota_exhausted' })),
            number(calls),
          ),
          atLeast(
            call(
              'round',
              times(
                number(RATE_SECONDS),
                sumBy(MODEL, recorded(NORMALISED.calls, { where: { reason: 'quota_exhausted' } })),
              ),
            ),
            number(calls),
          ),
        ),
        description: `${VALUE.number} calls to ${labelValue('providerName')} ${labelValue('requestModel')} in the last 5m or 15m were rejected because the quota or the credit is used up.`,
      },
    ],
    summary: 'The quota or the credit is used up.',
    dashboard: 'quota',
    runbook: {
      meaning:
        'The vendor rejects calls for insufficient quota, billing or credit. Unlike a rate limit this does not go away by waiting.',
      impact: 'Every call to that account fails until somebody pays or raises the limit.',
      ...WHOSE_LIMIT,
      mitigation: [
        'Raise the limit or the credit of the account.',
        'Change over to the fallback until then: retries are of no use.',
        'Find what used it up.',
      ],
      over: 'No call was rejected for it for 15 minutes.',
      falsePositives: ['A test account that is meant to run dry.'],
    },
  }),
  BrownoutCredentialsRejected: symptomAlert({
    category: 'quota',
    severity: 'critical',
    share: SYMPTOMS.rejected,
    threshold: 0.05,
    of: CALLS.made,
    ofWhat: 'calls',
    says: 'were rejected for their credentials',
    summary: 'The vendor rejects our credentials.',
    dashboard: 'quota',
    runbook: {
      meaning: 'Calls end with 401 or 403. They are left out of every share that is held against the vendor.',
      impact: 'Nothing of that account works.',
      us: {
        text: 'One service only: its key is wrong or was changed. All of them: the key was revoked or the account blocked.',
        queries: [recorded(NORMALISED.callsByService, { where: { fault: 'caller' } })],
      },
      network: {
        text: 'A proxy of ours that answers 403 by itself looks the same: look at the body of one.',
        queries: [],
      },
      vendor: {
        text: 'A fault of the vendor that rejects good keys is rare and hits several of its models at once.',
        queries: [worstFirst(SYMPTOMS.rejected)],
      },
      mitigation: ['Roll the key, or roll the last change of it back.', 'Change over to the fallback until then.'],
      over: 'Calls are accepted.',
      falsePositives: [
        "A model that the account may not use is answered with 403 as well: then only that model's calls fail.",
      ],
    },
  }),
} as const;
