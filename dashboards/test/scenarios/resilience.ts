import type { AlertName } from '../../src/alerts/alerts.ts';
import { counter, gauge, type Scenario } from '../support/scenario.ts';
import { ABOUT_RESILIENCE, CALL, CANCELLED, MODEL, says, THE_MODEL, TWICE, USABLE, WRONG } from './subjects.ts';

const attempts = (kind: 'first' | 'retry' | 'continuation', values: ReturnType<typeof counter>) =>
  ({
    metric: 'attemptDuration',
    part: 'count',
    labels: { ...CALL, serverAddress: 'api.openai.com', attemptKind: kind },
    values,
  }) as const;

const fallback = (verdict: 'usable' | 'unusable', values: ReturnType<typeof counter>) =>
  ({
    metric: 'fallbacks',
    labels: {
      ...CALL,
      providerName: 'anthropic',
      requestModel: 'other',
      fallbackFromProvider: 'openai',
      fallbackFromModel: 'gpt',
      fallbackMechanism: 'policy',
      verdict,
    },
    values,
  }) as const;

const ofUseCase = (alert: AlertName, severity: string, summary: string, description: string) =>
  says({
    alert,
    labels: { severity, category: 'fallback', brownout_use_case: 'triage' },
    summary,
    description,
    dashboard: 'brownout-resilience?var-brownout_use_case=triage',
  });

const breaker = (state: 'open' | 'closed' | 'half_open', values: ReturnType<typeof gauge>) =>
  ({
    metric: 'breakerState',
    labels: { job: 'shop', instance: 'shop-1', breaker: 'vendor', breakerState: state },
    values,
  }) as const;

const opens = (state: 'open' | 'closed', values: ReturnType<typeof counter>) =>
  ({
    metric: 'breakerTransitions',
    labels: { job: 'shop', instance: 'shop-1', breaker: 'vendor', breakerState: state, breakerTrigger: 'probe' },
    values,
  }) as const;

/** In seconds. */
const WEEK = 7 * 86_400;

/** Calls that do not count, so that what does is seen to be a part. */
const OTHERS = [
  { metric: 'calls', labels: CANCELLED, values: counter(50) },
  { metric: 'calls', labels: WRONG, values: counter(50) },
] as const;

export const RESILIENCE_SCENARIOS: readonly Scenario[] = [
  {
    ...TWICE,
    alert: 'BrownoutRetryStorm',
    lowTraffic: 0.15,
    series: [
      attempts('first', counter(10)),
      attempts('retry', counter(0, 10, 4.5)),
      attempts('continuation', counter(30)),
    ],
    expected: says({
      alert: 'BrownoutRetryStorm',
      labels: { severity: 'warning', category: 'retry', ...THE_MODEL },
      summary: 'Retries multiply the load on the vendor.',
      description: 'Each call to openai gpt-x/1 beta took 2 attempts on average: 300 in the last 15m.',
      dashboard: ABOUT_RESILIENCE,
    }),
  },
  {
    ...TWICE,
    alert: 'BrownoutRescuedButSlow',
    lowTraffic: 0.1,
    series: [
      ...OTHERS,
      { metric: 'calls', labels: USABLE, values: counter(10) },
      { metric: 'retryDelay', part: 'sum', labels: { ...CALL, retryAdvised: 'true' }, values: counter(0, 8, 3.6) },
      { metric: 'inferenceDuration', part: 'sum', labels: MODEL, values: counter(20) },
    ],
    expected: says({
      alert: 'BrownoutRescuedButSlow',
      labels: { severity: 'warning', category: 'retry', ...THE_MODEL },
      summary: 'Retries rescue calls, and take much of their time.',
      description:
        '40% of the time of 150 calls to openai gpt-x/1 beta in the last 15m was waiting for the next attempt.',
      dashboard: ABOUT_RESILIENCE,
    }),
  },
  {
    ...TWICE,
    alert: 'BrownoutFallbackActive',
    bystander: 'useCase',
    lowTraffic: 0.01,
    series: [
      ...OTHERS,
      { metric: 'calls', labels: USABLE, values: counter(100) },
      fallback('usable', counter(0, 10, 4.5)),
    ],
    expected: ofUseCase(
      'BrownoutFallbackActive',
      'info',
      'Fallbacks serve a part of a use case.',
      '10% of the 1500 calls of triage in the last 15m were fallbacks.',
    ),
  },
  {
    ...TWICE,
    alert: 'BrownoutFallbackSaturated',
    bystander: 'useCase',
    lowTraffic: 0.1,
    series: [
      ...OTHERS,
      { metric: 'calls', labels: USABLE, values: counter(10) },
      fallback('usable', counter(0, 8, 3.6)),
    ],
    expected: ofUseCase(
      'BrownoutFallbackSaturated',
      'warning',
      'Most of a use case lives on its fallback.',
      '80% of the 150 calls of triage in the last 15m were fallbacks.',
    ),
  },
  {
    ...TWICE,
    alert: 'BrownoutFallbackFailing',
    bystander: 'useCase',
    series: [fallback('usable', counter(10, 6, 10)), fallback('unusable', counter(0, 4, 2.2))],
    expected: ofUseCase(
      'BrownoutFallbackFailing',
      'critical',
      'Fallbacks do not work either.',
      '40% of the 150 fallbacks of triage in the last 15m were not usable either.',
    ),
  },
  {
    ...TWICE,
    alert: 'BrownoutFallbackNeverExercised',
    bystander: 'useCase',
    // A week after the last time, and an hour; there are enough calls after the fifth full hour.
    phases: { healthy: 100, bad: 260, after: 120 },
    fires: 161,
    steady: 358,
    over: 422,
    series: [
      ...OTHERS,
      { metric: 'calls', labels: USABLE, values: counter(10) },
      {
        record: 'use_case:brownout_fallbacks:last_timestamp',
        labels: { useCase: CALL.useCase },
        values: { kind: 'once', bad: 100 * 60 - WEEK, healthy: 0 },
      },
      fallback('usable', counter(0, 0, 0, 1)),
    ],
    lowTraffic: 0.028,
    expected: ofUseCase(
      'BrownoutFallbackNeverExercised',
      'info',
      'A fallback has not been exercised for a week.',
      'The use case triage had fallbacks in the last 28d and none in the last 7d.',
    ),
  },
  {
    ...TWICE,
    alert: 'BrownoutBreakerOpen',
    bystander: 'breaker',
    fires: 36,
    over: 78,
    lowTraffic: { notApplicable: 'a breaker is open or not' },
    series: [breaker('open', gauge(0, 1, 0)), breaker('closed', gauge(1, 0, 1)), breaker('half_open', gauge(0))],
    expected: says({
      alert: 'BrownoutBreakerOpen',
      labels: {
        severity: 'warning',
        category: 'breaker',
        job: 'shop',
        brownout_breaker: 'vendor',
        brownout_breaker_state: 'open',
      },
      summary: 'A circuit breaker stays open.',
      description: 'The circuit breaker vendor of shop has been open for five minutes: its calls are not made.',
      dashboard: 'brownout-resilience?var-job=shop&var-brownout_breaker=vendor&var-brownout_breaker_state=open',
    }),
    silent: [{ why: 'while it is half open', series: [breaker('open', gauge(0)), breaker('half_open', gauge(0, 1))] }],
  },
  {
    ...TWICE,
    alert: 'BrownoutBreakerFlapping',
    bystander: 'breaker',
    phases: { healthy: 30, bad: 100, after: 120 },
    fires: 65,
    steady: 125,
    over: 180,
    lowTraffic: { notApplicable: 'the threshold is a number of times' },
    series: [opens('open', counter(0, 0.2, 0.08)), opens('closed', counter(0, 0.9, 0.9))],
    expected: says({
      alert: 'BrownoutBreakerFlapping',
      labels: { severity: 'warning', category: 'breaker', job: 'shop', brownout_breaker: 'vendor' },
      summary: 'A circuit breaker opens again and again.',
      description: 'The circuit breaker vendor of shop opened 12 times in the last 1h.',
      dashboard: 'brownout-resilience?var-job=shop&var-brownout_breaker=vendor',
    }),
  },
];
