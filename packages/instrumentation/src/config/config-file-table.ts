import type { DetectorId } from '@brownout/core';
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

/** Keys under `detectors`: what an answer is watched for. */
export const DETECTOR_KEYS = {
  repetition: { type: 'boolean', default: 'true', description: 'Output that has entered a loop: `repetition`.' },
  garbled: { type: 'boolean', default: 'true', description: 'Text with broken characters: `garbled`.' },
  json: {
    type: 'boolean',
    default: 'true',
    description: 'Answers and tool arguments that have to be JSON: `malformed_output`, `invalid_tool_arguments`.',
  },
  schema: {
    type: 'boolean',
    default: 'true',
    description: 'The same against the JSON schema in the request: `schema_violation`. Only together with `json`.',
  },
  language: {
    type: 'boolean',
    default: 'true',
    description: 'Answers in a script that the request neither contains nor asks for: `language_switch`.',
  },
  length: {
    type: 'boolean',
    default: 'true',
    description: 'Answers of a length that is unusual for their use case and model: `length_outlier`.',
  },
} as const satisfies Readonly<Record<DetectorId, FileKeyRow>>;
