import type { LabelId } from '../../promql/labels.ts';
import { dividedBy } from '../../promql/expression.ts';
import type { Dashboard } from '../panel.ts';
import { countOf, quantile, rateOf, share, some, worst } from '../queries.ts';
import { fallbackShare, MODEL } from '../panels/calls.ts';
import { breakerStates } from '../breaker-states.ts';
import { CODE, COUNT, perSecond, RATIO, SHARE, unitOf } from '../units.ts';

const FALLBACK = [
  'fallbackFromProvider',
  'fallbackFromModel',
  ...MODEL,
  'useCase',
] as const satisfies readonly LabelId[];
const POLICY = ['policy', 'policyKind'] as const satisfies readonly LabelId[];

/** What hides a brownout from users, what it costs, and whether it would work. */
export const resilience = (): Dashboard => ({
  description:
    'Retries, fallbacks, breakers and other policies: what they hide, what they cost, and whether they work.',
  explains: [],
  rows: [
    {
      title: 'Retries',
      panels: [
        {
          kind: 'lines',
          title: 'Requests for each call',
          shows: 'Requests on the wire for every one that would have done.',
          threshold: { alert: 'BrownoutRetryStorm', setting: 'factor', bad: 'above' },
          bad: 'Above the dashed line: retries are load on a vendor that is in trouble already, and time for users.',
          of: 'First attempts: 1 is no retry at all.',
          unit: RATIO,
          queries: [
            {
              expression: dividedBy(
                rateOf(MODEL, 'attemptDuration', { part: 'count' }),
                some(rateOf(MODEL, 'attemptDuration', { part: 'count', where: { attemptKind: 'first' } })),
              ),
              by: MODEL,
            },
          ],
          width: 8,
          leadsTo: 'model',
        },
        {
          kind: 'stacked',
          title: 'Why there were retries',
          shows: 'Retries by what was wrong with the attempt before.',
          bad: 'Oranges: you retry into a limit or an outage, and make it worse.',
          of: 'Retries per second.',
          unit: perSecond('retries'),
          queries: [{ expression: some(rateOf(['reason'], 'retries')), by: ['reason'] }],
          colours: 'reason',
          width: 8,
          empty: 'No retries',
        },
        {
          kind: 'lines',
          title: 'Waits between attempts',
          shows: 'How long calls wait for their next attempt; 19 of 20 wait no longer.',
          bad: 'Seconds: users wait for them.',
          of: 'Retries, with a delay that the server advised and without.',
          unit: unitOf('retryDelay'),
          queries: [
            { expression: quantile(0.95, ['retryAdvised'], 'retryDelay'), by: ['retryAdvised'], name: 'p95, advised:' },
          ],
          width: 8,
          empty: 'No retries',
        },
      ],
    },
    {
      title: 'Fallbacks',
      panels: [
        fallbackShare({
          title: 'Calls that fell back',
          bad: 'Above the dashed line: a use case that lives on its fallback; also one that never does: nobody knows whether it would work.',
          leadsTo: 'useCase',
        }),
        {
          kind: 'lines',
          title: 'Fallbacks that were of no use',
          shows: 'Fallbacks whose own answer was not usable either.',
          threshold: { alert: 'BrownoutFallbackFailing', setting: 'share', bad: 'above' },
          bad: 'Above the dashed line: the ladder has a broken rung. Several vendors in trouble at once are your way out, or a vendor that they share.',
          of: 'All fallbacks to that model.',
          unit: SHARE,
          queries: [
            {
              expression: share(
                rateOf(MODEL, 'fallbacks', { where: { verdict: 'unusable' } }),
                rateOf(MODEL, 'fallbacks'),
              ),
              by: MODEL,
              name: 'to',
            },
          ],
          width: 8,
          empty: 'No fallbacks',
        },
        {
          kind: 'stacked',
          title: 'Who switched',
          shows: 'By whom fallbacks were made.',
          bad: 'Red: the vendor itself gave you another model.',
          of: 'Fallbacks per second.',
          unit: perSecond('fallbacks'),
          queries: [{ expression: some(rateOf(['fallbackMechanism'], 'fallbacks')), by: ['fallbackMechanism'] }],
          colours: 'fallbackMechanism',
          width: 8,
          empty: 'No fallbacks',
        },
        {
          kind: 'table',
          title: 'From where to where',
          shows: 'The rungs of the ladder that were used, in the range that is shown.',
          bad: 'A use case that falls back to what is in trouble itself.',
          of: 'Fallbacks.',
          unit: COUNT,
          queries: [{ expression: worst(20, some(countOf(FALLBACK, 'fallbacks'))), by: FALLBACK, name: 'Fallbacks' }],
          width: 24,
          height: 6,
          empty: 'No fallbacks',
        },
      ],
    },
    {
      title: 'Breakers and other policies',
      panels: [
        {
          kind: 'states',
          title: 'Breakers',
          shows: 'The state of each circuit breaker.',
          bad: 'Red: calls are not made. To and fro: it opens on too little, or tries again too soon.',
          of: 'The worst of all processes that have it.',
          unit: CODE,
          scale: 'breaker',
          queries: [{ expression: breakerStates(['breaker']), by: ['breaker'] }],
          width: 12,
          empty: 'No breakers were found',
        },
        {
          kind: 'stacked',
          title: 'Changes of breakers',
          shows: 'Breakers that changed to a state.',
          bad: 'Many openings.',
          of: 'Changes per second.',
          unit: perSecond('breakerTransitions'),
          queries: [{ expression: some(rateOf(['breakerState'], 'breakerTransitions')), by: ['breakerState'] }],
          colours: 'breakerState',
          width: 6,
          empty: 'No breaker changed',
        },
        {
          kind: 'lines',
          title: 'Calls that breakers kept back',
          shows: 'Calls that were not made because a breaker was open.',
          bad: 'As bad as what happens instead: look whether those use cases fall back.',
          of: 'Calls per second.',
          unit: perSecond('breakerRejections'),
          queries: [{ expression: some(rateOf(['breaker'], 'breakerRejections')), by: ['breaker'] }],
          width: 6,
          empty: 'None was kept back',
        },
        {
          kind: 'stacked',
          title: 'What policies did',
          shows: 'What retry, timeout and bulkhead policies did to calls.',
          bad: 'Reds: no try was left, no time, no slot.',
          of: 'Actions per second; calls that a policy let pass are none.',
          unit: perSecond('policyActions'),
          queries: [{ expression: some(rateOf(['policyAction'], 'policyActions')), by: ['policyAction'] }],
          colours: 'policyAction',
          width: 12,
          empty: 'No policy did anything',
        },
        {
          kind: 'table',
          title: 'Policies',
          shows: 'How often each policy was used, and how often it acted, in the range that is shown.',
          bad: 'One that acts on most of its calls.',
          of: 'Calls that the application made through it; the tries of a retry policy are one.',
          unit: COUNT,
          queries: [
            { expression: some(countOf(POLICY, 'policyExecutions')), by: POLICY, name: 'Calls' },
            { expression: some(countOf(POLICY, 'policyActions')), by: POLICY, name: 'Actions' },
          ],
          width: 12,
          empty: 'No policies were found',
        },
      ],
    },
  ],
});
