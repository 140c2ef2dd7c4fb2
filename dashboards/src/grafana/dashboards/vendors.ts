import type { Config } from '../../config/schema.ts';
import { type Expression, isAtLeast, maxBy, minus, number, times } from '../../promql/expression.ts';
import type { LabelId } from '../../promql/labels.ts';
import { recorded } from '../../promql/series.ts';
import { SYMPTOMS } from '../../recording/symptoms.ts';
import { VENDORS } from '../../recording/vendors.ts';
import type { Dashboard } from '../panel.ts';
import { verdicts } from '../panels/calls.ts';
import { ageOfPages, NO_STATUS_PAGE } from '../panels/vendors.ts';
import { pick, pickRecorded, some } from '../queries.ts';
import { thresholdValue } from '../thresholds.ts';
import { CODE, MOMENT, SHARE, unitOf } from '../units.ts';
import { BROWNOUT, callShare, percent } from '../verdict-queries.ts';
import { firstSeen } from '../lead.ts';

const PROVIDER = ['providerName'] as const satisfies readonly LabelId[];

const inMilliseconds = (seconds: Expression): Expression => times(number(1000), seconds);

/** What vendors say and what we see, on one axis. */
export const vendors = (config: Config): Dashboard => {
  const bound = thresholdValue({ alert: 'BrownoutGrayFailure', setting: 'share', bad: 'above' }, config);
  return {
    description:
      'What vendors say of themselves and what you see, on one axis: who knew first, and for how long the other did not.',
    explains: [],
    rows: [
      {
        title: 'Theirs and ours',
        panels: [
          {
            kind: 'states',
            title: 'What the vendors say',
            shows: 'Each component on the status pages that backs an interface.',
            bad: 'Anything but green.',
            of: 'Components that the table of vendors knows; nothing where a page was not read or not understood.',
            unit: CODE,
            scale: 'vendor',
            queries: [
              {
                expression: maxBy(['vendor', 'vendorComponent'], pick('vendorStatus')),
                by: ['vendor', 'vendorComponent'],
              },
            ],
            width: 24,
            height: 7,
            empty: NO_STATUS_PAGE,
          },
          verdicts(PROVIDER, config, {
            shows: 'Usable, degraded or in a brownout, per provider, as on the overview.',
            bad: 'Red under a green bar: they do not see, or do not say, what you see.',
            leadsTo: 'model',
          }),
          {
            kind: 'lines',
            title: 'The same as numbers',
            shows: 'Our brownout share, and 1 while the page of the provider says that not all is operational.',
            bad: 'The share above the dashed line; how far its edge is from that of the declaration is the lead.',
            of: 'Calls that got a 2xx status line; for the page, its worst component.',
            unit: SHARE,
            queries: [
              { expression: callShare(PROVIDER, BROWNOUT), by: PROVIDER, name: 'ours:' },
              { expression: isAtLeast(pickRecorded(VENDORS.status), number(1)), by: PROVIDER, name: 'declared:' },
            ],
            threshold: { alert: 'BrownoutGrayFailure', setting: 'share', bad: 'above' },
            width: 12,
          },
          {
            kind: 'lines',
            title: 'Open incidents',
            shows: 'Incidents on the status pages that are not resolved, by their impact.',
            bad: 'Any; one that stays open while you see nothing is over for you.',
            of: 'Incidents.',
            unit: unitOf('vendorIncidents'),
            queries: [
              {
                expression: some(maxBy(['vendor', 'vendorImpact'], pick('vendorIncidents'))),
                by: ['vendor', 'vendorImpact'],
              },
            ],
            width: 12,
            empty: 'No incident is open, or no status page is read',
          },
        ],
      },
      {
        title: 'Who knew first',
        panels: [
          {
            kind: 'table',
            title: 'Lead and lag',
            shows:
              'When you first saw it and when the vendor first said it, in the range that is shown, and how much earlier you were.',
            bad: 'A long lead: do not wait for the page. A negative one: the page is worth watching.',
            of: `You saw it when ${percent(bound)} of the answers of 15 minutes were bad; they said it when a component was not operational.`,
            unit: unitOf('vendorLastSuccess'),
            queries: [
              {
                expression: inMilliseconds(firstSeen(recorded(SYMPTOMS.vendorFault), bound, PROVIDER)),
                by: PROVIDER,
                name: 'We saw it',
                unit: MOMENT,
              },
              {
                expression: inMilliseconds(firstSeen(recorded(VENDORS.status), 1, PROVIDER)),
                by: PROVIDER,
                name: 'They said it',
                unit: MOMENT,
              },
              {
                expression: minus(
                  firstSeen(recorded(VENDORS.status), 1, PROVIDER),
                  firstSeen(recorded(SYMPTOMS.vendorFault), bound, PROVIDER),
                ),
                by: PROVIDER,
                name: 'Lead',
              },
            ],
            width: 16,
            height: 7,
            empty: 'Nothing was seen and nothing was said in this range',
          },
          ageOfPages({ kind: 'table', title: 'Are the pages read?', width: 8, height: 7 }),
        ],
      },
    ],
  };
};
