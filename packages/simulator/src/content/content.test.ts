import { expect, it } from 'vitest';
import { modelSnapshot } from './model-snapshot.ts';
import { writeProse } from './prose.ts';
import { createRandom } from './random.ts';
import { chunkTokens, countTokens } from './tokens.ts';

it('draws the same numbers from the same seed, evenly', () => {
  const draw = (seed: number) => {
    const random = createRandom(seed);
    return Array.from({ length: 1000 }, () => random.next());
  };
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
  const mean = draw(1).reduce((sum, value) => sum + value, 0) / 1000;
  expect(mean).toBeGreaterThan(0.47);
  expect(mean).toBeLessThan(0.53);
});

it('writes whole sentences within the tokens allowed', () => {
  for (const most of [1, 8, 20, 90]) {
    for (let seed = 0; seed < 50; seed += 1) {
      const prose = writeProse(createRandom(seed), most);
      expect(prose).toMatch(/^[A-Z].*\.$/);
      expect(countTokens(prose)).toBeLessThanOrEqual(Math.max(2, most));
    }
  }
});

it('cuts any text into chunks that join to the same text', () => {
  for (const text of ['', ' a  b\n\nc ', '{"städte":["Århus",1234567]}', '👩‍👩‍👧 \uFFFD\uFFFD!', 'x'.repeat(99)]) {
    expect(chunkTokens(text, 2).join('')).toBe(text);
  }
});

it.each([
  ['gpt-5', 'gpt-5-2026-08-07'],
  ['gpt-4o-2024-08-06', 'gpt-4o-2024-08-06'],
  ['claude-haiku-4-5', 'claude-haiku-4-5-20260807'],
  ['claude-haiku-4-5-20251001', 'claude-haiku-4-5-20251001'],
  ['claude-3-5-sonnet-latest', 'claude-3-5-sonnet-20260807'],
  ['text-embedding-3-small', 'text-embedding-3-small'],
  ['ft:gpt-4o:acme::abc', 'ft:gpt-4o:acme::abc'],
  ['meta-llama/llama-4', 'meta-llama/llama-4'],
  ['my-model', 'my-model'],
])('answers for %s as %s', (asked, named) => {
  expect(modelSnapshot(asked)).toBe(named);
});
