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

/** Of 100 calls a minute so many are bad while it is bad, where that is not enough, and from then on. */
const perMinute = (bad: number, below: number) => ({
  good: counter(100, 100 - bad, 100 - below, 100 - below),
  bad: counter(0, bad, below, below),
});

/**
 * All burn somewhat faster than the threshold, and go on somewhat slower. Windows need not be full: that they are as long as
 * their names say is tested where they are recorded. Those of days grow by the full hour; where counters begin, rates round.
 */
const BURNS = [
  {
    rule: { long: '1h', short: '5m' },
    severity: 'critical',
    bad: 20,
    below: 13,
    said: '20% of the 6000',
    short: '20%',
    phases: { healthy: 65, bad: 90, after: 60 },
    fires: 113,
    steady: 150,
    over: 165,
    lowTraffic: 0.007,
    tooShort: { healthy: 65, bad: 40, after: 5 },
  },
  {
    rule: { long: '6h', short: '30m' },
    severity: 'critical',
    bad: 8,
    below: 5.5,
    said: '8.016% of the 17315',
    short: '8%',
    phases: { healthy: 0, bad: 180, after: 60 },
    fires: 17,
    steady: 175,
    over: 211,
    lowTraffic: 0.0024,
    tooShort: { healthy: 100, bad: 150, after: 5 },
  },
  {
    rule: { long: '1d', short: '2h' },
    severity: 'warning',
    bad: 4,
    below: 2.7,
    said: '4.004% of the 41813',
    short: '4%',
    phases: { healthy: 0, bad: 440, after: 150 },
    fires: 120,
    steady: 435,
    over: 540,
    lowTraffic: 0.00105,
    tooShort: { healthy: 150, bad: 300, after: 5 },
  },
  {
    rule: { long: '3d', short: '6h' },
    severity: 'warning',
    bad: 1.3,
    below: 0.75,
    said: '1.301% of the 71812',
    short: '1.3%',
    phases: { healthy: 0, bad: 770, after: 220 },
    fires: 240,
    steady: 765,
    over: 974,
    lowTraffic: 0.00063,
    tooShort: { healthy: 300, bad: 670, after: 5 },
  },
] as const;

export const GOODPUT_SCENARIOS = BURNS.flatMap(
  ({
    rule,
    severity,
    bad,
    below,
    said,
    short,
    phases,
    fires,
    steady,
    over,
    lowTraffic,
    tooShort,
  }): readonly Scenario[] => {
    const calls = perMinute(bad, below);
    const common = { rule, phases, steady, lowTraffic } as const;
    const ofModel: Scenario['series'] = [
      { metric: 'calls', labels: { ...CALL, ...USABLE }, values: calls.good },
      { metric: 'calls', labels: { ...CALL, ...SLOW }, values: calls.bad },
    ];
    const ofUseCase: Scenario['series'] = [
      { metric: 'calls', labels: { ...CALL, ...USABLE }, values: calls.good },
      { metric: 'calls', labels: { ...CALL, ...LIMITED }, values: calls.bad },
    ];
    const notForLong = { why: 'where it burns as fast, and not for long enough to matter', phases: tooShort };
    const twin: Scenario = {
      ...common,
      rule: { ...rule, declared: 'true' },
      alert: 'BrownoutBudgetBurn',
      fires,
      over,
      series: [...ofModel, PAGE],
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
          series: [...ofModel, { ...PAGE, values: samples(`1x${Math.max(2, fires - 20)} 0x1000`) }],
        },
        { ...notForLong, series: [...ofModel, PAGE] },
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
          ...ofModel,
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
        silent: [{ ...notForLong, series: ofModel }],
      },
      {
        ...common,
        alert: 'BrownoutUseCaseBudgetBurn',
        fires,
        over,
        series: [
          ...ofUseCase,
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
        silent: [{ ...notForLong, series: ofUseCase }],
      },
    ];
  },
);
