import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { createJsonDetector } from '../json-detector.ts';
import { cutAtRandom, seededRandom } from '../test-texts.ts';
import { SCHEMA_LIMITS } from './compile-schema.ts';

function violates(schema: unknown, pieces: Iterable<string>): boolean {
  const detector = createJsonDetector(schema);
  for (const piece of pieces) detector.push(piece);
  detector.close();
  return detector.violatesSchema;
}

/** In one piece and in any pieces. */
function judges(schema: unknown, value: unknown): boolean {
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 1);
  const found = new Set([violates(schema, [text]), violates(schema, text)]);
  for (let seed = 0; seed < 3; seed += 1) found.add(violates(schema, cutAtRandom(text, seededRandom(seed))));
  expect(found.size).toBe(1);
  return found.has(true);
}

const ORDER = {
  $defs: {
    money: {
      type: 'object',
      properties: { amount: { type: 'number' }, currency: { enum: ['EUR', 'USD', null] } },
      required: ['amount', 'currency'],
      additionalProperties: false,
    },
    tree: {
      type: 'object',
      properties: { children: { type: 'array', items: { $ref: '#/$defs/tree' } } },
      additionalProperties: false,
    },
  },
  type: 'object',
  properties: {
    kind: { const: 'order' },
    'größe 😀': { type: 'string' },
    lines: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] } },
    price: { anyOf: [{ $ref: '#/$defs/money' }, { type: 'null' }] },
    paid: { type: ['boolean', 'null'] },
    notes: { type: 'object', additionalProperties: { type: 'string' } },
    tree: { $ref: '#/$defs/tree' },
    state: { anyOf: [{ const: 'open' }, { enum: ['paid', 'sent'] }] },
  },
  required: ['kind', 'price'],
  additionalProperties: false,
};
const price = { amount: 1, currency: 'EUR' };
const order = { kind: 'order', price };

describe('what is sound', () => {
  it.each([
    [order],
    [{ price: null, kind: 'order' }],
    [{ ...order, 'größe 😀': 'L', lines: [], paid: null, notes: {}, state: 'sent' }],
    [{ ...order, price: { amount: 1.5e300, currency: null } }],
    [{ ...order, lines: [{ name: 'a', more: [{ name: 1 }] }, { name: '' }], notes: { any: 'thing', at: 'all' } }],
    [{ ...order, tree: { children: [{}, { children: [{ children: [] }] }] } }],
    ['{"k\\u0069nd":"order","price":null}'],
    ['{"kind":"\\u006frder","price":null}'],
  ])('%j', (value) => {
    expect(judges(ORDER, value)).toBe(false);
  });
});

describe('what breaks the schema', () => {
  it.each([
    ['another type', []],
    ['text in its place', '"order"'],
    ['a number in its place', '7'],
    ['a required key missing', { kind: 'order' }],
    ['all keys missing', {}],
    ['a key too many', { ...order, colour: 'red' }],
    ['a constant that is another', { ...order, kind: 'offer' }],
    ['a word that is not listed', { ...order, state: 'lost' }],
    ['a word that is not listed, by reference', { ...order, price: { ...price, currency: 'GBP' } }],
    ['a wrong type of several', { ...order, paid: 'yes' }],
    ['a number as text', { ...order, price: { ...price, amount: '1' } }],
    ['a key missing in an element', { ...order, lines: [{ name: 'a' }, {}] }],
    ['a wrong type in a map', { ...order, notes: { a: 'a', b: 2 } }],
    ['a wrong key deep in a recursion', { ...order, tree: { children: [{ children: [{ leaf: true }] }] } }],
  ])('%s', (_, value) => {
    expect(judges(ORDER, value)).toBe(true);
  });

  it('counts only where the text is JSON', () => {
    expect(violates(ORDER, ['{"kind":7', '}'])).toBe(true);
    expect(violates(ORDER, ['{"kind":7'])).toBe(false);
    expect(violates(ORDER, ['{"kind":7}}'])).toBe(false);
  });

  it('is not told of text that is empty', () => {
    expect(violates(ORDER, [])).toBe(false);
    expect(violates(ORDER, [' \n'])).toBe(false);
  });
});

describe('what is not read cannot be violated', () => {
  it.each<[string, unknown, unknown]>([
    ['no schema', undefined, {}],
    ['no object', 7, {}],
    ['a schema that forbids all', false, {}],
    ['an unknown type', { type: 'date' }, {}],
    ['an unknown keyword', { mustBeNice: true }, {}],
    ['a reference to elsewhere', { $ref: 'https://example.com/a.json' }, {}],
    ['a reference to nowhere', { $ref: '#/$defs/none' }, {}],
    ['a reference to itself', { $ref: '#' }, {}],
    ['branches of itself', { anyOf: [{ $ref: '#' }, { type: 'string' }] }, 7],
    ['several branches for objects', { oneOf: [{ required: ['a'] }, { required: ['b'] }] }, {}],
    ['keys by pattern', { patternProperties: { '^x-': {} }, additionalProperties: false }, { 'x-a': 1 }],
    ['lists by position', { prefixItems: [{ type: 'string' }], items: { type: 'number' } }, ['a', 1]],
    ["lists by position, in an older draft's words", { items: [{ type: 'string' }, { type: 'number' }] }, ['a', 1]],
    ['nullable', { type: 'string', nullable: true, enum: ['a'] }, null],
    ['a class that writes itself as something else', { toJSON: () => ({}), type: 'string' }, {}],
    ['lists of objects', { enum: [{ a: 1 }] }, { a: 1 }],
    ['whole numbers', { type: 'integer' }, 1.5],
    ['sizes and patterns', { maxLength: 1, maxItems: 0, pattern: '^b' }, 'aaa'],
  ])('%s', (_, schema, value) => {
    expect(judges(schema, JSON.stringify(value))).toBe(false);
  });
});

describe('a schema without bounds', () => {
  const properties = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, { type: 'string' }]));

  it('with too many keys is not checked', () => {
    expect(judges({ properties: properties(100), additionalProperties: false }, { other: 1 })).toBe(true);
    expect(judges({ properties: properties(SCHEMA_LIMITS.keys + 1), additionalProperties: false }, { other: 1 })).toBe(
      false,
    );
  });

  it('with many required keys is checked for the first of them', () => {
    const required = Object.keys(properties(40));
    const all = Object.fromEntries(required.map((key) => [key, 'a']));
    expect(judges({ required }, all)).toBe(false);
    expect(judges({ required }, { ...all, key0: undefined })).toBe(true);
    expect(judges({ required }, { ...all, key39: undefined })).toBe(false);
  });

  it('that contains itself, or nests for ever, ends', () => {
    const loop: { properties: Record<string, unknown>; anyOf?: unknown[] } = { properties: {} };
    loop.properties['a'] = loop;
    loop.anyOf = [loop, loop];
    expect(judges(loop, { a: { a: { a: [] } } })).toBe(false);
    let deep: unknown = { type: 'string' };
    for (let level = 0; level < 50_000; level += 1) deep = { anyOf: [deep] };
    expect(judges(deep, 7)).toBe(false);
  });
});

describe('beside a whole validator', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const random = seededRandom(29);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(...list: readonly T[]): T => list[below(list.length)] as T;
  const some = <T>(most: number, make: () => T): T[] => Array.from({ length: below(most + 1) }, make);
  const key = () => pick('a', 'b', 'c', 'ä');
  const word = () => pick('x', 'y', 'z');
  const scalar = () => pick<unknown>(word(), below(3), true, null, 1.5);

  function value(depth: number): unknown {
    const kind = depth > 3 ? 0 : below(4);
    if (kind === 2) return some(3, () => value(depth + 1));
    return kind === 3 ? Object.fromEntries(some(3, () => [key(), value(depth + 1)])) : scalar();
  }

  /** Of all keywords that are read, and of many that are not. */
  function schema(depth: number): unknown {
    if (depth > 3 || below(12) === 0)
      return pick<unknown>(true, {}, { type: 'string' }, { $ref: '#' }, { $ref: '#/$defs/d' });
    const inner = () => schema(depth + 1);
    const parts: (() => object)[] = [
      () => ({ type: pick('object', 'array', 'string', 'number', 'boolean', 'null', 'integer') }),
      () => ({ type: [pick('object', 'array'), pick('string', 'null')] }),
      () => ({ type: 'object', properties: Object.fromEntries(some(3, () => [key(), inner()])) }),
      () => ({ properties: Object.fromEntries(some(3, () => [key(), inner()])), required: [...new Set(some(2, key))] }),
      () => ({ additionalProperties: pick(false, inner()) }),
      () => ({ items: inner() }),
      () => ({ enum: [scalar(), scalar(), value(2)] }),
      () => ({ const: scalar() }),
      () => ({ [pick('anyOf', 'oneOf', 'allOf')]: [inner(), ...some(1, inner)] }),
      () => ({ prefixItems: [inner()] }),
      () => ({ patternProperties: { '^a': inner() } }),
      () => ({ not: inner() }),
      () => Object.fromEntries(['if', 'then', 'else'].map((name) => [name, inner()])),
      () => ({ minimum: 1, maxLength: 2, minItems: 1, maxProperties: 2 }),
    ];
    return Object.assign({}, ...some(2, () => pick(...parts)()), pick(...parts)());
  }

  /** Some of these schemas lead to themselves without an end, which it does not survive. */
  function compiled(root: object): (given: unknown) => boolean {
    try {
      return ajv.compile(root);
    } catch {
      return () => {
        throw new Error('no end');
      };
    }
  }

  it('never finds a violation that it does not find, in 10,000 random pairs, and finds most of those it does', () => {
    const wrong: unknown[] = [];
    const found = { both: 0, it: 0 };
    for (let round = 0; round < 500; round += 1) {
      const root = { $defs: { d: schema(1) }, ...(schema(0) as object) };
      const validate = compiled(root);
      for (let time = 0; time < 20; time += 1) {
        const given = value(0);
        let isValid: boolean;
        try {
          isValid = validate(given);
        } catch {
          // A schema that leads to itself without an end.
          continue;
        }
        const violated = violates(root, cutAtRandom(JSON.stringify(given), random));
        if (!isValid) found.it += 1;
        if (violated && !isValid) found.both += 1;
        if (violated && isValid) wrong.push([JSON.stringify(root), JSON.stringify(given)]);
      }
    }
    expect(wrong).toEqual([]);
    expect(found.it).toBeGreaterThan(3_000);
    expect(found.both / found.it).toBeGreaterThan(0.7);
  }, 60_000);
});
