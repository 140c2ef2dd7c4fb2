import type { Recorded } from '../promql/series.ts';
import { CALLS } from './calls.ts';
import { ARRIVING, FIRST_CHUNK, GEN_AI, TOKENS } from './gen-ai.ts';
import { GAUGES, NORMALISED } from './normalised.ts';
import { OBJECTIVES, recordedFor } from './objectives.ts';
import { PAST } from './past.ts';
import { RESILIENCE } from './resilience.ts';
import { SERVICES } from './services.ts';
import { KINDS, SYMPTOMS } from './symptoms.ts';
import { VENDORS } from './vendors.ts';

const OF_TOKENS: readonly Recorded[] = [SYMPTOMS.outlying, SYMPTOMS.miscounted];

/**
 * The recording rules as they are evaluated: the rules of a group one after the other, the groups side by side. What
 * builds on another group is one evaluation behind it. Mimir takes no more than 20 rules in a group.
 */
export const RECORDING_GROUPS = {
  'brownout.normalise': Object.values(NORMALISED),
  'brownout.normalise.first-chunk': [...ARRIVING.firstChunkBuckets, ...ARRIVING.firstChunkCount],
  'brownout.normalise.arriving': Object.entries(ARRIVING).flatMap(([name, series]) =>
    name.startsWith('firstChunk') ? [] : series,
  ),
  'brownout.normalise.gen-ai': Object.values(GEN_AI),
  'brownout.normalise.gauges': Object.values(GAUGES),
  'brownout.calls': Object.values(CALLS),
  'brownout.symptoms': [...Object.values(SYMPTOMS).filter((one) => !OF_TOKENS.includes(one)), ...Object.values(KINDS)],
  'brownout.symptoms.tokens': OF_TOKENS,
  'brownout.first-chunk-and-tokens': [...Object.values(FIRST_CHUNK), ...Object.values(TOKENS)],
  'brownout.resilience': Object.values(RESILIENCE),
  'brownout.services': Object.values(SERVICES),
  'brownout.vendors': Object.values(VENDORS),
  'brownout.objective.model': recordedFor(OBJECTIVES.provider_model),
  'brownout.objective.use-case': recordedFor(OBJECTIVES.use_case),
  'brownout.past': Object.values(PAST),
} as const satisfies Readonly<Record<string, readonly Recorded[]>>;
