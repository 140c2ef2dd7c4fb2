import { groupBy, maxBy, sumBy, times } from '../promql/expression.ts';
import { raw, type Recorded } from '../promql/series.ts';
import { LEVELS, word } from './record.ts';

/** What the vendors' status pages say, per provider that they back. Absent where it is not known. */
export const VENDORS = {
  /** The worst of its components, from 0 for operational to 4 for maintenance. */
  status: {
    record: `provider:${word('vendorStatus')}:max`,
    labels: LEVELS.provider,
    expression: maxBy(LEVELS.provider, raw('vendorStatus')),
  },
  /** How many incidents are open. */
  incidents: {
    record: `provider:${word('vendorIncidents')}:sum`,
    labels: LEVELS.provider,
    expression: sumBy(
      LEVELS.provider,
      // Several pollers report the same ones.
      maxBy(['vendor', 'providerName', 'vendorImpact'], raw('vendorIncidents')),
    ),
  },
  /** When its page was last understood, in Unix time. */
  lastSuccess: {
    record: `provider:${word('vendorLastSuccess')}:max`,
    labels: LEVELS.provider,
    expression: maxBy(
      LEVELS.provider,
      times(
        // 1 for each vendor and provider: a page's time has no provider, its components have.
        groupBy(['vendor', 'providerName'], raw('vendorStatus')),
        maxBy(['vendor'], raw('vendorLastSuccess')),
        { on: ['vendor'], manyToOne: true },
      ),
    ),
  },
} as const satisfies Readonly<Record<string, Recorded>>;
