import { call, dividedBy, type Expression, maxBy, sumBy } from '../promql/expression.ts';
import { type Recorded, recorded } from '../promql/series.ts';
import { NORMALISED } from '../recording/normalised.ts';
import { LEVELS } from '../recording/record.ts';
import { SERVICES } from '../recording/services.ts';
import { SYMPTOMS } from '../recording/symptoms.ts';
import { VENDORS } from '../recording/vendors.ts';
import type { Diagnosis, Runbook } from './alert.ts';

/** The worst first. */
export const worstFirstOf = (expression: Expression) => call('sort_desc', expression);
export const worstFirst = (series: Recorded) => worstFirstOf(recorded(series));

/** Is it us, the network or the vendor? The same three questions for everything that looks like a vendor's trouble. */
export const WHOSE_IS_IT = {
  us: {
    text: 'One service with a high share beside others with a low one: look at what it deployed, its proxy and its budgets. All of them: it is not one of ours.',
    queries: [worstFirst(SERVICES.vendorFault), recorded(SERVICES.counted)],
  },
  network: {
    text: 'Calls that never got a status line are counted apart, with the fault `network`. A share of more than a few percent beside the alert points at DNS, the way out or a proxy.',
    queries: [
      dividedBy(
        sumBy(LEVELS.provider, recorded(NORMALISED.calls, { where: { fault: 'network' } })),
        sumBy(LEVELS.provider, recorded(NORMALISED.calls)),
      ),
    ],
  },
  vendor: {
    text: 'Other models of the provider with the same share, other providers without it, or a status page that is not at 0, say that it is the vendor. A page at 0 says nothing for the vendor: pages are late.',
    queries: [worstFirst(SYMPTOMS.vendorFault), maxBy(LEVELS.provider, recorded(VENDORS.status))],
  },
} as const satisfies Pick<Runbook, 'us' | 'network' | 'vendor'>;

/** With a question of the alert's own before them. */
export const asWellAs = (own: Diagnosis, shared: Diagnosis): Diagnosis => ({
  text: `${own.text} ${shared.text}`,
  queries: [...own.queries, ...shared.queries],
});
