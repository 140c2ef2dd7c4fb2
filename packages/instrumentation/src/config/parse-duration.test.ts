import { expect, test } from 'vitest';
import { parseDuration } from './parse-duration.ts';

test.each([
  ['800ms', 800],
  ['5s', 5000],
  ['2m', 120_000],
  ['1h', 3_600_000],
  ['1.5s', 1500],
  [' 10 s ', 10_000],
])('%s is a duration', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each(['', '5', '5 seconds', 's', '-1s', '0s', '1e3ms', '1s5', '1.s', `${'9'.repeat(400)}s`])(
  '"%s" is none',
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);
