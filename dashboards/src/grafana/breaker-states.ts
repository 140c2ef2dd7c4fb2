import { type Expression, maxBy, number, or, times } from '../promql/expression.ts';
import type { LabelId } from '../promql/labels.ts';
import { pick, some } from './queries.ts';

/** 0 closed, 1 half open, 2 open: the worst state that is said of a breaker. The series of the states that it is not in are 0. */
export function breakerStates(by: readonly LabelId[]): Expression {
  const isIn = (state: 'closed' | 'half_open' | 'open') =>
    maxBy(by, some(pick('breakerState', { where: { breakerState: state } })));
  return or(or(times(number(2), isIn('open')), isIn('half_open')), times(number(0), isIn('closed')));
}
