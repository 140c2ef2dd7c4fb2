import { atLeast, call, equals, number } from '../promql/expression.ts';
import { recorded } from '../promql/series.ts';
import { GAUGES, NORMALISED } from '../recording/normalised.ts';
import { countOver } from '../recording/record.ts';
import { alert, type Runbook } from './alert.ts';
import { WHOSE_IS_IT } from './diagnosis.ts';
import { labelValue, VALUE } from './templates.ts';

const BREAKER = ['job', 'breaker'] as const;

const WHY_BREAKERS = {
  ...WHOSE_IS_IT,
  us: {
    text: 'Which breakers are open, and what opened them: a breaker around a database is reported too, and then no vendor has to do with it.',
    queries: [
      equals(recorded(GAUGES.breaker, { where: { breakerState: 'open' } }), number(1)),
      recorded(NORMALISED.transitions),
    ],
  },
} as const satisfies Pick<Runbook, 'us' | 'network' | 'vendor'>;

export const BREAKER_ALERTS = {
  BrownoutBreakerOpen: alert({
    category: 'breaker',
    severity: 'warning',
    for: '5m',
    keepFiringFor: '5m',
    settings: {},
    labels: [...BREAKER, 'breakerState'],
    rules: () => [
      {
        // Half open for a moment is open all the same: it was not closed.
        expression: equals(
          call('max_over_time', recorded(GAUGES.breaker, { where: { breakerState: 'open' }, over: '2m' })),
          number(1),
        ),
        description: `The circuit breaker ${labelValue('breaker')} of ${labelValue('job')} has been open for five minutes: its calls are not made.`,
      },
    ],
    summary: 'A circuit breaker stays open.',
    dashboard: 'resilience',
    runbook: {
      meaning:
        'The breaker of a service keeps calls from being made, since too many failed. In at least one process of the service it has been open, with no more than a moment of half open, for five minutes.',
      impact: 'Users of that service get the fallback, or an error at once.',
      ...WHY_BREAKERS,
      mitigation: [
        'Look at what it guards, and whether the fallback serves.',
        'If what it guards works again and it stays open, close it by hand or restart the process.',
        'If calls fail slowly and it does not open elsewhere, copy its settings there.',
      ],
      over: 'It closed. The alert ends within seven minutes of it.',
      falsePositives: ['A breaker that was opened by hand, to move load away.'],
    },
  }),
  BrownoutBreakerFlapping: alert({
    category: 'breaker',
    severity: 'warning',
    for: '5m',
    keepFiringFor: '15m',
    settings: { transitions: { kind: 'count', default: 6, meaning: 'how often it opens in an hour' } },
    labels: BREAKER,
    rules: ({ transitions }) => [
      {
        expression: atLeast(
          call('round', countOver(BREAKER, NORMALISED.transitions, '1h', { breakerState: 'open' })),
          number(transitions),
        ),
        description: `The circuit breaker ${labelValue('breaker')} of ${labelValue('job')} opened ${VALUE.number} times in the last 1h.`,
      },
    ],
    summary: 'A circuit breaker opens again and again.',
    dashboard: 'resilience',
    runbook: {
      meaning:
        'The breaker opens, lets a probe through, closes, and opens again. What it guards is half broken, or its threshold lies where that normally is. All processes of the service are counted together.',
      impact: 'Some calls are made and fail, some are not made: users get a mixture.',
      ...WHY_BREAKERS,
      mitigation: [
        'Lengthen the time until it probes, or ask for more than one good probe.',
        'Raise the threshold if what it guards is fine.',
        'Use the fallback only, until the vendor is well.',
      ],
      over: 'It opened less often within the last hour.',
      falsePositives: ['Many processes that each open once: raise `transitions` with their number.'],
    },
  }),
} as const;
