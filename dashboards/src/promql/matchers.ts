import type { ATTRIBUTE, AttributeId, AttributeKey, AttributesOf, AttributeValue, MetricId } from '@brownout/signals';
import { type LabelId, labelName } from './labels.ts';

/** What a label has to be: one value, (not) one of several, or what a variable says. */
export type Match<Value extends string> =
  | Value
  /** Whatever a dashboard's variable is set to. */
  | { readonly variable: string }
  /** What a regular expression says. */
  | { readonly like: string }
  | { readonly anyOf: readonly Value[] }
  | { readonly not: readonly Value[] };

type KeyOf<Id extends AttributeId> = (typeof ATTRIBUTE)[Id];

/** A label's values: those of its attribute in the registry, where there is one. */
type LabelValue<Id extends LabelId> = Id extends AttributeId
  ? KeyOf<Id> extends AttributeKey
    ? `${Extract<AttributeValue<KeyOf<Id>>, string | number | boolean>}`
    : never
  : string;

/** Matchers on labels: only values that the registry has. */
export type Matchers<Label extends LabelId> = { readonly [Id in Label]?: Match<LabelValue<Id>> };

/** The labels that a metric of the registry has. */
export type LabelOfMetric<Id extends MetricId> = {
  [Attribute in AttributeId]: KeyOf<Attribute> extends keyof AttributesOf<Id> ? Attribute : never;
}[AttributeId];

/** `{a="b", c!~"d|e"}`, or nothing where there are none. */
export function renderMatchers(matchers: Readonly<Partial<Record<string, Match<string>>>>): string {
  const texts = Object.entries(matchers).flatMap(([id, match]) =>
    match === undefined ? [] : [`${labelName(id as LabelId)}${renderMatch(match)}`],
  );
  return texts.length === 0 ? '' : `{${texts.join(', ')}}`;
}

function renderMatch(match: Match<string>): string {
  if (typeof match === 'string') return `=${JSON.stringify(match)}`;
  if ('variable' in match) return `=~"$${match.variable}"`;
  if ('like' in match) return `=~${JSON.stringify(match.like)}`;
  const [values, one, several] = 'anyOf' in match ? [match.anyOf, '=', '=~'] : [match.not, '!=', '!~'];
  return `${values.length === 1 ? one : several}${JSON.stringify(values.join('|'))}`;
}
