import { type ValueMapping, MappingType } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Severity } from '../alerts/categories.ts';
import { SIGNAL } from './colours.ts';

/** What numbers of state panels mean, in words and colours. */
const SCALES = {
  verdict: [
    ['usable', SIGNAL.good],
    ['degraded', SIGNAL.warning],
    ['brownout', SIGNAL.bad],
  ],
  vendor: [
    ['operational', SIGNAL.good],
    ['degraded', SIGNAL.warning],
    ['partial outage', 'orange'],
    ['major outage', SIGNAL.bad],
    ['maintenance', 'blue'],
  ],
  breaker: [
    ['closed', SIGNAL.good],
    ['half open', SIGNAL.warning],
    ['open', SIGNAL.bad],
  ],
} as const;

export type Scale = keyof typeof SCALES;

export const mappingsOf = (scale: Scale): ValueMapping[] => [
  {
    type: MappingType.ValueToText,
    options: Object.fromEntries(
      SCALES[scale].map(([text, color], value) => [String(value), { text, color, index: value }]),
    ),
  },
];

const SEVERITY: Readonly<Record<Severity, string>> = {
  critical: SIGNAL.bad,
  warning: SIGNAL.warning,
  info: 'blue',
};

/** Severities of alerts in their colours. */
export const SEVERITY_MAPPINGS: readonly ValueMapping[] = [
  {
    type: MappingType.ValueToText,
    options: Object.fromEntries(Object.entries(SEVERITY).map(([text, color], index) => [text, { text, color, index }])),
  },
];
