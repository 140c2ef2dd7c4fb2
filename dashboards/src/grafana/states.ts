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
  severity: [
    ['info', 'blue'],
    ['warning', 'orange'],
    ['critical', SIGNAL.bad],
  ],
} as const satisfies Readonly<Record<string, readonly (readonly [word: string, colour: string])[]>>;

export type Scale = keyof typeof SCALES;

/** The number that stands for a severity. */
export const severityState = (severity: Severity): number => SCALES.severity.findIndex(([word]) => word === severity);

export const mappingsOf = (scale: Scale): ValueMapping[] => [
  {
    type: MappingType.ValueToText,
    options: Object.fromEntries(
      SCALES[scale].map(([text, color], value) => [String(value), { text, color, index: value }]),
    ),
  },
];
