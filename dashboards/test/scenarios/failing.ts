import { counter, type Scenario } from '../support/scenario.ts';
import {
  ABOUT_MODEL,
  CALL,
  CANCELLED,
  DOWN,
  EMPTY,
  fewOf,
  says,
  STREAMED,
  THE_MODEL,
  AT_ONCE,
  USABLE,
  WRONG,
} from './subjects.ts';

/** What the caller stopped or did wrong itself. */
const NOT_COUNTED = [
  { metric: 'calls', labels: CANCELLED, values: counter(50) },
  { metric: 'calls', labels: { ...WRONG, reason: 'auth' }, values: counter(50) },
] as const;

/** One way of getting no answer, among calls that get one or fail otherwise. */
const failing = (labels: typeof DOWN | (Omit<typeof EMPTY, 'reason'> & { readonly reason: string })): Scenario => ({
  ...AT_ONCE,
  alert: 'BrownoutCallsFailing',
  lowTraffic: fewOf(10),
  series: [
    { metric: 'calls', labels: USABLE, values: counter(50) },
    { metric: 'calls', labels: EMPTY, values: counter(40) },
    { metric: 'calls', labels, values: counter(0, 10, 4.5) },
    ...NOT_COUNTED,
  ],
  expected: says({
    alert: 'BrownoutCallsFailing',
    labels: { severity: 'warning', category: 'availability', ...THE_MODEL },
    summary: 'Some of the calls get an error or no answer at all.',
    description:
      '10% of the calls of openai gpt-x/1 beta in the last 5m or 15m ended with a server error, an overload, a timeout or no connection; there were 1500 of them in 15m.',
    dashboard: ABOUT_MODEL,
  }),
});

export const FAILING_SCENARIOS: readonly Scenario[] = [
  failing(DOWN),
  failing({ ...DOWN, reason: 'connection', fault: 'network' } as never),
  failing({ ...DOWN, reason: 'server_error' } as never),
  // In the middle of an answer, too.
  failing({ ...EMPTY, reason: 'overloaded' }),
  {
    ...AT_ONCE,
    alert: 'BrownoutRequestsRejected',
    lowTraffic: fewOf(10),
    series: [
      { metric: 'calls', labels: USABLE, values: counter(40) },
      ...NOT_COUNTED,
      { metric: 'calls', labels: WRONG, values: counter(0, 10, 4.5) },
    ],
    expected: says({
      alert: 'BrownoutRequestsRejected',
      labels: { severity: 'warning', category: 'availability', ...THE_MODEL },
      summary: 'The vendor rejects requests as not valid.',
      description:
        '10% of the calls of openai gpt-x/1 beta in the last 5m or 15m were rejected as wrong in themselves; there were 1500 of them in 15m.',
      dashboard: ABOUT_MODEL,
    }),
  },
  {
    ...AT_ONCE,
    alert: 'BrownoutAnswersOverdue',
    lowTraffic: fewOf(10),
    series: [
      { metric: 'calls', labels: USABLE, values: counter(30) },
      { metric: 'calls', labels: STREAMED, values: counter(70) },
      ...NOT_COUNTED,
      { metric: 'budgetBreaches', labels: { ...CALL, budget: 'total' }, values: counter(0, 10, 4.5) },
      { metric: 'budgetBreaches', labels: { ...CALL, budget: 'gap' }, values: counter(30) },
    ],
    expected: says({
      alert: 'BrownoutAnswersOverdue',
      labels: { severity: 'warning', category: 'slow', ...THE_MODEL },
      summary: 'Answers take longer than their budget allows.',
      description:
        '10% of the calls of openai gpt-x/1 beta in the last 5m or 15m took longer than their whole budget; there were 1500 of them in 15m.',
      dashboard: ABOUT_MODEL,
    }),
  },
];
