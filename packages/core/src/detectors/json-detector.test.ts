import { describe, expect, it } from 'vitest';
import { createJsonDetector } from './json-detector.ts';
import { JSON_LIMITS } from './json-parser.ts';
import { cutAtRandom, installedTexts, REGULAR_TEXTS, seededRandom } from './test-texts.ts';

function isMalformed(pieces: Iterable<string>): boolean {
  const detector = createJsonDetector();
  for (const piece of pieces) detector.push(piece);
  detector.close();
  return detector.malformed;
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const WHOLE = [
  '{}',
  ' \n\t[ ]\r\n',
  '"text"',
  '0',
  '-12.50e+10',
  'true',
  'null',
  '{"":{"a":[1,2,{"b":null}]},"\\u00e9\\ud83d\\ude00":"\\"\\\\\\/\\b\\f\\n\\r\\t"}',
  '{"text":"潮水 😀 \\ud83d","lone":"\\ude00"}',
  '[1234567890123456789012345678901234567890,0.000000000001,1e400]',
];

const BROKEN = [
  '{',
  '[1,2',
  '{"a":',
  '{"a":1',
  '"text',
  '"text\\',
  '"\\u12',
  '{"a":1}}',
  '{"a":1}{"b":2}',
  '{"a":1} trailing',
  '[1,]',
  '{"a":1,}',
  '{,}',
  "{'a':1}",
  '{a:1}',
  '{"a" 1}',
  '[1 2]',
  '01',
  '-',
  '1.',
  '1e',
  '+1',
  '.5',
  'tru',
  'NaN',
  'undefined',
  '"\\x41"',
  '"line\nbreak"',
  '"\u0000"',
  '\uFEFF{}',
  '\u00A0{}',
  '{}\u00A0',
  '{"a":1} // comment',
];

describe('one JSON text', () => {
  it.each(WHOLE)('%j is well formed, in one piece and in any pieces', (text) => {
    expect(parses(text)).toBe(true);
    expect(isMalformed([text])).toBe(false);
    expect(isMalformed(text)).toBe(false);
  });

  it.each(BROKEN)('%j is malformed, in one piece and in any pieces', (text) => {
    expect(parses(text)).toBe(false);
    expect(isMalformed([text])).toBe(true);
    expect(isMalformed(text)).toBe(true);
  });

  it.each([
    ['a code fence around JSON', '```json\n{"a":1}\n```'],
    ['a sentence before JSON', 'Here is the JSON you asked for:\n{"a":1}'],
    ['a sentence', 'I am sorry, I cannot do that.'],
    ['HTML', '<!doctype html><html></html>'],
    ['a Python dictionary', "{'ok': True, 'none': None}"],
  ])('%s is malformed', (_, text) => {
    expect(isMalformed([text])).toBe(true);
  });

  it.each(['', ' ', '\n\n\t '])('%j has no JSON in it to be malformed', (text) => {
    expect(isMalformed([text])).toBe(false);
    expect(isMalformed(text)).toBe(false);
  });

  it('says so at the first error and not only at the end', () => {
    const detector = createJsonDetector();
    detector.push('{"a":1,');
    expect(detector.malformed).toBe(false);
    detector.push('}');
    expect(detector.malformed).toBe(true);
    detector.push('"b":2}');
    detector.close();
    expect(detector.malformed).toBe(true);
  });

  it('keeps its answer when it is closed twice or fed after it was closed', () => {
    const detector = createJsonDetector();
    detector.push('{"a":1}');
    detector.close();
    detector.close();
    detector.push('}');
    expect(detector.malformed).toBe(false);
  });
});

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('the limits', () => {
  it(`takes ${JSON_LIMITS.deepest} levels of nesting and not one more`, () => {
    expect(isMalformed([nested(JSON_LIMITS.deepest)])).toBe(false);
    expect(isMalformed([nested(JSON_LIMITS.deepest + 1)])).toBe(true);
    expect(isMalformed([`[${nested(JSON_LIMITS.deepest - 1)},${nested(JSON_LIMITS.deepest - 1)}]`])).toBe(false);
  });

  it.each([
    ['plain characters', 'a'],
    ['newlines', '\\n'],
    ['escaped surrogate pairs', '\\ud83d\\ude00'],
  ])('a string of 20,000 %s is well formed, and malformed when it does not end', (_, unit) => {
    const text = unit.repeat(20_000);
    expect(isMalformed(['{"a":"', text, '","b":["', text, '"]}'])).toBe(false);
    expect(isMalformed(['{"a":"', text])).toBe(true);
    expect(isMalformed(['{"a":"', text, '" "b"}'])).toBe(true);
  });
});

describe('real JSON', () => {
  const texts = [
    ...installedTexts('json'),
    ...installedTexts('catalogs'),
    ...Object.entries(REGULAR_TEXTS).map(([file, text]) => ({ file, text: JSON.stringify({ file, text }) })),
  ];

  it('agrees with JSON.parse on every installed JSON file, in one piece and in random pieces', () => {
    expect(texts.length).toBeGreaterThan(50);
    const wrong = texts.filter(
      ({ text }, index) =>
        isMalformed([text]) === parses(text) || isMalformed(cutAtRandom(text, seededRandom(index))) === parses(text),
    );
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });

  it('agrees with JSON.parse on 3,000 damaged texts in random pieces', () => {
    const random = seededRandom(11);
    const below = (limit: number): number => Math.floor(random() * limit);
    const seeds = [...WHOLE, ...texts.filter(({ text }) => text.length < 4_000).map(({ text }) => text)];
    const inserts = '{}[],:"\\0123eE+-.tfnu \u00e9\n\u0001';
    const wrong: string[] = [];
    let malformed = 0;
    for (let round = 0; round < 3_000; round += 1) {
      let text = seeds[below(seeds.length)] ?? '';
      for (let damage = below(3); damage >= 0; damage -= 1) {
        const at = below(text.length + 1);
        text = text.slice(0, at) + inserts.charAt(below(inserts.length + 4)) + text.slice(at + below(2));
      }
      const expected = text.trim() !== '' && !parses(text);
      if (expected) malformed += 1;
      if (isMalformed(cutAtRandom(text, random)) !== expected) wrong.push(text);
    }
    expect(wrong).toEqual([]);
    expect(malformed).toBeGreaterThan(1_000);
  });
});
