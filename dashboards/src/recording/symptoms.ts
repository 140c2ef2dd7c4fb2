import type { MetricId } from '@brownout/signals';
import type { Matchers } from '../promql/matchers.ts';
import { type Recorded, recorded } from '../promql/series.ts';
import { CALLS } from './calls.ts';
import { NORMALISED } from './normalised.ts';
import { countOver, LEVELS, shareOf, SYMPTOM_WINDOW, word } from './record.ts';
import type { LabelId } from '../promql/labels.ts';

const MODEL = LEVELS.provider_model;
type ModelLabel = (typeof MODEL)[number];

const DENOMINATORS = { counted: CALLS.countedByModel, streamed: CALLS.streamedByModel } as const;

/** Shares of a model's calls in which something went wrong, each named for what it is a share of. */
export const SYMPTOMS = {
  vendorFault: share('calls', 'vendor_fault', NORMALISED.calls, { fault: 'vendor' }, 'counted'),
  gap: share('budgetBreaches', 'gap', NORMALISED.breaches, { budget: 'gap' }, 'streamed'),
} as const satisfies Readonly<Record<string, Recorded>>;

function share<Label extends LabelId>(
  metric: MetricId,
  name: string,
  part: Recorded<Label>,
  where: Matchers<Label>,
  of: keyof typeof DENOMINATORS,
): Recorded<ModelLabel> {
  return {
    record: `provider_model:${word(metric)}_${name}_per_calls_${of}:ratio_increase${SYMPTOM_WINDOW}`,
    labels: MODEL,
    expression: shareOf(countOver(MODEL, part, SYMPTOM_WINDOW, where), recorded(DENOMINATORS[of])),
  };
}
