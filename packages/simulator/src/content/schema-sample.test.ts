import * as v from 'valibot';
import { expect, it } from 'vitest';
import { createRandom } from './random.ts';
import { sampleSchema } from './schema-sample.ts';

const INVOICE = {
  $defs: { money: { type: 'object', properties: { cents: { type: 'integer', exclusiveMinimum: 0 } } } },
  type: 'object',
  properties: {
    number: { type: 'string', minLength: 40, maxLength: 50 },
    state: { enum: ['open', 'paid'] },
    kind: { const: 'invoice' },
    due: { type: 'string', format: 'date' },
    note: { type: ['string', 'null'] },
    lines: { type: 'array', minItems: 2, maxItems: 3, items: { $ref: '#/$defs/money' } },
    rate: { type: 'number', minimum: 0.05, maximum: 0.2 },
    weight: { type: 'integer', multipleOf: 5, minimum: 11, maximum: 29 },
    paid: { anyOf: [{ type: 'boolean' }, { type: 'null' }] },
    party: { allOf: [{ properties: { name: { type: 'string' } } }, { properties: { vat: { type: 'string' } } }] },
  },
};

const EXPECTED = v.strictObject({
  number: v.pipe(v.string(), v.minLength(40), v.maxLength(50)),
  state: v.picklist(['open', 'paid']),
  kind: v.literal('invoice'),
  due: v.pipe(v.string(), v.isoDate()),
  note: v.string(),
  lines: v.pipe(
    v.array(v.strictObject({ cents: v.pipe(v.number(), v.integer(), v.minValue(1)) })),
    v.minLength(2),
    v.maxLength(3),
  ),
  rate: v.pipe(v.number(), v.minValue(0.05), v.maxValue(0.2)),
  weight: v.picklist([15, 20, 25]),
  paid: v.boolean(),
  party: v.strictObject({ name: v.string(), vat: v.string() }),
});

it('satisfies a schema with every kind of rule, whatever the seed', () => {
  for (let seed = 0; seed < 200; seed += 1) {
    expect(v.safeParse(EXPECTED, sampleSchema(INVOICE, createRandom(seed))).issues).toBeUndefined();
  }
});

it('comes to an end where a schema contains itself', () => {
  const tree = { type: 'object', properties: { child: { $ref: '#' } } };
  expect(JSON.stringify(sampleSchema(tree, createRandom(1)))).toMatch(/^\{"child":\{.*null/);
});
