import { expect, test } from 'vitest';
import { chosen } from './support/chosen.ts';

const NAMES = ['call:calls', 'BrownoutVendorDown', 'BrownoutRetryStorm', 'BrownoutVendorDown', 'BrownoutFleetWide'];

test.for([
  ['', [0, 1, 2, 3, 4]],
  ['2', [0, 2, 4]],
  ['1-2', [1, 2]],
  ['3-', [3, 4]],
  ['VendorDown', [1, 3]],
  ['call:', [0]],
] as const)('what %o hunts', ([text, indexes]) => {
  expect([...NAMES.keys()].filter((index) => chosen(text, index, NAMES[index] ?? ''))).toEqual(indexes);
});
