import { clock, counter, gauge, nowAndThen, samples, type Scenario, type Values } from '../support/scenario.ts';
import { CANCELLED, DOWN, EMPTY, LIMITED, says, THE_MODEL, THE_PROVIDER, TWICE, USABLE, WRONG } from './subjects.ts';

const PAGE = { providerName: 'openai', vendor: 'openai' } as const;
const CALLS = [
  { metric: 'calls', labels: USABLE, values: counter(9) },
  { metric: 'calls', labels: EMPTY, values: counter(0, 1, 0.45) },
] as const;
const FRESH = { metric: 'vendorLastSuccess', labels: { vendor: PAGE.vendor }, values: clock(270) } as const;
const component = (name: string, values: Values) =>
  ({ metric: 'vendorStatus', labels: { ...PAGE, vendorComponent: name }, values }) as const;

export const VENDOR_SCENARIOS: readonly Scenario[] = [
  {
    ...TWICE,
    alert: 'BrownoutGrayFailure',
    lowTraffic: 0.22,
    series: [
      ...CALLS,
      { metric: 'calls', labels: CANCELLED, values: counter(5) },
      { metric: 'calls', labels: WRONG, values: counter(5) },
      // Declared once, and not for the last ten minutes of good times.
      component('Chat', samples('1x19 0x100')),
      FRESH,
    ],
    expected: says({
      alert: 'BrownoutGrayFailure',
      labels: { severity: 'warning', category: 'vendor_status', ...THE_MODEL },
      summary: "Calls fail by the vendor's fault while its status page says that all is well.",
      description:
        "10% of 150 calls to openai gpt-x/1 beta in the last 15m were not usable by the vendor's fault, while its status page says that all is operational.",
      dashboard: 'brownout-vendors?var-gen_ai_provider_name=openai&var-gen_ai_request_model=gpt-x%2F1+beta',
    }),
    silent: [
      {
        why: 'once the vendor declares it',
        series: [...CALLS, component('Chat', gauge(0)), component('Responses', gauge(0, 1)), FRESH],
      },
      { why: 'while the vendor changes its mind', series: [...CALLS, component('Chat', nowAndThen(120)), FRESH] },
      { why: 'where the page is not known: that says nothing', series: [...CALLS, FRESH] },
      {
        why: 'where the page has not been read lately',
        series: [...CALLS, component('Chat', gauge(0)), { ...FRESH, values: clock(350) }],
      },
      {
        why: 'where another page is the one that is read',
        series: [...CALLS, component('Chat', gauge(0)), { ...FRESH, labels: { vendor: 'another' } }],
      },
    ],
  },
  {
    ...TWICE,
    alert: 'BrownoutVendorDown',
    fires: 37,
    over: 77,
    steady: 60,
    series: [
      { metric: 'calls', labels: USABLE, values: counter(20, 7, 11) },
      { metric: 'calls', labels: DOWN, values: counter(0, 8, 6) },
      { metric: 'calls', labels: { ...DOWN, reason: 'connection', fault: 'network' }, values: counter(0, 5, 3) },
      { metric: 'calls', labels: CANCELLED, values: counter(30) },
      { metric: 'calls', labels: WRONG, values: counter(30) },
    ],
    expected: says({
      alert: 'BrownoutVendorDown',
      labels: { severity: 'critical', category: 'availability', ...THE_PROVIDER },
      summary: "A vendor's interface is down for us.",
      description: '65% of the calls to openai in the last 5m got no answer or a server error, of 300 in the last 15m.',
      dashboard: 'brownout-vendors?var-gen_ai_provider_name=openai',
    }),
    silent: [
      {
        why: 'where calls are answered badly, or rejected for limits',
        series: [
          { metric: 'calls', labels: USABLE, values: counter(20, 2) },
          { metric: 'calls', labels: EMPTY, values: counter(0, 12) },
          { metric: 'calls', labels: LIMITED, values: counter(0, 4) },
        ],
      },
    ],
  },
  {
    ...TWICE,
    alert: 'BrownoutVendorDown',
    rule: { declared: 'true' },
    fires: 37,
    over: 77,
    steady: 60,
    series: [
      { metric: 'calls', labels: USABLE, values: counter(20, 7, 11) },
      { metric: 'calls', labels: DOWN, values: counter(0, 13, 9) },
      component('Chat', nowAndThen(120)),
    ],
    expected: says({
      alert: 'BrownoutVendorDown',
      labels: { severity: 'warning', category: 'availability', declared: 'true', ...THE_PROVIDER },
      summary: "A vendor's interface is down for us.",
      description:
        '65% of the calls to openai in the last 5m got no answer or a server error, of 300 in the last 15m. The vendor declares an incident.',
      dashboard: 'brownout-vendors?var-gen_ai_provider_name=openai',
    }),
    silent: [
      {
        why: 'once the vendor has declared that it is over',
        series: [
          { metric: 'calls', labels: USABLE, values: counter(20, 5) },
          { metric: 'calls', labels: DOWN, values: counter(0, 15) },
          component('Chat', samples('1x15 0x100')),
        ],
      },
    ],
  },
  {
    ...TWICE,
    alert: 'BrownoutVendorIncident',
    fires: 33,
    over: 81,
    lowTraffic: { notApplicable: 'a page has no traffic' },
    series: [
      component('Chat', gauge(0)),
      component('Responses', gauge(0, 1, 0)),
      { metric: 'vendorIncidents', labels: { ...PAGE, vendorImpact: 'minor' }, values: gauge(0) },
    ],
    expected: says({
      alert: 'BrownoutVendorIncident',
      labels: { severity: 'info', category: 'vendor_status', ...THE_PROVIDER },
      summary: 'A vendor declares an incident.',
      description:
        'The status page behind openai is not all operational: its worst component is at 1 of 4, or it has an open incident.',
      dashboard: 'brownout-vendors?var-gen_ai_provider_name=openai',
    }),
  },
  {
    ...TWICE,
    alert: 'BrownoutVendorIncident',
    fires: 33,
    over: 81,
    lowTraffic: { notApplicable: 'a page has no traffic' },
    series: [
      component('Chat', gauge(0)),
      { metric: 'vendorIncidents', labels: { ...PAGE, vendorImpact: 'minor' }, values: gauge(0) },
      { metric: 'vendorIncidents', labels: { ...PAGE, vendorImpact: 'major' }, values: gauge(0, 1, 0) },
      { metric: 'vendorIncidents', labels: { ...PAGE, vendorImpact: 'none' }, values: gauge(0) },
    ],
    expected: says({
      alert: 'BrownoutVendorIncident',
      labels: { severity: 'info', category: 'vendor_status', ...THE_PROVIDER },
      summary: 'A vendor declares an incident.',
      description:
        'The status page behind openai is not all operational: its worst component is at 0 of 4, or it has an open incident.',
      dashboard: 'brownout-vendors?var-gen_ai_provider_name=openai',
    }),
  },
  ...(['stuck', 'gone'] as const).map((bad): Scenario => ({
    ...TWICE,
    alert: 'BrownoutVendorStatusStale',
    fires: 56,
    over: 76,
    lowTraffic: { notApplicable: 'a page has no traffic' },
    bystander: 'vendor',
    series: [{ metric: 'vendorLastSuccess', labels: { vendor: 'openai' }, values: { kind: 'clock', bad, below: 19 } }],
    expected: says({
      alert: 'BrownoutVendorStatusStale',
      labels: { severity: 'warning', category: 'vendor_status', brownout_vendor: 'openai' },
      summary: "A vendor's status page cannot be read.",
      description: 'The status page of openai was last understood 39m 0s ago: what it says is unknown.',
      dashboard: 'brownout-vendors?var-brownout_vendor=openai',
    }),
  })),
  {
    ...TWICE,
    alert: 'BrownoutVendorStatusStale',
    // A day after the last reading the poller is taken for gone on purpose.
    phases: { healthy: 30, bad: 1500, after: 20 },
    fires: 56,
    steady: 1460,
    over: 1481,
    within: 4,
    lowTraffic: { notApplicable: 'a page has no traffic' },
    bystander: 'vendor',
    series: [
      { metric: 'vendorLastSuccess', labels: { vendor: 'openai' }, values: { kind: 'clock', bad: 'gone', below: 19 } },
    ],
    expected: says({
      alert: 'BrownoutVendorStatusStale',
      labels: { severity: 'warning', category: 'vendor_status', brownout_vendor: 'openai' },
      summary: "A vendor's status page cannot be read.",
      description: 'The status page of openai was last understood 23h 50m 0s ago: what it says is unknown.',
      dashboard: 'brownout-vendors?var-brownout_vendor=openai',
    }),
  },
];
