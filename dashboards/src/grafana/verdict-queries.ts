import { FASTEST_BURN } from '../alerts/goodput.ts';
import type { Config } from '../config/schema.ts';
import { dividedBy, type Expression, isAtLeast, minus, number, plus } from '../promql/expression.ts';
import type { LabelOfMetric, Matchers } from '../promql/matchers.ts';
import type { LabelId } from '../promql/labels.ts';
import { SUBSETS } from '../recording/calls.ts';
import { countOf, rateOf, share } from './queries.ts';
import { thresholdValue } from './thresholds.ts';

type CallMatchers = Matchers<LabelOfMetric<'calls'>>;

/** Calls that look fine to uptime monitoring, and those of them that were not usable by the vendor's fault. */
export const BROWNOUT = { part: { ...SUBSETS.answered, fault: 'vendor' }, whole: SUBSETS.answered } as const;

/** Calls that say something of a vendor, and those of them that did not serve, whoever was at fault. */
export const NOT_SERVED = {
  part: { ...SUBSETS.counted, fault: { anyOf: ['vendor', 'capacity', 'network'] } },
  whole: SUBSETS.counted,
} as const satisfies Record<string, CallMatchers>;

/** The same calls, and those of them that any health check would have seen. */
export const DOWN = {
  part: { ...SUBSETS.counted, transport: 'down', fault: { anyOf: ['vendor', 'network'] } },
  whole: SUBSETS.counted,
} as const satisfies Record<string, CallMatchers>;

interface Of {
  readonly part: CallMatchers;
  readonly whole: CallMatchers;
}

/** A share of calls over time. */
export const callShare = (by: readonly LabelId[], { part, whole }: Of): Expression =>
  share(rateOf(by, 'calls', { where: part }), rateOf(by, 'calls', { where: whole }));

/** The same over all that is shown. */
export const callShareInRange = (by: readonly LabelId[], { part, whole }: Of): Expression =>
  share(countOf(by, 'calls', { where: part }), countOf(by, 'calls', { where: whole }));

/** The share of the brownout from which a model is degraded, and from which it is one: both are what alerts fire at. */
export const verdictBounds = (config: Config): { readonly degraded: number; readonly brownout: number } => ({
  degraded: thresholdValue({ alert: 'BrownoutGrayFailure', setting: 'share', bad: 'above' }, config),
  brownout: Number(
    (
      FASTEST_BURN * thresholdValue({ alert: 'BrownoutBudgetBurn', setting: 'objective', bad: 'above' }, config)
    ).toFixed(6),
  ),
});

/** `0.144` as `14.4 %`. */
export const percent = (value: number): string => `${Number((value * 100).toPrecision(3))} %`;

/** 0 usable, 1 degraded, 2 brownout; nothing without calls. */
export function verdictState(by: readonly LabelId[], config: Config): Expression {
  const { degraded, brownout } = verdictBounds(config);
  const now = callShare(by, BROWNOUT);
  return plus(isAtLeast(now, number(degraded)), isAtLeast(now, number(brownout)));
}

/** Of what the objective allows to be bad in the range that is shown: 1 where nothing was, below 0 where it is overspent. */
export const budgetLeft = (by: readonly LabelId[], config: Config): Expression =>
  minus(
    number(1),
    dividedBy(
      callShareInRange(by, BROWNOUT),
      number(thresholdValue({ alert: 'BrownoutBudgetBurn', setting: 'objective', bad: 'above' }, config)),
    ),
  );
