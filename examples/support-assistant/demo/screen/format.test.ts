import { expect, test } from 'vitest';
import { bareTime, timeIn, unitOf } from './format.ts';

test.each([
  { total: 204, value: 35.4, bare: '35', time: '35 s' },
  { total: 204, value: -12, bare: '-12', time: '-12 s' },
  { total: 4080, value: 725, bare: '12:05', time: '12:05 min' },
  { total: 4080, value: 59.7, bare: '1:00', time: '1:00 min' },
  { total: 4080, value: -61, bare: '−1:01', time: '−1:01 min' },
])('$value s of a run of $total s is $time', ({ total, value, bare, time }) => {
  expect(bareTime(total, value)).toBe(bare);
  expect(timeIn(total, value)).toBe(time);
});

test('an hour is told in minutes, and what is not known as such', () => {
  expect([55, 600, 4080].map(unitOf)).toEqual(['seconds', 'seconds', 'minutes']);
  expect(timeIn(4080, null)).toBe('–');
});
