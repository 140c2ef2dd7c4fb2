import { CLOCK, counter, gauge, type Scenario } from '../support/scenario.ts';
import { CALL, RUNBOOKS } from './subjects.ts';

const ANSWERED = { transport: 'up', streaming: 'false' } as const;
const USABLE = { ...ANSWERED, verdict: 'usable', reason: 'ok', fault: 'none' } as const;
const EMPTY = { ...ANSWERED, verdict: 'unusable', reason: 'empty_output', fault: 'vendor' } as const;
const PAGE = { providerName: 'openai', vendor: 'openai' } as const;

const CALLS = [
  { metric: 'calls', labels: { ...CALL, ...USABLE }, values: counter(9) },
  { metric: 'calls', labels: { ...CALL, ...EMPTY }, values: counter(0, 1, 0.45) },
] as const;
const FRESH = { metric: 'vendorLastSuccess', labels: PAGE, values: CLOCK } as const;

export const VENDOR_SCENARIOS = [
  {
    alert: 'BrownoutGrayFailure',
    series: [
      ...CALLS,
      {
        metric: 'calls',
        labels: { ...CALL, ...USABLE, verdict: 'cancelled', reason: 'cancelled' },
        values: counter(5),
      },
      { metric: 'vendorStatus', labels: { ...PAGE, vendorComponent: 'Chat' }, values: gauge(0) },
      FRESH,
    ],
    phases: { healthy: 30, bad: 40, after: 40 },
    fires: 45,
    steady: 69,
    over: 85,
    lowTraffic: 0.1,
    bystander: 'providerName',
    expected: [
      {
        labels: {
          severity: 'warning',
          category: 'vendor_status',
          gen_ai_provider_name: 'openai',
          gen_ai_request_model: 'gpt-x/1 beta',
        },
        annotations: {
          summary: "Calls fail by the vendor's fault while its status page says that all is well.",
          description:
            "10% of 150 calls to openai gpt-x/1 beta in the last 15m were not usable by the vendor's fault, while its status page says that all is operational.",
          runbook_url: `${RUNBOOKS}/BrownoutGrayFailure.md`,
          dashboard_url:
            'https://example.com/grafana/d/brownout-vendors?var-gen_ai_provider_name=openai&var-gen_ai_request_model=gpt-x%2F1+beta',
        },
      },
    ],
    silent: [
      {
        why: 'once the vendor declares it, even for a moment',
        series: [
          ...CALLS,
          { metric: 'vendorStatus', labels: { ...PAGE, vendorComponent: 'Chat' }, values: gauge(0, 1) },
          FRESH,
        ],
      },
      {
        why: 'where the page is not known: that says nothing',
        series: [...CALLS, FRESH],
      },
      {
        why: 'where the page has not been read lately',
        series: [
          ...CALLS,
          { metric: 'vendorStatus', labels: { ...PAGE, vendorComponent: 'Chat' }, values: gauge(0) },
          { metric: 'vendorLastSuccess', labels: PAGE, values: gauge(60) },
        ],
      },
    ],
  },
] as const satisfies readonly Scenario[];
