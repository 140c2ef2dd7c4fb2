import { describe, expect, it } from 'vitest';
import { createLanguageDetector, LANGUAGE_LIMITS } from './language-detector.ts';
import { ARTICLE_1, REAL_TEXTS } from './testing/real-texts.ts';
import { scriptSet, scriptsOf } from './scripts.ts';
import type { Script, ScriptSet } from './scripts.ts';
import { cutAtRandom, seededRandom } from './test-texts.ts';

const ENGLISH = 'The tide had gone out, and the harbour was quiet again. ';

function switches(pieces: Iterable<string>, expected: ScriptSet = 0): boolean {
  const detector = createLanguageDetector();
  for (const piece of pieces) detector.push(piece);
  return detector.isSwitched(expected);
}

const SCRIPTS_OF: Readonly<Record<string, readonly Script[]>> = {
  ar: ['arabic'],
  el: ['greek'],
  he: ['hebrew'],
  hi: ['devanagari'],
  ja: ['kana', 'han'],
  ko: ['hangul'],
  ru: ['cyrillic'],
  th: ['thai'],
  zh: ['han'],
};

describe.each([...ARTICLE_1])('an answer in %s', (language, text) => {
  it('is a switch after an English request, in one piece and in any pieces', () => {
    expect(scriptsOf(text)).toBe(scriptSet(SCRIPTS_OF[language] ?? []));
    expect(switches([text])).toBe(true);
    for (let seed = 0; seed < 5; seed += 1) expect(switches(cutAtRandom(text, seededRandom(seed)))).toBe(true);
    expect(switches([ENGLISH, text])).toBe(true);
  });

  it('is none after a request in its own language', () => {
    for (const other of ARTICLE_1.values()) expect(switches([text], scriptsOf(text) | scriptsOf(other))).toBe(false);
    expect(switches([text], scriptsOf(text))).toBe(false);
  });

  it('is a switch after a request in any other script', () => {
    for (const [other, request] of ARTICLE_1) {
      // Chinese after Japanese is in the request's own characters.
      if (other === language || (language === 'zh' && other === 'ja')) continue;
      expect(switches([text], scriptsOf(request))).toBe(true);
    }
  });
});

describe('the limits', () => {
  const { fewestLetters, leastShare } = LANGUAGE_LIMITS;

  it(`${fewestLetters} letters are a switch and one less is none`, () => {
    expect(switches(['語'.repeat(fewestLetters)])).toBe(true);
    expect(switches(['語'.repeat(fewestLetters - 1)])).toBe(false);
  });

  it(`a share of ${leastShare} is a switch and a smaller one is none`, () => {
    expect(switches(['a'.repeat(800), '語'.repeat(200)])).toBe(true);
    expect(switches(['a'.repeat(800), '語'.repeat(199)])).toBe(false);
  });

  it('the letters of several scripts add up, as they do where tokens are drawn at random', () => {
    expect(switches(['a'.repeat(700), 'ไทย'.repeat(30), '中文'.repeat(30), 'русский'.repeat(10)])).toBe(true);
  });
});

describe('answers that stay in their language', () => {
  it.each([
    ['emoji', '🎉 All done! 👩‍👩‍👧‍👦 ✅ '.repeat(40)],
    ['mathematics', 'For all α, β ∈ ℝ: ∑ᵢ λᵢ·xᵢ ≤ ‖x‖², so that ∂f/∂θ = −2π·σ² and 𝒳 → ∞. '.repeat(20)],
    [
      'letters of another alphabet in the place of Latin ones',
      'Please log in at раураl and cоnfirm your аccount. '.repeat(20),
    ],
    [
      'names in their own script',
      'Confucius (孔子) taught in Lu (魯國); his sayings are collected in the Analects (論語). Tolstoy (Толстой) read him late in life, in a translation from French. '.repeat(
        5,
      ),
    ],
    [
      'capitals by the names that they have at home',
      'Japan: Tokyo, in its own writing 東京. Greece: Athens, Αθήνα. Russia: Moscow, Москва. Israel: Jerusalem, ירושלים. Thailand: Bangkok, กรุงเทพ. '.repeat(
        3,
      ),
    ],
    ['quotation marks and dashes', '“Yes” — he said… ‘no’, „ja“, «oui» – 5 € ≠ 5 £. '.repeat(40)],
    ['Polish, Turkish and Vietnamese', 'Zażółć gęślą jaźń. Iğdır’da güneş. Tiếng Việt có dấu. '.repeat(20)],
  ])('%s', (_, text) => {
    expect(switches([text])).toBe(false);
  });

  it.each(REAL_TEXTS.filter(({ name }) => !/\.(?:zh|ja|ko|ru)\.txt$/.test(name)))('$name, $kind', ({ text }) => {
    expect(switches([text])).toBe(false);
  });
});

it('white space and symbols in the middle of a switched answer do not hide it', () => {
  const code = `const total = prices.reduce((sum, price) => sum + price, 0);\n`;
  expect(switches([code.repeat(3), ARTICLE_1.get('zh') ?? '', ARTICLE_1.get('ja') ?? ''])).toBe(true);
});
