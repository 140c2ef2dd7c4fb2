import { counter, nowAndThen, samples, type Scenario } from '../support/scenario.ts';
import { CALL } from './subjects.ts';

const RUNBOOKS = 'https://example.com/brownout/runbooks';

/** The vendor declares an incident. */
const PAGE = {
  metric: 'vendorStatus',
  labels: { providerName: CALL.providerName, vendor: 'openai', vendorComponent: 'Chat' },
  values: nowAndThen(1000),
} as const;

const ANSWERED = { transport: 'up', streaming: 'true' } as const;
const USABLE = { ...ANSWERED, verdict: 'usable', reason: 'ok', fault: 'none' } as const;
const SLOW = { ...ANSWERED, verdict: 'degraded', reason: 'slow_total', fault: 'vendor' } as const;
const LIMITED = {
  ...ANSWERED,
  verdict: 'unusable',
  reason: 'rate_limited',
  fault: 'capacity',
  transport: 'down',
} as const;

/** How many times of a 1 % budget are burnt: of 1000 calls in ten minutes. */
const perMinute = (good: number, bad: number, below: number) => ({
  good: counter(good),
  bad: counter(0, bad, below),
});

const BURNS = [
  {
    rule: { long: '1h', short: '5m' },
    severity: 'critical',
    bad: 20,
    below: 13,
    said: '20% of the 6000',
    short: '20%',
    phases: { healthy: 65, bad: 90, after: 60 },
    fires: 110,
    steady: 150,
    over: 162,
    lowTraffic: 0.007,
  },
  {
    rule: { long: '6h', short: '30m' },
    severity: 'critical',
    bad: 9,
    below: 5.5,
    said: '9% of the 36000',
    short: '9%',
    phases: { healthy: 370, bad: 400, after: 120 },
    fires: 620,
    steady: 760,
    over: 788,
    lowTraffic: 0.0012,
  },
  {
    rule: { long: '1d', short: '2h' },
    severity: 'warning',
    bad: 4,
    below: 2.7,
    said: '4% of the 144000',
    short: '4%',
    phases: { healthy: 1450, bad: 1600, after: 300 },
    fires: 2581,
    steady: 3000,
    over: 3088,
    lowTraffic: 0.0003,
  },
  {
    rule: { long: '3d', short: '6h' },
    severity: 'warning',
    bad: 2,
    below: 0.9,
    said: '2% of the 432000',
    short: '2%',
    phases: { healthy: 4330, bad: 4700, after: 600 },
    fires: 6651,
    steady: 9000,
    over: 9219,
    lowTraffic: 0.0001,
  },
] as const;

export const GOODPUT_SCENARIOS = BURNS.flatMap(
  ({ rule, severity, bad, below, said, short, phases, fires, steady, over, lowTraffic }): readonly Scenario[] => {
    const calls = perMinute(100 - bad, bad, below);
    const common = { rule, phases, steady, lowTraffic } as const;
    const twin: Scenario = {
      ...common,
      rule: { ...rule, declared: 'true' },
      alert: 'BrownoutBudgetBurn',
      fires,
      over,
      series: [
        { metric: 'calls', labels: { ...CALL, ...USABLE }, values: calls.good },
        { metric: 'calls', labels: { ...CALL, ...SLOW }, values: calls.bad },
        PAGE,
      ],
      bystander: 'providerName',
      expected: [
        {
          labels: {
            severity: 'warning',
            category: 'goodput',
            ...rule,
            declared: 'true',
            gen_ai_provider_name: 'openai',
            gen_ai_request_model: 'gpt-x/1 beta',
          },
          annotations: {
            summary: 'A model answers, and too many of its answers are not usable.',
            description: `${said} calls that openai answered for gpt-x/1 beta in the last ${rule.long}, and ${short} of those in the last ${rule.short}, were not usable; the objective of 99% allows 1%. The vendor declares an incident.`,
            runbook_url: `${RUNBOOKS}/BrownoutBudgetBurn.md`,
            dashboard_url:
              'https://example.com/grafana/d/brownout-model?var-gen_ai_provider_name=openai&var-gen_ai_request_model=gpt-x%2F1+beta',
          },
        },
      ],
      silent: [
        {
          why: 'once the vendor has declared that it is over',
          series: [
            { metric: 'calls', labels: { ...CALL, ...USABLE }, values: calls.good },
            { metric: 'calls', labels: { ...CALL, ...SLOW }, values: calls.bad },
            { ...PAGE, values: samples(`1x${fires - 20} 0x1000`) },
          ],
        },
      ],
    };
    return [
      ...(severity === 'critical' ? [twin] : []),
      {
        ...common,
        alert: 'BrownoutBudgetBurn',
        fires,
        over,
        series: [
          { metric: 'calls', labels: { ...CALL, ...USABLE }, values: calls.good },
          { metric: 'calls', labels: { ...CALL, ...SLOW }, values: calls.bad },
          // Neither good nor bad of the model: what was never answered, and what the caller stopped or did wrong.
          { metric: 'calls', labels: { ...CALL, ...SLOW, reason: 'timeout', transport: 'down' }, values: counter(30) },
          { metric: 'calls', labels: { ...CALL, ...USABLE, verdict: 'cancelled' }, values: counter(30) },
          { metric: 'calls', labels: { ...CALL, ...USABLE, fault: 'caller' }, values: counter(30) },
        ],
        bystander: 'providerName',
        expected: [
          {
            labels: {
              severity,
              category: 'goodput',
              ...rule,
              gen_ai_provider_name: 'openai',
              gen_ai_request_model: 'gpt-x/1 beta',
            },
            annotations: {
              summary: 'A model answers, and too many of its answers are not usable.',
              description: `${said} calls that openai answered for gpt-x/1 beta in the last ${rule.long}, and ${short} of those in the last ${rule.short}, were not usable; the objective of 99% allows 1%.`,
              runbook_url: `${RUNBOOKS}/BrownoutBudgetBurn.md`,
              dashboard_url:
                'https://example.com/grafana/d/brownout-model?var-gen_ai_provider_name=openai&var-gen_ai_request_model=gpt-x%2F1+beta',
            },
          },
        ],
      },
      {
        ...common,
        alert: 'BrownoutUseCaseBudgetBurn',
        fires,
        over,
        series: [
          { metric: 'calls', labels: { ...CALL, ...USABLE }, values: calls.good },
          { metric: 'calls', labels: { ...CALL, ...LIMITED }, values: calls.bad },
          { metric: 'calls', labels: { ...CALL, ...USABLE, verdict: 'cancelled' }, values: counter(30) },
          { metric: 'calls', labels: { ...CALL, ...USABLE, fault: 'caller' }, values: counter(30) },
        ],
        bystander: 'useCase',
        expected: [
          {
            labels: { severity, category: 'goodput', ...rule, brownout_use_case: 'triage' },
            annotations: {
              summary: 'A use case gets too few usable answers.',
              description: `${said} calls of triage in the last ${rule.long}, and ${short} of those in the last ${rule.short}, were not usable; the objective of 99% allows 1%.`,
              runbook_url: `${RUNBOOKS}/BrownoutUseCaseBudgetBurn.md`,
              dashboard_url: 'https://example.com/grafana/d/brownout-use-case?var-brownout_use_case=triage',
            },
          },
        ],
      },
    ];
  },
);
