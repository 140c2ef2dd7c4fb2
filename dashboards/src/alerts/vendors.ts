import { above, and, atLeast, below, call, equals, minus, number } from '../promql/expression.ts';
import { recorded } from '../promql/series.ts';
import { CALLS } from '../recording/calls.ts';
import { LEVELS } from '../recording/record.ts';
import { SYMPTOMS } from '../recording/symptoms.ts';
import { VENDORS } from '../recording/vendors.ts';
import { alert } from './alert.ts';
import { WHOSE_IS_IT } from './diagnosis.ts';
import { atLeastCalls } from './settings.ts';
import { labelValue, VALUE, valueOf } from './templates.ts';

const byProvider = { on: LEVELS.provider };

export const VENDOR_ALERTS = {
  BrownoutGrayFailure: alert({
    category: 'vendor_status',
    severity: 'warning',
    for: '5m',
    keepFiringFor: '5m',
    settings: {
      share: { kind: 'share', default: 0.05, meaning: "share of calls that were not usable by the vendor's fault" },
      calls: atLeastCalls(20),
      fresh: { kind: 'seconds', default: 300, meaning: 'oldest reading of the status page that still counts' },
    },
    labels: SYMPTOMS.vendorFault.labels,
    rules: ({ share, calls, fresh }) => [
      {
        expression: and(
          and(
            and(
              above(recorded(SYMPTOMS.vendorFault), number(share)),
              atLeast(recorded(CALLS.countedByModel), number(calls)),
            ),
            // A page that changes to and fro has declared something; one that is not known has said nothing.
            equals(call('max_over_time', recorded(VENDORS.status, { over: '10m' })), number(0)),
            byProvider,
          ),
          below(minus(call('time'), recorded(VENDORS.lastSuccess)), number(fresh)),
          byProvider,
        ),
        description: `${VALUE.share} of ${valueOf(CALLS.countedByModel)} calls to ${labelValue('providerName')} ${labelValue('requestModel')} in the last 15m were not usable by the vendor's fault, while its status page says that all is operational.`,
      },
    ],
    summary: "Calls fail by the vendor's fault while its status page says that all is well.",
    dashboard: 'vendors',
    runbook: {
      meaning:
        "We see what the vendor does not declare: too many calls were not usable by its fault, its page was read a moment ago, and every component that backs its interface has been `operational` for ten minutes. Another word for it is differential observability: the vendor's own checks do not see what its users see.",
      impact: 'The same as that of the symptom that fires beside it. Nobody at the vendor may be working on it yet.',
      ...WHOSE_IS_IT,
      mitigation: [
        'Tell the vendor: it may not know. Give the request ids and the times.',
        'Do not wait for the status page: decide on fallbacks by your own numbers.',
      ],
      over: 'The calls are usable again, or the vendor declares an incident: then the alert on declared incidents takes over.',
      falsePositives: [
        'A budget of ours that is too short looks like it: the reasons are then `slow_first_chunk` or `slow_total` only.',
        'A component of the page that the table of vendors does not know backs the interface, too.',
      ],
    },
  }),
} as const;
