import type { AttributeKey } from './attributes.ts';

/** One metric: everything that is needed to create it, to record it, to query it and to document it. */
export interface MetricRow {
  readonly name: string;
  readonly group: MetricGroup;
  /** `planned` metrics are declared so that names are reserved; nothing emits them yet. */
  readonly status: 'emitted' | 'planned';
  readonly instrument: 'counter' | 'histogram' | 'gauge';
  readonly valueType: 'int' | 'double';
  readonly unit: Unit;
  /** Explicit bucket boundaries in `unit`; histograms only. */
  readonly buckets?: readonly number[];
  readonly required: readonly AttributeKey[];
  /** Recorded where they are known. */
  readonly optional: readonly AttributeKey[];
  readonly description: string;
}

/** Seconds, a ratio or code, a rate, or a count of something named in braces. */
export type Unit = 's' | '1' | '{token}/s' | `{${string}}`;

export type MetricGroup =
  | 'genai'
  | 'genai_legacy'
  | 'call'
  | 'attempt'
  | 'fallback'
  | 'task'
  | 'breaker'
  | 'policy'
  | 'vendor'
  | 'self';
