import { ALERTS, type AlertName } from '../../src/alerts/alerts.ts';
import type { Setting } from '../../src/alerts/settings.ts';
import { labelName, type LabelId } from '../../src/promql/labels.ts';
import { metricSeries } from '../../src/promql/series.ts';
import { lengthOf, type Scenario, type Series } from './scenario.ts';
import { seenSuddenly, suddenly } from './sudden.ts';
import { type Case, isBornBad, samplesOf } from './values.ts';

/** A test file of promtool, made from a scenario: the mandatory cases of every alert. */

interface ExpressionTest {
  readonly expr: string;
  readonly eval_time: string;
  readonly exp_samples: readonly object[];
}

export interface PromtoolTest {
  readonly name: string;
  readonly interval: '1m' | '1h';
  readonly input_series: readonly { readonly series: string; readonly values: string }[];
  readonly alert_rule_test?: readonly object[];
  readonly promql_expr_test: readonly ExpressionTest[];
}

export function promtoolTests(scenario: Scenario): readonly PromtoolTest[] {
  const { alert, phases, fires, steady, over, within = 2, lowTraffic, expected } = scenario;
  const firing = state(alert, 'firing');
  const end = lengthOf(phases);
  const neverIn = (minutes: number) => isEmpty(`count_over_time(${firing}[${minutes}m])`, minutes);
  const never = neverIn(end);
  const timely = [
    // What a window holds differs between Prometheus 2 and 3 by a sample, so they may differ by a minute.
    isEmpty(firing, fires - 2),
    // What waits for nothing is never pending.
    ...(ALERTS[alert].for === '0s' ? [] : [isThere(state(alert, 'pending'), fires - 2, expected.length)]),
    isThere(firing, fires, expected.length),
    isThere(firing, over - within, expected.length),
    isEmpty(firing, over),
  ];
  // What grew between the last sample before a counter began again and that moment is lost: a little later or earlier.
  const roughlyTimely = [
    isEmpty(`count_over_time(${firing}[${end}m])`, fires - 3),
    isThere(firing, fires + 2, expected.length),
    isThere(firing, over - 2 - within, expected.length),
    isEmpty(firing, over + 1),
  ];
  const test = (name: string, which: Case, rest: Partial<PromtoolTest>): PromtoolTest => ({
    name: `${alert}: ${name}`,
    interval: '1m',
    input_series: seriesOf(scenario, which),
    promql_expr_test: [],
    ...rest,
  });
  return [
    test('fires in time with these labels and annotations, ends, and leaves a second subject alone', 'fires', {
      alert_rule_test: [
        {
          eval_time: `${steady}m`,
          alertname: alert,
          exp_alerts: expected.map(({ labels, annotations }) => ({ exp_labels: labels, exp_annotations: annotations })),
        },
      ],
      promql_expr_test: timely,
    }),
    test('is silent just below', 'below', { promql_expr_test: [never] }),
    ...(typeof lowTraffic === 'number'
      ? [
          test('is silent at low traffic', 'low traffic', { promql_expr_test: [never] }),
          test('fires at just enough traffic', 'enough traffic', {
            promql_expr_test: [isThere(firing, steady, expected.length)],
          }),
        ]
      : []),
    test('is silent without traffic, of which there is no share, not even NaN', 'no traffic', {
      promql_expr_test: [never, isEmpty('{__name__=~".+:(ratio|p50|mean)_?.+"}', end)],
    }),
    test('does not mind counters that begin again', 'reset', { promql_expr_test: roughlyTimely }),
    ...(phases.healthy > 0 && scenario.series.some(({ values }) => isBornBad(values))
      ? [
          test('does not mind series that are born with the first bad event', 'newborn', {
            promql_expr_test: roughlyTimely,
          }),
        ]
      : []),
    ...suddenCases(scenario),
    ...(scenario.silent ?? []).map(({ why, ...other }) =>
      test(`is silent ${why}`, 'fires', {
        input_series: seriesOf({ ...scenario, ...other }, 'fires'),
        promql_expr_test: [neverIn(lengthOf(other.phases ?? phases))],
      }),
    ),
    ...(scenario.told ?? []).map(({ why, at, ...other }) =>
      test(`fires ${why}`, 'fires', {
        input_series: seriesOf({ ...scenario, ...other }, 'fires'),
        promql_expr_test: [isThere(firing, at, expected.length)],
      }),
    ),
  ];
}

/** Some bad calls within five minutes are enough, if they are too large a share. */
function suddenCases(scenario: Scenario): readonly PromtoolTest[] {
  const { alert, expected } = scenario;
  const settings: Readonly<Record<string, Setting>> = ALERTS[alert].settings;
  const enough = (settings['burst'] ?? settings['bad'])?.default ?? 0;
  return [
    { badCalls: 1.2 * enough, timesBorne: 1.2, says: 'fires as soon as it begins', fires: true },
    { badCalls: 0.87 * enough, timesBorne: 1.2, says: 'is silent while it may be a coincidence', fires: false },
    { badCalls: 1.2 * enough, timesBorne: 0.85, says: 'is silent while it is a small share', fires: false },
  ].flatMap(({ badCalls, timesBorne, says, fires }) => {
    const sudden = suddenly(scenario, badCalls, timesBorne);
    return sudden === undefined
      ? []
      : [
          {
            name: `${alert}: ${says}`,
            interval: '1m' as const,
            input_series: seriesOf(sudden, 'fires'),
            promql_expr_test: [
              {
                expr: state(alert, 'firing'),
                eval_time: `${seenSuddenly(sudden)}m`,
                exp_samples: fires
                  ? expected.map(({ labels }) => ({
                      labels: `ALERTS{${Object.entries({ alertname: alert, alertstate: 'firing', ...labels })
                        .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
                        .join(', ')}}`,
                      value: 1,
                    }))
                  : [],
              },
            ],
          },
        ];
  });
}

const state = (alert: AlertName, word: 'firing' | 'pending'): string =>
  `ALERTS{alertname="${alert}", alertstate="${word}"}`;

const isEmpty = (expr: string, minute: number): ExpressionTest => ({ expr, eval_time: `${minute}m`, exp_samples: [] });

const isThere = (expr: string, minute: number, count: number): ExpressionTest => ({
  expr: `count(${expr})`,
  eval_time: `${minute}m`,
  exp_samples: [{ labels: '{}', value: count }],
});

function seriesOf(scenario: Scenario, which: Case): PromtoolTest['input_series'] {
  const { series, phases, lowTraffic, bystander } = scenario;
  const factor = typeof lowTraffic === 'number' ? lowTraffic : 1;
  const render = ({ labels, values, ...named }: Series, of: Case) => ({
    series: `${'record' in named ? named.record : metricSeries(named.metric, named.part)}{${Object.entries(labels)
      .map(([id, value]) => `${labelName(id as LabelId)}=${JSON.stringify(value)}`)
      .join(', ')}}`,
    values: samplesOf(values, phases, of, factor),
  });
  const others = series
    .filter(({ labels }) => bystander in labels)
    .map((one) => ({ ...one, labels: { ...one.labels, [bystander]: 'bystander' } }));
  return [
    ...series.flatMap((one) => halves(one, bystander)).map((one) => render(one, which)),
    ...others.map((one) => render(one, which === 'no traffic' ? which : 'bystander')),
  ];
}

/** Labels that what is counted comes under several of, where an alert does not tell them apart. */
const SUMMED_AWAY = ['useCase', 'requestModel', 'instance'] as const satisfies readonly LabelId[];

/** A counter as two series that have half of it each: what should add them up must not take one of them for all. */
function halves(series: Series, told: LabelId): readonly Series[] {
  const { labels, values } = series;
  const apart = SUMMED_AWAY.find((id) => id in labels && id !== told && (id !== 'requestModel' || told === 'useCase'));
  if (values.kind !== 'counter' || apart === undefined) return [series];
  const half = {
    ...values,
    healthy: values.healthy / 2,
    bad: values.bad / 2,
    below: values.below / 2,
    after: (values.after ?? values.healthy) / 2,
  };
  return [half, half].map((each, index) => ({
    ...series,
    labels: { ...labels, [apart]: index === 0 ? labels[apart] : 'another' },
    values: each,
  }));
}
