import { expect, test } from 'vitest';
import { createGuard } from './guard.ts';

test('what our own code throws stays inside and is counted', () => {
  const sites: string[] = [];
  const guard = createGuard();
  guard.onFault = (site) => sites.push(site);
  const fail = (): never => {
    throw new Error('ours');
  };
  expect(guard('wire.body', fail)).toBeUndefined();
  expect(guard('wire.body', fail)).toBeUndefined();
  expect(guard('link.load', () => 7)).toBe(7);
  expect(sites).toEqual(['wire.body', 'wire.body']);
});

test('a fault sink that throws does not get out either', () => {
  const guard = createGuard();
  guard.onFault = () => {
    throw new Error('the meter');
  };
  expect(
    guard('emit.call', () => {
      throw new Error('ours');
    }),
  ).toBeUndefined();
});
