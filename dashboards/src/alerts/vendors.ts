import { above, and, atLeast, below, call, equals, minus, number, or, times } from '../promql/expression.ts';
import { recorded } from '../promql/series.ts';
import { CALLS } from '../recording/calls.ts';
import { GAUGES } from '../recording/normalised.ts';
import { LEVELS } from '../recording/record.ts';
import { SYMPTOMS } from '../recording/symptoms.ts';
import { VENDORS } from '../recording/vendors.ts';
import { alert } from './alert.ts';
import { WHOSE_IS_IT } from './diagnosis.ts';
import { atLeastCalls } from './settings.ts';
import { labelValue, VALUE, valueOf } from './templates.ts';

const byProvider = { on: LEVELS.provider };

export const VENDOR_ALERTS = {
  BrownoutVendorDown: alert({
    category: 'availability',
    downgradable: true,
    severity: 'critical',
    for: '3m',
    keepFiringFor: '5m',
    settings: {
      share: { kind: 'share', default: 0.5, meaning: 'share of calls that got no 2xx status line' },
      calls: atLeastCalls(20),
    },
    labels: SYMPTOMS.down.labels,
    rules: ({ share, calls }) => [
      {
        expression: and(
          above(recorded(SYMPTOMS.down), number(share)),
          atLeast(recorded(CALLS.countedByProvider), number(calls)),
        ),
        description: `${VALUE.share} of the calls to ${labelValue('providerName')} in the last 5m got no answer or a server error, of ${valueOf(CALLS.countedByProvider)} in the last 15m.`,
      },
    ],
    summary: "A vendor's interface is down for us.",
    dashboard: 'vendors',
    runbook: {
      meaning:
        'Most calls to the provider end without a 2xx status line: server errors, overload, timeouts, or connections that do not come about. This is what uptime monitoring sees, too. Rate limits, quotas and rejected credentials do not count.',
      impact: 'What asks this provider is served by fallbacks or not at all.',
      ...WHOSE_IS_IT,
      mitigation: [
        'Open the breakers, so that nobody waits for it: change over to the fallback.',
        'Stop batch work; it would come back all at once.',
        'If the fault is `network` and other providers fail alike, look at our own way out first.',
      ],
      over: 'Calls are answered: the alert ends five minutes after less than the threshold fails. Bring load back slowly.',
      falsePositives: [
        'Our own network: the alert cannot tell it from the vendor alone, the queries above can.',
        'A single caller with an address that does not exist, at little traffic: raise `calls`.',
      ],
    },
  }),
  BrownoutVendorIncident: alert({
    category: 'vendor_status',
    severity: 'info',
    for: '2m',
    keepFiringFor: '10m',
    settings: {
      status: {
        kind: 'count',
        default: 1,
        meaning: 'least status that is told: 1 degraded, 2 partial outage, 3 major outage, 4 maintenance',
      },
    },
    labels: LEVELS.provider,
    rules: ({ status }) => [
      {
        expression: or(
          atLeast(recorded(VENDORS.status), number(status)),
          atLeast(recorded(VENDORS.incidents), number(1)),
        ),
        description: `The status page behind ${labelValue('providerName')} is not all operational: its worst component is at ${valueOf(VENDORS.status)} of 4, or it has an open incident.`,
      },
    ],
    summary: 'A vendor declares an incident.',
    dashboard: 'vendors',
    runbook: {
      meaning: "A component that backs the provider's interface is not operational, or the page has an open incident.",
      impact: 'Maybe none: it tells what the vendor says, not what we see.',
      ...WHOSE_IS_IT,
      mitigation: [
        'Nothing, if no other alert fires.',
        'Read the page, and follow it: updates are sent as events with their address.',
      ],
      over: 'The page is operational and has no open incident, for ten minutes.',
      falsePositives: ['An incident in a region or product that we do not use.'],
    },
  }),
  BrownoutVendorStatusStale: alert({
    category: 'vendor_status',
    severity: 'warning',
    for: '5m',
    keepFiringFor: '5m',
    settings: { seconds: { kind: 'seconds', default: 1200, meaning: 'oldest reading that is still news' } },
    labels: GAUGES.vendorLastSuccess.labels,
    rules: ({ seconds }) => [
      {
        expression: above(
          minus(call('time'), call('last_over_time', recorded(GAUGES.vendorLastSuccess, { over: '1d' }))),
          number(seconds),
        ),
        description: `The status page of ${labelValue('vendor')} was last understood ${VALUE.duration} ago: what it says is unknown.`,
      },
    ],
    summary: "A vendor's status page cannot be read.",
    dashboard: 'vendors',
    runbook: {
      meaning:
        'The poller does not run, cannot reach the page, or does not understand it any more. Unknown is not operational: alerts that need the page are silent meanwhile. A page that was never understood is not known here.',
      impact: 'It is not told when a vendor hides a failure or declares one.',
      us: {
        text: 'Does the poller run? It tells by itself what it could not read.',
        queries: [recorded(GAUGES.vendorLastSuccess)],
      },
      network: {
        text: 'Pages of several vendors stale at once: the way out of the poller.',
        queries: [recorded(GAUGES.vendorLastSuccess)],
      },
      vendor: {
        text: 'One page alone: it moved, changed its format, or is down with the vendor.',
        queries: [recorded(VENDORS.status)],
      },
      mitigation: [
        'Run `brownout-vendor-status once` where the poller runs, and read what it says.',
        'Look at the page with a browser.',
      ],
      over: 'The page was understood. A day after the poller was taken away for good, the alert ends by itself.',
      falsePositives: ['A poller that was told to poll more rarely than `seconds`.'],
    },
  }),
  BrownoutGrayFailure: alert({
    category: 'vendor_status',
    severity: 'warning',
    for: '5m',
    keepFiringFor: '5m',
    settings: {
      share: { kind: 'share', default: 0.05, meaning: "share of calls that were not usable by the vendor's fault" },
      bad: { kind: 'count', default: 4, meaning: 'fewest of them in a quarter of an hour that are no coincidence' },
      fresh: { kind: 'seconds', default: 300, meaning: 'oldest reading of the status page that still counts' },
    },
    labels: SYMPTOMS.vendorFault.labels,
    rules: ({ share, bad, fresh }) => [
      {
        expression: and(
          and(
            and(
              above(recorded(SYMPTOMS.vendorFault), number(share)),
              atLeast(times(recorded(SYMPTOMS.vendorFault), recorded(CALLS.counted)), number(bad)),
            ),
            // A page that changes to and fro has declared something; one that is not known has said nothing.
            equals(call('max_over_time', recorded(VENDORS.status, { over: '10m' })), number(0)),
            byProvider,
          ),
          below(minus(call('time'), recorded(VENDORS.lastSuccess)), number(fresh)),
          byProvider,
        ),
        description: `${VALUE.share} of ${valueOf(CALLS.counted)} calls to ${labelValue('providerName')} ${labelValue('requestModel')} in the last 15m were not usable by the vendor's fault, while its status page says that all is operational.`,
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
