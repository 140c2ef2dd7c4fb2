import type { Duration } from '../../src/promql/series.ts';
import type { PromtoolTest } from '../support/promtool-test.ts';

/** When a fallback was last seen is carried on from evaluation to evaluation. */

const RECORD = 'use_case:brownout_fallbacks:last_timestamp';
const WHO = 'brownout_use_case="triage"';
const FOUR_WEEKS = 28 * 86_400;

const seen = (at: string, seconds: number | undefined) => ({
  expr: RECORD,
  eval_time: at,
  exp_samples: seconds === undefined ? [] : [{ labels: `${RECORD}{${WHO}}`, value: seconds }],
});

export const LAST_FALLBACK_TESTS: readonly (PromtoolTest & { readonly evaluatedEvery?: Duration })[] = [
  {
    name: 'the last fallback of a use case, until four weeks have gone by, or the next one',
    interval: '1m',
    input_series: [
      { series: `${RECORD}{${WHO}}`, values: String(3600 - FOUR_WEEKS) },
      {
        series: `call:brownout_fallbacks:rate5m{${WHO},brownout_verdict="usable"}`,
        values: '_x89 1 _x60',
      },
    ],
    promql_expr_test: [
      seen('58m', 3600 - FOUR_WEEKS),
      seen('66m', undefined),
      // It is in the window of a quarter of an hour for as long.
      seen('90m', 90 * 60),
      seen('103m', 103 * 60),
      seen('150m', 103 * 60),
    ],
  },
  {
    name: 'the last fallback is not forgotten while rules are not evaluated for some hours',
    interval: '1m',
    input_series: [{ series: `${RECORD}{${WHO}}`, values: '7' }],
    promql_expr_test: [seen('20h', 7)],
    evaluatedEvery: '5h',
  },
  {
    name: 'the last fallback is forgotten where rules are not evaluated for longer',
    interval: '1m',
    input_series: [{ series: `${RECORD}{${WHO}}`, values: '7' }],
    promql_expr_test: [seen('14h', undefined)],
    evaluatedEvery: '7h',
  },
];
