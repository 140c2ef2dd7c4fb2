import type { ValueTypeId } from './value-types.ts';

/** One key of the config file. */
export interface FileKeyRow {
  readonly type: ValueTypeId;
  /** As one would write it. */
  readonly default?: string;
  readonly description: string;
}

/** Keys that choose the calls of a budget rule; a rule without any is for every call. */
export const SELECTOR_KEYS = {
  useCase: { type: 'name', description: 'Only calls of this use case.' },
  provider: { type: 'name', description: 'Only calls to this provider, by its `gen_ai.provider.name`.' },
  model: { type: 'name', description: 'Only calls that request this model, letter by letter.' },
} as const satisfies Readonly<Record<string, FileKeyRow>>;

/** Keys that set the limits of a budget rule. */
export const BUDGET_KEYS = {
  firstChunk: { type: 'duration', description: 'As `BROWNOUT_BUDGET_FIRST_CHUNK`.' },
  total: { type: 'duration', description: 'As `BROWNOUT_BUDGET_TOTAL`.' },
  gap: { type: 'duration', description: 'As `BROWNOUT_BUDGET_GAP`.' },
  outputRate: { type: 'rate', description: 'As `BROWNOUT_BUDGET_OUTPUT_RATE`.' },
} as const satisfies Readonly<Record<string, FileKeyRow>>;

/** Keys of one host under `providers`. */
export const HOST_KEYS = {
  dialect: { type: 'dialect', description: 'The wire format that the host speaks. Required.' },
  provider: { type: 'name', description: 'Who is billed; without it, the vendor whose SDK made the call.' },
} as const satisfies Readonly<Record<string, FileKeyRow>>;

/** Keys under `limits`. What comes after the limit is recorded as `_other`. */
export const LIMIT_KEYS = {
  models: { type: 'count', default: '100', description: 'Most distinct models in one process.' },
  useCases: { type: 'count', default: '100', description: 'Most distinct use cases in one process.' },
  taskNames: { type: 'count', default: '50', description: 'Most distinct task names in one process.' },
} as const satisfies Readonly<Record<string, FileKeyRow>>;
