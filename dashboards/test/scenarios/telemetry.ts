import { counter, gauge, type Scenario, type Values } from '../support/scenario.ts';
import { EMPTY, says, TWICE, USABLE } from './subjects.ts';

/** The service has been seen for long. */
const SEEN = {
  metric: 'instrumented',
  labels: { job: 'shop', instance: 'shop-1', sdk: 'openai', link: 'linked' },
  values: gauge(1),
} as const;

const folded = (values: Values) =>
  ({ metric: 'calls', labels: { job: 'shop', instance: 'shop-1', folded: 'true' }, values }) as const;

export const TELEMETRY_SCENARIOS: readonly Scenario[] = [
  {
    ...TWICE,
    alert: 'BrownoutTelemetryVanished',
    phases: { healthy: 90, bad: 40, after: 40 },
    fires: 106,
    steady: 106,
    over: 136,
    lowTraffic: 0.14,
    bystander: 'job',
    series: [
      { metric: 'calls', labels: USABLE, values: { kind: 'gone', perMinute: 6 } },
      { metric: 'calls', labels: EMPTY, values: { kind: 'gone', perMinute: 4 } },
    ],
    expected: says({
      alert: 'BrownoutTelemetryVanished',
      labels: { severity: 'warning', category: 'telemetry', gen_ai_provider_name: 'openai', job: 'shop' },
      summary: 'A service stopped to report its calls.',
      description: 'shop made 600 calls to openai in an hour and now reports none, not even that there are none.',
      dashboard: 'brownout-telemetry?var-gen_ai_provider_name=openai&var-job=shop',
    }),
  },
  {
    ...TWICE,
    alert: 'BrownoutSeriesOverflow',
    fires: 40,
    over: 100,
    lowTraffic: { notApplicable: 'one is too many' },
    bystander: 'job',
    series: [
      {
        metric: 'selfOverflow',
        labels: { job: 'shop', instance: 'shop-1', dimension: 'brownout.use_case' },
        values: counter(0, 0.2, 0.03),
      },
      SEEN,
    ],
    expected: says({
      alert: 'BrownoutSeriesOverflow',
      labels: { severity: 'warning', category: 'telemetry', job: 'shop', brownout_dimension: 'brownout.use_case' },
      summary: 'There are more values of a label than are kept apart.',
      description:
        '3 records of shop in the last 15m had one value too many of brownout.use_case, and count as _other.',
      dashboard: 'brownout-telemetry?var-job=shop&var-brownout_dimension=brownout.use_case',
    }),
  },
  {
    ...TWICE,
    alert: 'BrownoutSeriesOverflow',
    rule: { brownout_dimension: 'otel.metric.overflow' },
    fires: 36,
    over: 91,
    lowTraffic: { notApplicable: 'one is too many' },
    bystander: 'job',
    series: [folded({ kind: 'late', value: 5 }), { ...folded(gauge(5)), labels: { job: 'shop', instance: 'shop-1' } }],
    expected: says({
      alert: 'BrownoutSeriesOverflow',
      labels: { severity: 'warning', category: 'telemetry', job: 'shop', brownout_dimension: 'otel.metric.overflow' },
      summary: 'There are more values of a label than are kept apart.',
      description:
        "OpenTelemetry's SDK keeps not all series of shop apart, in 1 of its metrics: the rest of them is one without a label, and no rule can tell whose it is.",
      // What the rule is made of has no such label.
      dashboard: 'brownout-telemetry?var-job=shop&var-brownout_dimension=',
    }),
  },
  {
    ...TWICE,
    alert: 'BrownoutSelfFaults',
    fires: 40,
    over: 100,
    lowTraffic: { notApplicable: 'one is too many' },
    bystander: 'job',
    series: [
      {
        metric: 'selfFaults',
        labels: { job: 'shop', instance: 'shop-1', site: 'wire.fetch' },
        values: counter(0, 0.2, 0.03),
      },
      SEEN,
    ],
    expected: says({
      alert: 'BrownoutSelfFaults',
      labels: { severity: 'warning', category: 'telemetry', job: 'shop', brownout_site: 'wire.fetch' },
      summary: 'The instrumentation has errors of its own.',
      description: 'The instrumentation in shop swallowed 3 errors of its own at wire.fetch in the last 15m.',
      dashboard: 'brownout-telemetry?var-job=shop&var-brownout_site=wire.fetch',
    }),
  },
];
