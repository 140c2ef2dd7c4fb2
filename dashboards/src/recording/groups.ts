import type { Recorded } from '../promql/series.ts';
import { CALLS } from './calls.ts';
import { NORMALISED } from './normalised.ts';
import { OBJECTIVES, recordedFor } from './objectives.ts';
import { SERVICES } from './services.ts';
import { SYMPTOMS } from './symptoms.ts';
import { VENDORS } from './vendors.ts';

/** The recording rules as they are evaluated: the rules of a group one after the other, the groups side by side. */
export const RECORDING_GROUPS = {
  'brownout.normalise': Object.values(NORMALISED),
  'brownout.symptoms': [...Object.values(CALLS), ...Object.values(SYMPTOMS)],
  'brownout.objective.model': recordedFor(OBJECTIVES.provider_model),
  'brownout.objective.use-case': recordedFor(OBJECTIVES.use_case),
  'brownout.services': Object.values(SERVICES),
  'brownout.vendors': Object.values(VENDORS),
} as const satisfies Readonly<Record<string, readonly Recorded[]>>;
