import { counter, samples, type Scenario, type Values } from '../support/scenario.ts';
import {
  AT_ONCE,
  ABOUT_QUOTA,
  CALL,
  CANCELLED,
  LIMITED,
  fewOf,
  says,
  THE_MODEL,
  TWICE,
  USABLE,
  WRONG,
} from './subjects.ts';

const left = (resource: 'tokens' | 'requests', values: Values) =>
  ({ metric: 'rateLimitRemainingRatio', labels: { ...CALL, rateLimitResource: resource }, values }) as const;

const exhausted = (values: Values) =>
  ({ metric: 'calls', labels: { ...LIMITED, reason: 'quota_exhausted' }, values }) as const;

export const QUOTA_SCENARIOS: readonly Scenario[] = [
  {
    ...TWICE,
    alert: 'BrownoutRateLimitHeadroom',
    fires: 62,
    over: 76,
    lowTraffic: { notApplicable: 'a limit is used up or not, by however many calls' },
    series: [
      left('tokens', { kind: 'ramp', healthy: 0.9, bad: 0, below: 0.35 }),
      left('requests', { kind: 'gauge', healthy: 0.9, bad: 0.9, below: 0.9 }),
    ],
    expected: says({
      alert: 'BrownoutRateLimitHeadroom',
      labels: { severity: 'warning', category: 'quota', ...THE_MODEL, brownout_rate_limit_resource: 'tokens' },
      summary: 'A rate limit will soon be used up.',
      description:
        '2.25% of the limit on tokens of openai gpt-x/1 beta is left, and at the pace of the last 15m it will be used up within 15m.',
      dashboard: `${ABOUT_QUOTA}&var-brownout_rate_limit_resource=tokens`,
    }),
    silent: [
      {
        why: 'where little is left and stays left',
        series: [left('tokens', { kind: 'gauge', healthy: 0.2, bad: 0.2, below: 0.2 })],
      },
      {
        why: 'where much was used at once and enough is left',
        series: [left('tokens', samples('0.9x30 0.845-0.055x9 0.35x70'))],
      },
      {
        why: 'where the limit is full again every twelve minutes',
        series: [left('tokens', samples(`0.05x20 ${'0.29-0.022x11 '.repeat(8)}`.trim()))],
      },
      {
        why: 'where it would last for just long enough',
        series: [left('tokens', samples('0.9x29 0.885-0.015x43 0.24x40'))],
      },
      {
        why: 'where it lasts for longer',
        series: [left('tokens', { kind: 'ramp', healthy: 0.9, bad: 0.29, below: 0.29 })],
      },
    ],
  },
  {
    ...AT_ONCE,
    alert: 'BrownoutRateLimited',
    lowTraffic: fewOf(10),
    series: [
      { metric: 'calls', labels: USABLE, values: counter(90) },
      { metric: 'calls', labels: LIMITED, values: counter(0, 10, 4.5) },
      { metric: 'calls', labels: { ...LIMITED, reason: 'quota_exhausted' }, values: counter(0) },
      { metric: 'calls', labels: CANCELLED, values: counter(50) },
      { metric: 'calls', labels: WRONG, values: counter(50) },
    ],
    expected: says({
      alert: 'BrownoutRateLimited',
      labels: { severity: 'warning', category: 'quota', ...THE_MODEL },
      summary: 'Calls fail because of rate limits.',
      description:
        '10% of the calls of openai gpt-x/1 beta in the last 5m or 15m ended at a rate limit; there were 1500 of them in 15m.',
      dashboard: ABOUT_QUOTA,
    }),
  },
  {
    ...AT_ONCE,
    fires: 34,
    alert: 'BrownoutQuotaExhausted',
    over: 89,
    lowTraffic: { notApplicable: 'the threshold is a number of calls' },
    series: [
      { metric: 'calls', labels: USABLE, values: counter(10) },
      { metric: 'calls', labels: LIMITED, values: counter(5) },
      exhausted(counter(0, 1, 0.15)),
    ],
    expected: says({
      alert: 'BrownoutQuotaExhausted',
      labels: { severity: 'critical', category: 'quota', ...THE_MODEL },
      summary: 'The quota or the credit is used up.',
      description:
        '15 calls to openai gpt-x/1 beta in the last 5m or 15m were rejected because the quota or the credit is used up.',
      dashboard: ABOUT_QUOTA,
    }),
    // A counter that is looked at every minute counts fractions: nearly four of them are four, at once or one by one.
    silent: [
      {
        why: 'while there are fewer of them',
        phases: { healthy: 30, bad: 1, after: 40 },
        series: [exhausted(counter(0, 2.6))],
      },
    ],
    told: [
      {
        why: 'as soon as there are nearly four at once',
        phases: { healthy: 30, bad: 1, after: 20 },
        series: [exhausted(counter(0, 3.6))],
        at: 32,
      },
      {
        why: 'where nearly four come one by one',
        phases: { healthy: 30, bad: 10, after: 20 },
        series: [exhausted(counter(0, 0.36))],
        at: 45,
      },
    ],
  },
  {
    ...AT_ONCE,
    fires: 31,
    over: 91,
    alert: 'BrownoutCredentialsRejected',
    lowTraffic: fewOf(4),
    series: [
      { metric: 'calls', labels: USABLE, values: counter(10, 6, 9.6) },
      { metric: 'calls', labels: { ...WRONG, reason: 'auth' }, values: counter(0, 4, 0.4) },
      { metric: 'calls', labels: WRONG, values: counter(0) },
      { metric: 'calls', labels: CANCELLED, values: counter(50) },
    ],
    told: [
      {
        why: 'still where somewhat more than a twentieth of a quarter of an hour was rejected',
        phases: { healthy: 30, bad: 2, after: 30 },
        series: [
          { metric: 'calls', labels: USABLE, values: counter(10, 6) },
          { metric: 'calls', labels: { ...WRONG, reason: 'auth' }, values: counter(0, 4) },
        ],
        at: 46,
      },
    ],
    expected: says({
      alert: 'BrownoutCredentialsRejected',
      labels: { severity: 'critical', category: 'quota', ...THE_MODEL },
      summary: 'The vendor rejects our credentials.',
      description:
        '40% of the calls of openai gpt-x/1 beta in the last 5m or 15m were rejected for their credentials; there were 150 of them in 15m.',
      dashboard: ABOUT_QUOTA,
    }),
  },
];
