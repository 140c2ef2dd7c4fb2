import { sumBy } from '../promql/expression.ts';
import type { Matchers } from '../promql/matchers.ts';
import { type Recorded, recorded } from '../promql/series.ts';
import { NORMALISED } from './normalised.ts';
import { countOver, LEVELS, RATE_WINDOW, SYMPTOM_WINDOW, word } from './record.ts';

export type CallLabel = (typeof NORMALISED.calls.labels)[number];

const COUNTED = { verdict: { not: ['cancelled'] }, fault: { not: ['caller'] } } as const;

/** The calls that shares are taken of. */
export const SUBSETS = {
  /** All that were not stopped by the caller. */
  made: { verdict: { not: ['cancelled'] } },
  /** Those of them that say something of a vendor: without the ones that were wrong in themselves. */
  counted: COUNTED,
  /** Counted ones that uptime monitoring would call fine. */
  answered: { ...COUNTED, transport: 'up' },
  /** Counted ones that were to be streamed. */
  streamed: { ...COUNTED, streaming: 'true' },
} as const satisfies Readonly<Record<string, Matchers<CallLabel>>>;

export type Subset = keyof typeof SUBSETS;

/** How many calls of a subset there were in the symptoms' window: what most shares are of, and every floor looks at. */
function callsIn<Label extends CallLabel>(level: string, labels: readonly Label[], subset: Subset): Recorded<Label> {
  return {
    record: `${level}:${word('calls')}_${subset}:increase${SYMPTOM_WINDOW}`,
    labels,
    expression: countOver(labels, NORMALISED.calls, SYMPTOM_WINDOW, SUBSETS[subset]),
  };
}

export const CALLS = {
  made: callsIn('provider_model', LEVELS.provider_model, 'made'),
  counted: callsIn('provider_model', LEVELS.provider_model, 'counted'),
  answered: callsIn('provider_model', LEVELS.provider_model, 'answered'),
  streamed: callsIn('provider_model', LEVELS.provider_model, 'streamed'),
  countedByProvider: callsIn('provider', LEVELS.provider, 'counted'),
  countedRateByProvider: {
    record: `provider:${word('calls')}_counted:rate${RATE_WINDOW}`,
    labels: LEVELS.provider,
    expression: sumBy(LEVELS.provider, recorded(NORMALISED.calls, { where: SUBSETS.counted })),
  },
  countedByUseCase: callsIn('use_case', LEVELS.use_case, 'counted'),
  countedByStreaming: callsIn('provider_model_streaming', [...LEVELS.provider_model, 'streaming'], 'counted'),
  countedByOperation: callsIn('provider_operation', [...LEVELS.provider, 'operationName'], 'counted'),
} as const satisfies Readonly<Record<string, Recorded>>;
