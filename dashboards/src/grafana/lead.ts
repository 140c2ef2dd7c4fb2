import { atLeast, call, type Expression, minBy, number, whole } from '../promql/expression.ts';
import type { LabelId } from '../promql/labels.ts';

/** When a series was first at least so high, in the range that is shown, in Unix time. */
export const firstSeen = (series: Expression, bound: number, by: readonly LabelId[]): Expression =>
  minBy(by, call('min_over_time', whole(`(timestamp(${atLeast(series, number(bound)).text}))[$__range:$__interval]`)));
