import { isObject, listOf, numberOf, objectOf, textOf } from './json-value.ts';
import { writeProse } from './prose.ts';
import type { Random } from './random.ts';

/** Deep enough for any schema that the providers accept (they allow ten levels), and an end for recursive ones. */
const MAXIMUM_DEPTH = 12;

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': '2026-08-07T09:30:00Z',
  date: '2026-08-07',
  time: '09:30:00Z',
  duration: 'P3D',
  email: 'ada@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/orders/4711',
  uuid: '0b9f6b1e-6d1c-4b7e-9a55-3c1f6f0f7a11',
};

/**
 * A value that satisfies a JSON schema: types, enum, const, required and optional properties, bounds, formats, local
 * `$ref`, and the first branch of `anyOf`, `oneOf` and `allOf`. `pattern` and `not` are not solved.
 */
export function sampleSchema(schema: unknown, random: Random): unknown {
  return sample(schema, objectOf(schema), random, 0);
}

function sample(schema: unknown, root: Record<string, unknown>, random: Random, depth: number): unknown {
  if (!isObject(schema) || depth > MAXIMUM_DEPTH) return null;
  const deeper = (inner: unknown) => sample(inner, root, random, depth + 1);
  const reference = textOf(schema['$ref']);
  if (reference !== null) return deeper(resolve(reference, root));
  if ('const' in schema) return schema['const'];
  const choices = listOf(schema['enum']);
  if (choices.length > 0) return choices[random.integer(0, choices.length - 1)];
  const branch = listOf(schema['anyOf'])[0] ?? listOf(schema['oneOf'])[0];
  if (branch !== undefined) return deeper(branch);
  const parts = listOf(schema['allOf']);
  if (parts.length > 0) return Object.assign({}, ...parts.map((part) => objectOf(deeper(part))));
  switch (typeOf(schema)) {
    case 'object':
      return Object.fromEntries(
        Object.entries(objectOf(schema['properties'])).map(([name, inner]) => [name, deeper(inner)]),
      );
    case 'array': {
      const least = numberOf(schema['minItems']) ?? 1;
      const most = numberOf(schema['maxItems']) ?? Math.max(least, 2);
      return Array.from({ length: random.integer(Math.min(least, most), most) }, () => deeper(schema['items']));
    }
    case 'integer':
      return sampleNumber(schema, random, true);
    case 'number':
      return sampleNumber(schema, random, false);
    case 'boolean':
      return random.next() < 0.5;
    case 'null':
      return null;
    default:
      return sampleText(schema, random);
  }
}

function typeOf(schema: Record<string, unknown>): string {
  const type = Array.isArray(schema['type']) ? schema['type'].find((name) => name !== 'null') : schema['type'];
  return textOf(type) ?? (isObject(schema['properties']) ? 'object' : 'string');
}

function resolve(reference: string, root: Record<string, unknown>): unknown {
  return reference
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => objectOf(value)[key.replaceAll('~1', '/').replaceAll('~0', '~')], root);
}

function sampleNumber(schema: Record<string, unknown>, random: Random, whole: boolean): number {
  const step = numberOf(schema['multipleOf']) ?? (whole ? 1 : 0.01);
  const above = numberOf(schema['exclusiveMinimum']);
  const below = numberOf(schema['exclusiveMaximum']);
  const least = numberOf(schema['minimum']) ?? (above === null ? null : above + step);
  const most = numberOf(schema['maximum']) ?? (below === null ? null : below - step);
  const from = least ?? (most === null ? 1 : Math.min(1, most));
  const to = most ?? from + 100 * step;
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.max(first, Math.floor(to / step + 1e-9));
  return Number((random.integer(first, last) * step).toFixed(6));
}

function sampleText(schema: Record<string, unknown>, random: Random): string {
  const known = FORMATS[textOf(schema['format']) ?? ''];
  if (known !== undefined) return known;
  const least = numberOf(schema['minLength']) ?? 0;
  const most = numberOf(schema['maxLength']) ?? Number.POSITIVE_INFINITY;
  let text = writeProse(random, 16);
  while (text.length < least) text += ` ${writeProse(random, 16)}`;
  return text.slice(0, most);
}
