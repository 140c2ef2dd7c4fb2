import { describe, expect, it } from 'vitest';
import { createGarbledDetector, GARBLED_LIMITS } from './garbled-detector.ts';
import { cutAtRandom, installedTexts, REGULAR_TEXTS, seededRandom } from './test-texts.ts';

const { fewest, toleratedOneIn } = GARBLED_LIMITS;
const BROKEN = '\uFFFD';
const HIGH = '\uD83D';
const LOW = '\uDE00';

const random = seededRandom(3);
const randomByte = (): number => Math.floor(random() * 256);

function findsIn(pieces: Iterable<string>): boolean {
  const detector = createGarbledDetector();
  for (const piece of pieces) detector.push(piece);
  return detector.found;
}

/** One broken character in every `distance`. */
const sprinkled = (distance: number, count: number): string => (BROKEN + 'a'.repeat(distance - 1)).repeat(count);

describe('the limits of garbling', () => {
  it.each([
    ['replacement characters', BROKEN],
    ['high surrogates without a low one', HIGH],
    ['low surrogates without a high one', LOW],
  ])(`${fewest} %s in a row are garbling and ${fewest - 1} are not`, (_, unit) => {
    // A high surrogate is known to be alone once the next unit has come.
    expect(findsIn([`Good: ${unit.repeat(fewest)}.`])).toBe(true);
    expect(findsIn([`Good: ${unit.repeat(fewest - 1)}.`])).toBe(false);
  });

  it('the tolerated share never adds up and a larger one does', () => {
    expect(findsIn([sprinkled(toleratedOneIn, 5_000)])).toBe(false);
    expect(findsIn([sprinkled(toleratedOneIn - 1, 5_000)])).toBe(true);
    expect(findsIn([sprinkled(toleratedOneIn / 2, 30)])).toBe(true);
  });

  it('text that breaks late is found however long it was sound', () => {
    expect(findsIn(['sound '.repeat(100_000), BROKEN.repeat(fewest)])).toBe(true);
  });
});

describe('surrogate pairs', () => {
  it('a pair is whole when it is cut across two pushes, or by empty pushes', () => {
    expect(findsIn(Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? HIGH : LOW)))).toBe(false);
    expect(findsIn(Array.from({ length: 200 }, () => [HIGH, '', LOW]).flat())).toBe(false);
    expect(findsIn(['😀'.repeat(200)])).toBe(false);
  });

  it('two halves in the wrong order are two broken characters', () => {
    expect(findsIn([`${LOW}${HIGH}`.repeat(1), `${LOW} `.repeat(1), ' ', `${LOW}a${HIGH}a`.repeat(fewest)])).toBe(true);
  });
});

describe('garbled answers', () => {
  it.each([
    [
      'UTF-8 read in pieces by a decoder that forgets',
      Array.from(Buffer.from('潮水退去以后，码头上只剩下几条旧船和一盏没有熄灭的灯。'), (byte) =>
        Buffer.of(byte).toString('utf8'),
      ).join(''),
    ],
    [
      'Latin-1 bytes read as UTF-8',
      Buffer.from(
        'Où êtes-vous allés cet été, là-bas, près de la forêt? À la fenêtre, déjà, très tôt. Hélène a été gênée.',
        'latin1',
      ).toString('utf8'),
    ],
    ['random bytes read as UTF-8', Buffer.from(Array.from({ length: 300 }, randomByte)).toString('utf8')],
  ])('finds %s, in one piece and in any pieces', (_, text) => {
    expect(findsIn([text])).toBe(true);
    for (let seed = 0; seed < 5; seed += 1) expect(findsIn(cutAtRandom(text, seededRandom(seed)))).toBe(true);
  });
});

describe('sound text', () => {
  const explanation =
    'When a byte sequence is not valid UTF-8, decoders put U+FFFD (\uFFFD) in its place. You see "caf\uFFFD" for "café" when a ' +
    'Latin-1 file is read as UTF-8, and "\uFFFD\uFFFD\uFFFD" for a Chinese character that was cut. ';

  it.each([
    ...Object.entries(REGULAR_TEXTS),
    ['an explanation of U+FFFD', explanation],
    ['emoji and mathematics', '🎉👩‍👩‍👧‍👦 𝒳 ∈ ℝ '.repeat(100)],
  ])('%s is not garbled, in one piece and in any pieces', (_, text) => {
    expect(findsIn([text])).toBe(false);
    for (let seed = 0; seed < 5; seed += 1) expect(findsIn(cutAtRandom(text, seededRandom(seed)))).toBe(false);
  });

  it.each(['prose', 'code', 'types', 'json', 'catalogs'] as const)('no installed %s is garbled', (kind) => {
    expect(installedTexts(kind).filter(({ text }) => findsIn([text]))).toEqual([]);
  });
});
