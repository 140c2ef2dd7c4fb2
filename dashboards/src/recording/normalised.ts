import type { MetricId } from '@brownout/signals';
import { above, call, number, sumBy } from '../promql/expression.ts';
import { type LabelOfMetric, type Matchers } from '../promql/matchers.ts';
import { type Part, raw, type Recorded } from '../promql/series.ts';
import { type Level, LEVELS, RATE_WINDOW, word } from './record.ts';

/**
 * The only rules that read metrics as they arrive. Each sums over processes and keeps what later rules tell calls apart
 * by. What did not happen in the window is left out instead of being recorded as 0: most of a healthy service's series.
 */
export const NORMALISED = {
  calls: rates('call', 'calls', [...LEVELS.call, 'verdict', 'reason', 'fault', 'transport', 'streaming']),
  /** The same by the service that made the calls: whether a trouble is everybody's or one's own. */
  callsByService: rates('provider_service', 'calls', [...LEVELS.provider_service, 'verdict', 'fault']),
  breaches: rates('call', 'budgetBreaches', [...LEVELS.call, 'budget']),
} as const satisfies Readonly<Record<string, Recorded>>;

function rates<Id extends MetricId, Label extends LabelOfMetric<Id> | 'job'>(
  level: Level,
  id: Id,
  labels: readonly Label[],
  options: { readonly where?: Matchers<LabelOfMetric<Id>>; readonly part?: Part } = {},
): Recorded<Label> {
  const part = options.part === undefined ? '' : `_${options.part}`;
  return {
    record: `${level}:${word(id)}${part}:rate${RATE_WINDOW}`,
    labels,
    expression: above(sumBy(labels, call('rate', raw(id, { ...options, over: RATE_WINDOW }))), number(0)),
  };
}
