import { atLeast, call, type Expression, minBy, number, whole } from '../promql/expression.ts';
import type { LabelId } from '../promql/labels.ts';

/** How finely the range that is shown is searched. */
const STEP = '1m';

/** When a series was first at least so high, in the range that is shown, in Unix time. */
export const firstSeen = (series: Expression, bound: number, by: readonly LabelId[]): Expression =>
  minBy(by, call('min_over_time', whole(`(timestamp(${atLeast(series, number(bound)).text}))[$__range:${STEP}]`)));
