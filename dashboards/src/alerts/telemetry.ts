import { atLeast, call, number, sumBy, times, unless } from '../promql/expression.ts';
import { recorded } from '../promql/series.ts';
import { GAUGES, NORMALISED } from '../recording/normalised.ts';
import { countOver, LEVELS, recordedOver, SECONDS_BETWEEN_EVALUATIONS, SYMPTOM_WINDOW } from '../recording/record.ts';
import { labelName } from '../promql/labels.ts';
import { alert, type Runbook } from './alert.ts';
import { labelValue, VALUE } from './templates.ts';

const SERVICE = LEVELS.provider_service;

/** How the SDK marks what it folded. */
const BY_THE_SDK = 'otel.metric.overflow';

const WHOSE_TELEMETRY = {
  us: {
    text: 'The service does not run, runs without the instrumentation, or its exporter, the collector or the scrape is broken.',
    queries: [recorded(GAUGES.presence)],
  },
  network: {
    text: 'The way from the service to the collector or to Prometheus: look at their own metrics.',
    queries: [],
  },
  vendor: {
    text: 'Not the vendor: a vendor that does not answer makes calls that fail, not calls that are missing.',
    queries: [],
  },
} as const satisfies Pick<Runbook, 'us' | 'network' | 'vendor'>;

export const TELEMETRY_ALERTS = {
  BrownoutTelemetryVanished: alert({
    category: 'telemetry',
    severity: 'warning',
    for: '10m',
    keepFiringFor: '5m',
    settings: {
      calls: { kind: 'count', default: 100, meaning: 'calls in the hour before that made it worth telling' },
    },
    labels: SERVICE,
    rules: ({ calls }) => [
      {
        expression: unless(
          atLeast(
            times(
              number(SECONDS_BETWEEN_EVALUATIONS),
              sumBy(
                SERVICE,
                call(
                  'sum_over_time',
                  recorded(NORMALISED.callsByService, { over: recordedOver('1h'), offset: SYMPTOM_WINDOW }),
                ),
              ),
            ),
            number(calls),
          ),
          recorded(GAUGES.presence),
        ),
        description: `${labelValue('job')} made ${VALUE.number} calls to ${labelValue('providerName')} in an hour and now reports none, not even that there are none.`,
      },
    ],
    summary: 'A service stopped to report its calls.',
    dashboard: 'telemetry',
    runbook: {
      meaning:
        'Its series are gone, which is another thing than series that do not grow: a quiet service still reports.',
      impact: 'No alert can fire for this service: silence is no good news.',
      ...WHOSE_TELEMETRY,
      mitigation: [
        'Look whether the service runs, and whether the last deployment lost the instrumentation.',
        'Look at the collector and at the targets in Prometheus.',
      ],
      over: 'The series are there again, or an hour went by without them: then it is taken for gone on purpose.',
      falsePositives: [
        'A service that was shut down or renamed.',
        'A provider that the service does not use any more, after its restart.',
      ],
    },
  }),
  BrownoutSeriesOverflow: alert({
    category: 'telemetry',
    severity: 'warning',
    for: '5m',
    keepFiringFor: '15m',
    settings: { values: { kind: 'count', default: 1, meaning: 'records in a quarter of an hour that were folded' } },
    labels: NORMALISED.overflow.labels,
    rules: ({ values }) => [
      {
        expression: atLeast(
          call('round', countOver(NORMALISED.overflow.labels, NORMALISED.overflow, SYMPTOM_WINDOW)),
          number(values),
        ),
        description: `${VALUE.number} records of ${labelValue('job')} in the last ${SYMPTOM_WINDOW} had one value too many of ${labelValue('dimension')}, and count as _other.`,
      },
      {
        labels: { [labelName('dimension')]: BY_THE_SDK },
        expression: atLeast(recorded(GAUGES.folded), number(1)),
        description: `OpenTelemetry's SDK keeps not all series of ${labelValue('job')} apart, in ${VALUE.number} of its metrics: the rest of them is one without a label, and no rule can tell whose it is.`,
      },
    ],
    summary: 'There are more values of a label than are kept apart.',
    dashboard: 'telemetry',
    runbook: {
      meaning:
        'A process saw more models, use cases, tasks or breakers than it tells apart. What came after is one value, `_other`. With `otel.metric.overflow` it was the SDK that folded: more than 2,000 combinations of labels in one metric, and what came after them has no label at all.',
      impact: 'What is in `_other` cannot be told apart: a trouble of one of them is diluted.',
      ...WHOSE_TELEMETRY,
      mitigation: [
        'Find what puts an id into a name: a use case must be a handful of words.',
        'Raise the limit in the configuration file of the instrumentation, if there really are that many.',
      ],
      over: 'Nothing was folded for 15 minutes: usually after a restart with other names. What the SDK has folded stays until the process is restarted.',
      falsePositives: ['A load test with made-up names.'],
    },
  }),
  BrownoutSelfFaults: alert({
    category: 'telemetry',
    severity: 'warning',
    for: '5m',
    keepFiringFor: '15m',
    settings: { faults: { kind: 'count', default: 1, meaning: 'errors in a quarter of an hour' } },
    labels: NORMALISED.selfFaults.labels,
    rules: ({ faults }) => [
      {
        expression: atLeast(
          call('round', countOver(NORMALISED.selfFaults.labels, NORMALISED.selfFaults, SYMPTOM_WINDOW)),
          number(faults),
        ),
        description: `The instrumentation in ${labelValue('job')} swallowed ${VALUE.number} errors of its own at ${labelValue('site')} in the last ${SYMPTOM_WINDOW}.`,
      },
    ],
    summary: 'The instrumentation has errors of its own.',
    dashboard: 'telemetry',
    runbook: {
      meaning:
        'The instrumentation failed at something and went on: the application did not notice, and some of the numbers are missing.',
      impact: 'None for users. What these alerts are made of may be incomplete.',
      ...WHOSE_TELEMETRY,
      mitigation: [
        'Set `OTEL_LOG_LEVEL=warn`: each site tells its error once.',
        'Report it with that text and the versions of the SDKs.',
        'Until then, keep it: it is harmless by design.',
      ],
      over: 'No error for 15 minutes.',
      falsePositives: ['None is known: it is always a fault of the instrumentation.'],
    },
  }),
} as const;
