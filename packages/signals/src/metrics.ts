import type { AttributeKey, AttributeValue } from './attributes.ts';
import { CALL_METRICS } from './metrics/calls.ts';
import { GEN_AI_LEGACY_METRICS, GEN_AI_METRICS } from './metrics/gen-ai.ts';
import { SELF_METRICS } from './metrics/self.ts';
import { SURROUNDINGS_METRICS } from './metrics/surroundings.ts';

/** Every metric, by its short name. */
export const METRICS = {
  ...CALL_METRICS,
  ...GEN_AI_METRICS,
  ...GEN_AI_LEGACY_METRICS,
  ...SELF_METRICS,
  ...SURROUNDINGS_METRICS,
} as const;

type Metrics = typeof METRICS;

/** Short name of a metric, such as `attemptDuration`. */
export type MetricId = keyof Metrics;

/** Metrics of one kind of instrument: `MetricIdOf<'counter'>`. */
export type MetricIdOf<Instrument extends Metrics[MetricId]['instrument']> = {
  [Id in MetricId]: Metrics[Id]['instrument'] extends Instrument ? Id : never;
}[MetricId];

/** The attributes to record a metric with: nothing missing, nothing foreign, closed values only from their list. */
export type AttributesOf<Id extends MetricId> = {
  readonly [Key in Metrics[Id]['required'][number]]: AttributeValue<Key>;
} & { readonly [Key in Metrics[Id]['optional'][number]]?: AttributeValue<Key> };

/**
 * `Given`, if it carries nothing that the metric does not take. An object literal is checked for that by itself; spread
 * objects are not, so a recording function takes `attributes: ExactAttributes<Id, Given>`.
 */
export type ExactAttributes<Id extends MetricId, Given extends AttributesOf<Id>> = Given & {
  readonly [Key in Exclude<keyof Given, keyof AttributesOf<Id>>]: never;
};

/** All attributes that a metric may carry. */
export const attributesOf = (id: MetricId): readonly AttributeKey[] => [
  ...METRICS[id].required,
  ...METRICS[id].optional,
];
