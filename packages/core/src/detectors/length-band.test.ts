import { describe, expect, it } from 'vitest';
import { createLengthBand, LENGTH_BAND } from './length-band.ts';
import { seededRandom } from './test-texts.ts';

const random = seededRandom(17);
const gauss = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
/** Log-normal, as the lengths of answers are. */
const around = (middle: number, spread: number): number => Math.max(1, Math.round(middle * Math.exp(spread * gauss())));

/** What one kind of call answers, in tokens, and what is found in it. */
const HABITS: Readonly<
  Record<string, { next: (index: number) => number; wrong: number; longer: number; shorter: number }>
> = {
  'a label': { next: () => 2 + Math.floor(random() * 3), wrong: 0, longer: 0.5, shorter: 0 },
  'a record in JSON': { next: () => around(60, 0.1), wrong: 0, longer: 1, shorter: 1 },
  'an answer of support': { next: () => around(300, 0.3), wrong: 0.002, longer: 0.8, shorter: 0.8 },
  'a free answer': { next: () => around(300, 0.5), wrong: 0.005, longer: 0.3, shorter: 0.3 },
  'anything at all': { next: () => around(300, 1.2), wrong: 0.006, longer: 0, shorter: 0 },
  'a word or a page': {
    next: () => (random() < 0.5 ? around(20, 0.3) : around(800, 0.4)),
    wrong: 0.002,
    longer: 0,
    shorter: 0,
  },
  'mostly a word, now and then a page': {
    next: () => (random() < 0.9 ? around(20, 0.3) : around(800, 0.4)),
    wrong: 0.002,
    longer: 0,
    shorter: 0,
  },
  'as much as the limit allows': {
    next: () => Math.min(512, around(400, 0.5)),
    wrong: 0.004,
    longer: 0.8,
    shorter: 0.3,
  },
  'longer and longer, doubling every 500': {
    next: (index) => around(300 * 2 ** (index / 500), 0.4),
    wrong: 0.01,
    longer: 0.7,
    shorter: 0.2,
  },
};

describe('habits of answering', () => {
  it.each(Object.entries(HABITS))(
    '%s: hardly ever wrong, and told from five times as much or as little',
    (_, habit) => {
      const found = { wrong: 0, longer: 0, shorter: 0 };
      const calls = 3_000;
      const judged = calls - LENGTH_BAND.renewedEvery;
      const band = createLengthBand();
      for (let index = 0; index < calls; index += 1) {
        const tokens = habit.next(index);
        if (index < LENGTH_BAND.renewedEvery) {
          band.learn(tokens);
          continue;
        }
        if (band.isOutside(tokens)) found.wrong += 1;
        if (band.isOutside(tokens * 5)) found.longer += 1;
        if (band.isOutside(Math.max(1, Math.round(tokens / 5)))) found.shorter += 1;
        band.learn(tokens);
      }
      expect(found.wrong / judged).toBeLessThanOrEqual(habit.wrong);
      expect(found.longer / judged).toBeGreaterThanOrEqual(habit.longer);
      expect(found.shorter / judged).toBeGreaterThanOrEqual(habit.shorter);
    },
  );
});

it(`says nothing before ${LENGTH_BAND.renewedEvery} answers`, () => {
  const band = createLengthBand();
  for (let index = 1; index < LENGTH_BAND.renewedEvery; index += 1) band.learn(100);
  expect(band.isOutside(1_000_000)).toBe(false);
  band.learn(100);
  expect(band.isOutside(1_000_000)).toBe(true);
  expect([50, 70, 150, 200].map(band.isOutside)).toEqual([false, false, false, false]);
  expect([40, 240].map(band.isOutside)).toEqual([true, true]);
});

it.each([5, 1 / 5])('a lasting shift by %d is told for some answers and is the new habit after 200', (factor) => {
  for (let before = 300; before < 400; before += 7) {
    const band = createLengthBand();
    for (let index = 0; index < before; index += 1) band.learn(around(300, 0.3));
    const told = Array.from({ length: 300 }, () => {
      const tokens = around(300 * factor, 0.3);
      const outside = band.isOutside(tokens);
      band.learn(tokens);
      return outside;
    });
    expect(told.filter(Boolean).length).toBeGreaterThanOrEqual(4);
    expect(told.slice(200).filter(Boolean).length).toBeLessThanOrEqual(2);
  }
});

it('a few outliers among the answers that it learns from do not widen it', () => {
  const band = createLengthBand();
  for (let index = 0; index < 400; index += 1) band.learn(index % 40 === 0 ? 20_000 : around(300, 0.2));
  expect(band.isOutside(2_000)).toBe(true);
});

it('takes any number', () => {
  const band = createLengthBand();
  for (const tokens of [0, 1, 2 ** 40, Number.MAX_SAFE_INTEGER])
    for (let time = 0; time < 50; time += 1) band.learn(tokens);
  expect(band.isOutside(0)).toBe(false);
  expect(band.isOutside(Number.MAX_SAFE_INTEGER)).toBe(true);
});
