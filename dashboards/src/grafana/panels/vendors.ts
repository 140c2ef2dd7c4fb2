import { call, maxBy, minus } from '../../promql/expression.ts';
import type { Panel, Threshold } from '../panel.ts';
import { pick } from '../queries.ts';
import { unitOf } from '../units.ts';

export const NO_STATUS_PAGE = 'No status page is read: run brownout-vendor-status';

const TOO_OLD = { alert: 'BrownoutVendorStatusStale', setting: 'seconds', bad: 'above' } as const satisfies Threshold;

/** How old it is what we know of status pages. */
export const ageOfPages = (own: Pick<Panel, 'kind' | 'title' | 'width'> & Partial<Panel>): Panel => ({
  shows: 'How long ago each status page was last understood.',
  bad: 'More than the alert allows: what the vendor is said to say is old.',
  of: 'Seconds since the last poll that was understood.',
  unit: unitOf('vendorLastSuccess'),
  queries: [
    {
      expression: minus(call('time'), maxBy(['vendor'], pick('vendorLastSuccess'))),
      by: ['vendor'],
      name: 'Age',
      colouredBy: TOO_OLD,
    },
  ],
  threshold: TOO_OLD,
  empty: NO_STATUS_PAGE,
  ...own,
});
