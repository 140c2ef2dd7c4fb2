import type { MetricIdOf } from '@brownout/signals';
import type { LabelId } from '../../promql/labels.ts';
import type { Panel, Query } from '../panel.ts';
import { quantile, rateOf } from '../queries.ts';
import { unitOf } from '../units.ts';
import { MODEL } from './calls.ts';

type Histogram = MetricIdOf<'histogram'>;
type Own = Pick<Panel, 'title' | 'shows' | 'bad' | 'of'> & Partial<Panel>;

interface Asked {
  readonly by?: readonly LabelId[];
  /** Asks for exemplars, too. */
  readonly exemplars?: true;
}

/** Half of what was recorded is below the one line, which is dashed, and 19 of 20 below the other. */
export function spread(id: Histogram, own: Own, { by = MODEL, exemplars }: Asked = {}): Panel {
  const asked = exemplars === undefined ? {} : { exemplars };
  const queries: readonly [Query, Query] = [
    { expression: quantile(0.5, by, id), by, name: 'p50', dashed: true, ...asked },
    { expression: quantile(0.95, by, id), by, name: 'p95', ...asked },
  ];
  return { kind: 'lines', unit: unitOf(id), queries, width: 12, ...own };
}

/** How its buckets fill. */
export const heatmap = (id: Histogram, own: Own): Panel => ({
  kind: 'heatmap',
  unit: unitOf(id),
  queries: [{ expression: rateOf(['le'], id, { part: 'bucket' }), by: ['le'] }],
  width: 12,
  ...own,
});
