import type { Matchers } from '../promql/matchers.ts';
import type { Recorded } from '../promql/series.ts';
import { NORMALISED } from './normalised.ts';
import { countOver, type LabelsOf, type Level, LEVELS, SYMPTOM_WINDOW, word } from './record.ts';

export type CallLabel = (typeof NORMALISED.calls.labels)[number];

/** The calls that shares are taken of. */
export const SUBSETS = {
  /** All but those that say nothing of a vendor: stopped by the caller, or wrong in themselves. */
  counted: { verdict: { not: ['cancelled'] }, fault: { not: ['caller'] } },
  /** Counted ones that uptime monitoring would call fine. */
  answered: { verdict: { not: ['cancelled'] }, fault: { not: ['caller'] }, transport: 'up' },
  /** Answered ones that were streamed. */
  streamed: { verdict: { not: ['cancelled'] }, fault: { not: ['caller'] }, transport: 'up', streaming: 'true' },
} as const satisfies Readonly<Record<string, Matchers<CallLabel>>>;

export type Subset = keyof typeof SUBSETS;

/** How many calls of a subset there were in the symptoms' window: what most shares are of, and every floor looks at. */
const callsIn = <Name extends Level>(level: Name, subset: Subset): Recorded<LabelsOf<Name>> => ({
  record: `${level}:${word('calls')}_${subset}:increase${SYMPTOM_WINDOW}`,
  labels: LEVELS[level],
  expression: countOver(LEVELS[level], NORMALISED.calls, SYMPTOM_WINDOW, SUBSETS[subset]),
});

export const CALLS = {
  countedByModel: callsIn('provider_model', 'counted'),
  streamedByModel: callsIn('provider_model', 'streamed'),
} as const satisfies Readonly<Record<string, Recorded>>;
