import { ANY_TYPE, JSON_TYPE, typeOfScalar } from './json-type.ts';
import type { JsonTypes } from './json-type.ts';
import { hashOf } from './text-hash.ts';

/** What one schema demands of one value, as far as it is checked; what it does not name is allowed. */
export interface SchemaNode {
  readonly types: JsonTypes;
  /** The words that a string may be, by hash; `undefined` for any. */
  readonly words: ReadonlySet<number> | undefined;
  readonly object: ObjectDemands | undefined;
  /** The schema of every element of an array. */
  readonly items: unknown;
}

interface ObjectDemands {
  /** The keys that it knows, by hash: the schema of each, and its bit among the required ones (0 for none). */
  readonly keys: ReadonlyMap<number, { readonly schema: unknown; readonly required: number }>;
  readonly allRequired: number;
  /** No other keys are allowed. */
  readonly closed: boolean;
  /** The schema of all other keys. */
  readonly others: unknown;
}

/** A schema beyond these is checked as far as they go: it comes from the request, which may be anything. */
export const SCHEMA_LIMITS = {
  nodes: 2_000,
  keys: 10_000,
  /** `$ref` to `$ref`, branches in branches. */
  deepest: 16,
  /** As many as a number has bits for; further ones may be missing. */
  required: 31,
  words: 1_000,
} as const;

const ANYTHING: SchemaNode = { types: ANY_TYPE, words: undefined, object: undefined, items: undefined };

/** Finds what a schema demands; asked again for the same schema, it gives the same answer. */
export type SchemaReader = (schema: unknown) => SchemaNode;

/**
 * Reads a JSON schema piece by piece, as an answer comes to need it: a hundred tools cost nothing until one is called.
 * Which keywords are read, and which are not: `docs/reference/detectors.md`. Nothing that is not read can be violated.
 */
export function createSchemaReader(root: unknown): SchemaReader {
  const known = new Map<object, SchemaNode>();
  let keysLeft: number = SCHEMA_LIMITS.keys;

  function read(schema: unknown, depth: number): SchemaNode {
    if (!isObject(schema) || depth > SCHEMA_LIMITS.deepest) return ANYTHING;
    const before = known.get(schema);
    if (before !== undefined) return before;
    if (known.size >= SCHEMA_LIMITS.nodes) return ANYTHING;
    // A schema that leads back to itself on the way to its own demands makes none.
    known.set(schema, ANYTHING);
    const node = compile(schema, depth);
    known.set(schema, node);
    return node;
  }

  function compile(schema: JsonObject, depth: number): SchemaNode {
    // What is written into the request is what `toJSON` makes of it.
    if (typeof schema['toJSON'] === 'function') return ANYTHING;
    // References inside of it would not start from the root.
    if (schema !== root && schema['$id'] !== undefined) return ANYTHING;
    const reference = schema['$ref'];
    if (reference !== undefined) {
      return schema['nullable'] === true ? ANYTHING : read(resolve(root, reference), depth + 1);
    }
    const own: SchemaNode = {
      types: typesOf(schema),
      words: wordsOf(schema),
      object: objectOf(schema),
      items: schema['prefixItems'] === undefined && isObject(schema['items']) ? schema['items'] : undefined,
    };
    return [schema['anyOf'], schema['oneOf'], onlyOne(schema['allOf'])].reduce<SchemaNode>(
      (node, branches) =>
        isList(branches)
          ? narrow(
              node,
              branches.map((branch) => read(branch, depth + 1)),
            )
          : node,
      own,
    );
  }

  function objectOf(schema: JsonObject): ObjectDemands | undefined {
    const { properties, required, additionalProperties, patternProperties } = schema;
    const others = patternProperties === undefined ? additionalProperties : undefined;
    if (properties === undefined && required === undefined && others === undefined) return undefined;
    const names = isObject(properties) ? Object.keys(properties) : [];
    const demanded = (isList(required) ? required : []).filter((name) => typeof name === 'string');
    keysLeft -= names.length + demanded.length;
    if (keysLeft < 0) return undefined;
    const bits = new Map(demanded.slice(0, SCHEMA_LIMITS.required).map((name, index) => [name, 1 << index]));
    const keys = new Map<number, { schema: unknown; required: number }>();
    for (const name of new Set([...names, ...demanded])) {
      const hash = hashOf(name);
      // Two keys that cannot be told apart.
      if (keys.has(hash)) return undefined;
      const schemaOfKey = isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : others;
      // A key that is demanded and not described is no more allowed than any other one.
      if (schemaOfKey === false) return undefined;
      keys.set(hash, { schema: schemaOfKey, required: bits.get(name) ?? 0 });
    }
    const allRequired = [...keys.values()].reduce((sum, key) => sum | key.required, 0);
    return { keys, allRequired, closed: others === false, others };
  }

  return (schema) => read(schema, 0);
}

type JsonObject = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isScalar = (value: unknown): boolean =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
const onlyOne = (list: unknown): unknown => (isList(list) && list.length === 1 ? list : undefined);

const TYPES: Readonly<Record<string, JsonTypes>> = { ...JSON_TYPE, integer: JSON_TYPE.number };

function typesOf({ type, nullable, ...schema }: JsonObject): JsonTypes {
  const names = isList(type) ? type : type === undefined ? [] : [type];
  const stated = names.reduce<JsonTypes>(
    (types, name) => types | ((typeof name === 'string' && Object.hasOwn(TYPES, name) && TYPES[name]) || ANY_TYPE),
    0,
  );
  const values = valuesOf(schema);
  const listed = values?.reduce<JsonTypes>((types, value) => types | typeOfScalar(value), 0);
  const types = (stated || ANY_TYPE) & (listed ?? ANY_TYPE);
  // OpenAPI's word, which the APIs that take its schemas take too.
  return nullable === true ? types | JSON_TYPE.null : types;
}

function wordsOf(schema: JsonObject): ReadonlySet<number> | undefined {
  const values = valuesOf(schema);
  if (values === undefined || values.length > SCHEMA_LIMITS.words) return undefined;
  return new Set(values.filter((value) => typeof value === 'string').map(hashOf));
}

function valuesOf(schema: JsonObject): readonly unknown[] | undefined {
  const values = schema['const'] === undefined ? schema['enum'] : [schema['const']];
  // Of objects and lists one would have to know the whole content.
  return isList(values) && values.length > 0 && values.every(isScalar) ? values : undefined;
}

/** `#` and `#/$defs/name`; anything else is not found, and makes no demands. */
function resolve(root: unknown, reference: unknown): unknown {
  if (typeof reference !== 'string' || !/^#(?:\/|$)/.test(reference) || reference.includes('%')) return undefined;
  return reference
    .split('/')
    .slice(1)
    .reduce<unknown>((value, step) => {
      const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
      return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as JsonObject)[key]
        : undefined;
    }, root);
}

/**
 * A value has to meet one of the branches as well. What that is can be told of a type that only one branch allows; of the
 * words of strings also where several do.
 */
function narrow(node: SchemaNode, branches: readonly SchemaNode[]): SchemaNode {
  const types = branches.reduce((sum, branch) => sum | branch.types, 0);
  const allowing = (type: JsonTypes): readonly SchemaNode[] => branches.filter((branch) => branch.types & type);
  const only = (type: JsonTypes): SchemaNode | undefined => {
    const [first, ...others] = allowing(type);
    return others.length === 0 ? first : undefined;
  };
  return {
    types: node.types & types,
    words: node.words ?? union(allowing(JSON_TYPE.string).map(({ words }) => words)),
    object: node.object ?? only(JSON_TYPE.object)?.object,
    items: node.items ?? only(JSON_TYPE.array)?.items,
  };
}

function union(sets: readonly (ReadonlySet<number> | undefined)[]): ReadonlySet<number> | undefined {
  const all = new Set<number>();
  for (const set of sets) {
    if (set === undefined) return undefined;
    for (const word of set) all.add(word);
  }
  return sets.length === 0 ? undefined : all;
}
