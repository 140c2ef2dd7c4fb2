import { ATTRIBUTE } from '../attributes.ts';
import type { MetricRow } from '../metric.ts';

const SELF = { group: 'self', status: 'emitted', valueType: 'int', optional: [] } as const;

/** What the instrumentation says about itself. */
export const SELF_METRICS = {
  instrumented: {
    ...SELF,
    name: 'brownout.instrumented',
    instrument: 'gauge',
    unit: '1',
    required: [ATTRIBUTE.sdk, ATTRIBUTE.sdkVersion, ATTRIBUTE.link],
    description: 'Always 1: one series per SDK found in the process, with how its calls are watched.',
  },
  selfFaults: {
    ...SELF,
    name: 'brownout.self.faults',
    instrument: 'counter',
    unit: '{fault}',
    required: [ATTRIBUTE.site],
    description: 'Errors of the instrumentation itself that were swallowed.',
  },
  selfOverflow: {
    ...SELF,
    name: 'brownout.self.overflow',
    instrument: 'counter',
    unit: '{value}',
    required: [ATTRIBUTE.dimension],
    description: 'Records whose attribute value was folded into `_other`, because the attribute already had too many.',
  },
} as const satisfies Readonly<Record<string, MetricRow>>;
