import { describe, expect, it } from 'vitest';
import { createRepetitionDetector, REPETITION_LIMITS } from './repetition-detector.ts';
import { cutAtRandom, installedTexts, REGULAR_TEXTS, seededRandom } from './test-texts.ts';
import type { CorpusKind } from './test-texts.ts';

function findsIn(pieces: Iterable<string>): boolean {
  const detector = createRepetitionDetector();
  for (const piece of pieces) detector.push(piece);
  return detector.found;
}

/** `count` tokens, each followed by a space, that repeat after `period` tokens. */
function loop(period: number, count: number): string {
  return Array.from(
    { length: count },
    (_, index) => `w${String.fromCharCode(97 + ((index % period) % 26), 97 + Math.floor((index % period) / 26))} `,
  ).join('');
}

/** `count` tokens that never repeat. */
function preamble(count: number): string {
  const random = seededRandom(count + 1);
  return Array.from({ length: count }, () => `${random().toString(36).slice(2, 8)}q `).join('');
}

/** Pieces of 4,000 characters, which is about 1,000 of a model's tokens. */
const answerSized = (text: string): string[] => text.match(/[^]{1,4000}/g) ?? [];

const SENTENCE = 'I will check the order status for you right away and let you know. ';

describe('the limits of a loop', () => {
  it.each([
    [1, 40],
    [10, 40],
    [15, 60],
    [20, 80],
    [60, 240],
  ])('a period of %i tokens is a loop at %i tokens and not one token earlier', (period, tokens) => {
    // Checks fall on every 20th token: the preamble makes the last token of the loop such a one.
    const before = preamble(20);
    expect(findsIn([before, loop(period, tokens)])).toBe(true);
    expect(findsIn([preamble(21), loop(period, tokens - 1)])).toBe(false);
    expect(findsIn([preamble(20), loop(period, tokens - 1), preamble(1)])).toBe(false);
  });

  it('a period of 61 tokens is too long', () => {
    const { longestPeriod } = REPETITION_LIMITS.exact;
    expect(findsIn([loop(longestPeriod, 1_200)])).toBe(true);
    expect(findsIn([loop(longestPeriod + 1, 1_200)])).toBe(false);
  });

  it('a loop is found wherever it begins, at most 19 tokens after it became one', () => {
    for (let before = 0; before < 40; before += 1) {
      for (const [period, tokens] of [
        [1, 40],
        [7, 40],
        [10, 40],
        [33, 132],
      ] as const) {
        expect(findsIn([preamble(before), loop(period, tokens + 19)])).toBe(true);
      }
    }
  });

  it('one changed word in each repeat is no exact loop', () => {
    expect(
      findsIn(
        Array.from({ length: 40 }, (_, index) =>
          SENTENCE.replace('order', `order${'abcdefgh'[index % 7]}${'xyzuvw'[index % 5]}`),
        ),
      ),
    ).toBe(false);
  });

  it('stays found when sound text follows', () => {
    expect(findsIn([SENTENCE.repeat(10), preamble(400)])).toBe(true);
  });
});

/** Five tokens a step, two of them numbers. */
const steps = (count: number, number: (index: number) => number): string =>
  Array.from({ length: count }, (_, index) => `Step ${number(index)}: wait ${number(index) + 7} ms. `).join('');

describe('the limits of counting on', () => {
  it('five words and numbers make a loop at 16 repeats, which is 80 tokens, and not at 15', () => {
    expect(findsIn([steps(16, (index) => index)])).toBe(true);
    expect(findsIn([steps(15, (index) => index), preamble(5)])).toBe(false);
  });

  it('30 tokens make a loop at 8 repeats and not at 7; more of them are too many', () => {
    const { longestPeriod } = REPETITION_LIMITS.countingOn;
    const items = (words: number, count: number): string =>
      Array.from({ length: count }, (_, index) => `${index}: ${loop(words, words)}`).join('');
    expect(findsIn([items(longestPeriod - 1, 8)])).toBe(true);
    expect(findsIn([items(longestPeriod - 1, 7), preamble(longestPeriod)])).toBe(false);
    expect(findsIn([items(longestPeriod, 40)])).toBe(false);
  });

  it('the numbers have to move by one and the same step, whatever it is', () => {
    expect(findsIn([steps(100, (index) => 1_000 - 3 * index)])).toBe(true);
    expect(findsIn([steps(100, (index) => index * index)])).toBe(false);
  });

  it('numbers alone, however evenly they move, are a list of numbers', () => {
    expect(findsIn([Array.from({ length: 400 }, (_, index) => `${index}, `).join('')])).toBe(false);
    expect(findsIn([Array.from({ length: 400 }, (_, index) => `${index}a, `).join('')])).toBe(false);
    expect(findsIn([Array.from({ length: 400 }, (_, index) => `${index} a `).join('')])).toBe(true);
  });
});

describe('loops that models fall into', () => {
  it.each([
    ['a sentence', preamble(57) + SENTENCE.repeat(8)],
    ['a single word', 'Sure, here it is: ' + 'no '.repeat(60)],
    [
      'steps that count on',
      preamble(30) +
        Array.from({ length: 20 }, (_, step) => `Step ${step + 1}: Restart the server and wait. `).join(''),
    ],
    [
      'numbers that count down by fives',
      Array.from({ length: 30 }, (_, step) => `Attempt ${900 - 5 * step} failed, retrying now. `).join(''),
    ],
    [
      'minified records that count on',
      `[${Array.from({ length: 200 }, (_, id) => `{"id":${id + 100},"name":"item","note":"none yet"}`).join(',')}`,
    ],
    ['the same digits', '142857'.repeat(400)],
    ['zeros', '0 '.repeat(60)],
    ['endless spaces, as JSON modes produce', `{"answer":${' '.repeat(2_000)}`],
    ['endless newlines', `{"answer":${'\n'.repeat(2_000)}`],
    ['a URL without an end', `https://example.com/${'guide/latest/'.repeat(120)}`],
    ['base64 without an end', 'aGVsbG8gd29ybGQgYW5kIGFsbCB3aG8gbGl2ZSBpbiBpdCwgbW9yZSBvciBsZXNz'.repeat(40)],
    ['one letter without an end', 'A'.repeat(2_000)],
    ['Chinese', '好的，我马上为您查询订单的状态，请稍等。'.repeat(30)],
    [
      'Chinese that counts on',
      Array.from({ length: 60 }, (_, step) => `第${step + 10}步：重新启动服务器，然后等待几分钟。`).join(''),
    ],
    ['one Chinese character', '哈'.repeat(600)],
    ['Japanese', '申し訳ありませんが、もう一度お試しください。'.repeat(30)],
    ['Thai', 'ขออภัยค่ะกรุณาลองใหม่อีกครั้ง'.repeat(40)],
    ['emoji', '🎉🎊'.repeat(300)],
  ])('finds %s, in one piece and in any pieces', (_, text) => {
    expect(findsIn([text])).toBe(true);
    for (let seed = 0; seed < 5; seed += 1) expect(findsIn(cutAtRandom(text, seededRandom(seed)))).toBe(true);
  });
});

describe('sound text', () => {
  it.each(Object.entries(REGULAR_TEXTS))('%s is no loop, in one piece and in any pieces', (_, text) => {
    expect(findsIn([text])).toBe(false);
    for (let seed = 0; seed < 5; seed += 1) expect(findsIn(cutAtRandom(text, seededRandom(seed)))).toBe(false);
  });

  it.each([
    ['prose', 0.005],
    ['code', 0.005],
    ['types', 0.005],
    ['json', 0.005],
    ['catalogs', 0],
  ] as const satisfies readonly (readonly [CorpusKind, number])[])(
    'of the answer-sized pieces of installed %s, at most a share of %d is a loop',
    (kind, share) => {
      const answers = installedTexts(kind).flatMap(({ text }) => answerSized(text));
      expect(answers.length).toBeGreaterThan(200);
      const loops = answers.filter((answer) => findsIn([answer]));
      expect(loops.length).toBeLessThanOrEqual(share * answers.length);
    },
  );

  it('gives the same result in one piece and in random pieces on installed texts', () => {
    for (const [index, { text }] of [
      ...installedTexts('prose').slice(0, 30),
      ...installedTexts('types').slice(0, 30),
    ].entries()) {
      expect(findsIn(cutAtRandom(text, seededRandom(index)))).toBe(findsIn([text]));
    }
  });
});
