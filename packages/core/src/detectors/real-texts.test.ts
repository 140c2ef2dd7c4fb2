import { describe, expect, it } from 'vitest';
import { createGarbledDetector, createJsonDetector, createRepetitionDetector } from './index.ts';
import { REAL_TEXTS } from './testing/real-texts.ts';
import { cutAtRandom, seededRandom } from './test-texts.ts';

const finds = (detector: { push(text: string): void; readonly found: boolean }, pieces: Iterable<string>): boolean => {
  for (const piece of pieces) detector.push(piece);
  return detector.found;
};

function isMalformed(pieces: Iterable<string>): boolean {
  const detector = createJsonDetector();
  for (const piece of pieces) detector.push(piece);
  detector.close();
  return detector.malformed;
}

it('there is real text of every kind', () => {
  expect(new Set(REAL_TEXTS.map(({ kind }) => kind)).size).toBe(10);
  expect(REAL_TEXTS.length).toBeGreaterThan(100);
});

/** Each taken as one answer, as long as it is: this is harder than answers of the usual size. */
describe.each(REAL_TEXTS.map((text, index) => ({ ...text, index })))('$kind: $name', ({ kind, text, index }) => {
  const pieces = () => cutAtRandom(text, seededRandom(index));

  it('is no loop', () => {
    expect(finds(createRepetitionDetector(), [text])).toBe(false);
    expect(finds(createRepetitionDetector(), pieces())).toBe(false);
  });

  it('is not garbled', () => {
    expect(finds(createGarbledDetector(), [text])).toBe(false);
    expect(finds(createGarbledDetector(), pieces())).toBe(false);
  });

  it('is JSON if it says so, and as the one string of an answer', () => {
    const isJson = kind === 'JSON' && !text.includes('//');
    expect(isMalformed([text])).toBe(!isJson);
    expect(isMalformed(cutAtRandom(JSON.stringify({ answer: text }), seededRandom(index)))).toBe(false);
  });
});

describe.each([
  ['prose', 'It is a truth universally acknowledged, that a single man must be in want of a wife. '],
  ['code', "  if (error !== undefined) throw new Error('no answer', { cause: error });\n"],
  ['JSON', '{"id":7,"name":"tide","tags":["sea","moon"]},'],
  ['a table', '| Europe/Berlin | CET | +01:00 |\n'],
  ['a poem', 'Keeping time, time, time,\nIn a sort of Runic rhyme,\n'],
  ['a log', '2026-11-24 14:16:26 status unpacked libuv1:amd64 1.44.2-1+deb12u1\n'],
  ['base64', 'MIIFazCCA1OgAwIBAgIRAIIQz7DSQONZRGPgu2OCiwAwDQYJKoZIhvcNAQELBQAw'],
  ['Chinese', '此开卷第一回也。作者自云：因曾历过一番梦幻之后，'],
  ['Japanese', '吾輩は猫である。名前はまだ無い。'],
  ['Korean', '나 보기가 역겨워 가실 때에는 '],
  ['markdown', '- **Check** the `pump` in [room 4](rooms.md#4)\n'],
])('a loop in %s', (_, unit) => {
  it('is found after real text, in one piece and in any pieces, and is not garbled', () => {
    const text = `${REAL_TEXTS.find(({ kind }) => kind === 'prose')?.text.slice(0, 3_000)}\n${unit.repeat(80)}`;
    expect(finds(createRepetitionDetector(), [text])).toBe(true);
    expect(finds(createRepetitionDetector(), cutAtRandom(text, seededRandom(5)))).toBe(true);
    expect(finds(createGarbledDetector(), [text])).toBe(false);
  });

  it('is found garbled where its bytes were cut by a decoder that forgets', () => {
    const decoded = Array.from(Buffer.from(`${unit}…é—`.repeat(40)), (byte) => Buffer.of(byte).toString('utf8')).join(
      '',
    );
    expect(finds(createGarbledDetector(), [decoded])).toBe(true);
  });
});
