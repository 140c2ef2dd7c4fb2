import { type Recorded, recorded } from '../promql/series.ts';
import { NORMALISED } from './normalised.ts';
import { countOver, LEVELS, shareOf, SYMPTOM_WINDOW, word } from './record.ts';

const SERVICE = LEVELS.provider_service;

const counted = {
  record: `provider_service:${word('calls')}_counted:increase${SYMPTOM_WINDOW}`,
  labels: SERVICE,
  expression: countOver(SERVICE, NORMALISED.callsByService, SYMPTOM_WINDOW, {
    verdict: { not: ['cancelled'] },
    fault: { not: ['caller'] },
  }),
} as const satisfies Recorded;

/** The same share for every service that calls a provider: whether a trouble is everybody's or one's own. */
export const SERVICES = {
  counted,
  vendorFault: {
    record: `provider_service:${word('calls')}_vendor_fault_per_calls_counted:ratio_increase${SYMPTOM_WINDOW}`,
    labels: SERVICE,
    expression: shareOf(
      countOver(SERVICE, NORMALISED.callsByService, SYMPTOM_WINDOW, { fault: 'vendor' }),
      recorded(counted),
    ),
  },
} as const satisfies Readonly<Record<string, Recorded>>;
