import { expect, test } from 'vitest';
import { createLimiter } from './limiter.ts';

test('values beyond the limit are folded into one, and counted', () => {
  let overflows = 0;
  const limit = createLimiter(2, () => (overflows += 1));
  expect(['a', 'b', 'c', 'a', 'd'].map(limit)).toEqual(['a', 'b', '_other', 'a', '_other']);
  expect(overflows).toBe(2);
});
