import type { ValueOf } from './attribute.ts';
import { BROWNOUT_ATTRIBUTES } from './attributes/brownout.ts';
import { GEN_AI_ATTRIBUTES } from './attributes/gen-ai.ts';
import { GENERAL_ATTRIBUTES } from './attributes/general.ts';
import { SURROUNDINGS_ATTRIBUTES } from './attributes/surroundings.ts';

/** Every attribute that a metric, span or event of ours carries. */
export const ATTRIBUTES = {
  ...BROWNOUT_ATTRIBUTES,
  ...SURROUNDINGS_ATTRIBUTES,
  ...GEN_AI_ATTRIBUTES,
  ...GENERAL_ATTRIBUTES,
} as const;

type Attributes = typeof ATTRIBUTES;

/** Short name of an attribute, such as `useCase`. */
export type AttributeId = keyof Attributes;

/** Key of an attribute as it is on the wire, such as `brownout.use_case`. */
export type AttributeKey = Attributes[AttributeId]['key'];

/** What may be recorded under a key. */
export type AttributeValue<Key extends AttributeKey> = ValueOf<
  { [Id in AttributeId]: Attributes[Id] extends { readonly key: Key } ? Attributes[Id] : never }[AttributeId]
>;

/** The keys by their short names: `ATTRIBUTE.useCase` is `'brownout.use_case'`. */
export const ATTRIBUTE = Object.fromEntries(Object.entries(ATTRIBUTES).map(([id, row]) => [id, row.key])) as {
  readonly [Id in AttributeId]: Attributes[Id]['key'];
};

/** The value of an attribute whose real value is one too many: see `brownout.self.overflow`. */
export const OVERFLOW_VALUE = '_other';

/** The use case, or the model, of a call that names none. */
export const UNSPECIFIED_VALUE = 'unspecified';
