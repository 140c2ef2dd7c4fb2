import type { PromtoolTest } from '../support/promtool-test.ts';

/** Windows of burn rates, each over a past that is made up here: long ago, the first half of the window, the second half. */

const MODEL = 'gen_ai_provider_name="openai",gen_ai_request_model="gpt"';
const USE_CASE = 'brownout_use_case="triage"';
const LEVELS = [
  { level: 'provider_model', calls: 'answered', labels: MODEL },
  { level: 'use_case', calls: 'counted', labels: USE_CASE },
] as const;

/** Of how many samples a window is: one a minute, or of what was counted in an hour. */
const WINDOWS = [
  { window: '30m', samples: 30, every: '1m' },
  { window: '1h', samples: 60, every: '1m', isCounted: true },
  { window: '2h', samples: 120, every: '1m' },
  { window: '6h', samples: 360, every: '1m', isCounted: true },
  { window: '1d', samples: 24, every: '1h', isCounted: true },
  { window: '3d', samples: 72, every: '1h', isCounted: true },
] as const;

const LONG_AGO = 20;

const WINDOW_TESTS: readonly PromtoolTest[] = LEVELS.flatMap(({ level, calls, labels }) =>
  WINDOWS.map(({ window, samples, every, ...rest }): PromtoolTest => {
    const series = (name: string, [before, first, second]: readonly [number, number, number]) => ({
      series: name,
      values: `${before}x${LONG_AGO} ${first}x${samples / 2 - 1} ${second}x${samples / 2 - 1}`,
    });
    const call = (told: string) => `call:brownout_calls:rate5m{${MODEL},${USE_CASE},brownout_transport="up",${told}}`;
    const isOfHours = every === '1h';
    const expected = (record: string, value: number) => ({
      expr: record,
      // The hour that is not full yet is not looked at.
      eval_time: isOfHours ? `${(LONG_AGO + samples) * 60 + 4}m` : `${LONG_AGO + samples}m`,
      exp_samples: [{ labels: `${record}{${labels}}`, value }],
    });
    return {
      name: `${level} over ${window}`,
      interval: every,
      input_series: isOfHours
        ? [
            series(`${level}:brownout_calls_${calls}:increase1h{${labels}}`, [9, 1, 3]),
            series(`${level}:brownout_calls_missed:increase1h{${labels}}`, [9, 1, 1]),
          ]
        : [
            series(call('brownout_verdict="usable",brownout_fault="none"'), [0, 0, 2]),
            series(call('brownout_verdict="unusable",brownout_fault="vendor"'), [9, 1, 1]),
          ],
      promql_expr_test: [
        expected(`${level}:brownout_calls_missed_per_${calls}:ratio_rate${window}`, 0.5),
        ...('isCounted' in rest
          ? [expected(`${level}:brownout_calls_${calls}:increase${window}`, (isOfHours ? 1 : 60) * 2 * samples)]
          : []),
      ],
    };
  }),
);

/** One call of every kind, each at another rate, so that a sum tells whose it is. */
const KINDS = [
  { told: 'brownout_verdict="unusable",brownout_fault="vendor",brownout_transport="up"', rate: 1 },
  { told: 'brownout_verdict="unusable",brownout_fault="vendor",brownout_transport="down"', rate: 2 },
  { told: 'brownout_verdict="unusable",brownout_fault="capacity",brownout_transport="down"', rate: 4 },
  { told: 'brownout_verdict="unusable",brownout_fault="network",brownout_transport="down"', rate: 8 },
  { told: 'brownout_verdict="unusable",brownout_fault="caller",brownout_transport="up"', rate: 16 },
  { told: 'brownout_verdict="cancelled",brownout_fault="none",brownout_transport="up"', rate: 32 },
  { told: 'brownout_verdict="usable",brownout_fault="none",brownout_transport="up"', rate: 64 },
] as const;

const KIND_TEST: PromtoolTest = {
  name: 'what objectives count, and what misses them',
  interval: '1m',
  input_series: KINDS.map(({ told, rate }) => ({
    series: `call:brownout_calls:rate5m{${MODEL},${USE_CASE},${told}}`,
    values: `${rate}x5`,
  })),
  promql_expr_test: [
    { record: 'provider_model:brownout_calls_answered:rate5m', labels: MODEL, value: 1 + 64 },
    { record: 'provider_model:brownout_calls_missed:rate5m', labels: MODEL, value: 1 },
    { record: 'use_case:brownout_calls_counted:rate5m', labels: USE_CASE, value: 1 + 2 + 4 + 8 + 64 },
    { record: 'use_case:brownout_calls_missed:rate5m', labels: USE_CASE, value: 1 + 2 + 4 + 8 },
  ].map(({ record, labels, value }) => ({
    expr: record,
    eval_time: '3m',
    exp_samples: [{ labels: `${record}{${labels}}`, value }],
  })),
};

export const OBJECTIVE_TESTS: readonly PromtoolTest[] = [KIND_TEST, ...WINDOW_TESTS];
