import { expect, test } from 'vitest';
import { holdBack } from './errors.ts';

/** Keeps what is written. */
const paper = () => {
  const lines: string[] = [];
  return { lines, write: (line: string | Uint8Array) => lines.push(String(line)) > 0 };
};

test('where no screen is drawn, a line is told at once', () => {
  const { lines, write } = paper();
  holdBack({ write }, false).write('it broke\n');
  expect(lines).toEqual(['it broke\n']);
});

test('where one is, lines wait until it stands, and many are cut short', () => {
  const { lines, write } = paper();
  const errors = holdBack({ write }, true);
  for (let line = 1; line <= 32; line += 1) errors.write(`line ${line}\n`);
  expect(lines).toEqual([]);
  errors.release();
  expect(lines.slice(-2)).toEqual(['line 30\n', 'and 2 lines more\n']);
  errors.release();
  expect(lines).toHaveLength(31);
});
