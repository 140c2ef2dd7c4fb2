import { expect, test } from 'vitest';
import { createDiagnostics } from './diagnostics.ts';

function recording() {
  const lines: string[] = [];
  const clock = { now: 0 };
  return {
    lines,
    clock,
    diagnostics: createDiagnostics(
      (line) => lines.push(line),
      () => clock.now,
    ),
  };
}

test('a problem is told once a minute, whatever its numbers are', () => {
  const { lines, clock, diagnostics } = recording();
  diagnostics.warn('refused by 127.0.0.1:4318 after 17 ms');
  diagnostics.warn('refused by 127.0.0.1:4318 after 18 ms');
  clock.now = 59_999;
  diagnostics.error('refused by 127.0.0.1:4318 after 19 ms');
  clock.now = 60_000;
  diagnostics.warn('refused by 127.0.0.1:4318 after 20 ms');

  expect(lines).toEqual([
    'brownout: refused by 127.0.0.1:4318 after 17 ms\n',
    'brownout: refused by 127.0.0.1:4318 after 20 ms\n',
  ]);
});

test('the same mistake in another line of a file is another problem', () => {
  const { lines, diagnostics } = recording();
  for (const line of [3, 4, 3]) diagnostics.warn(`b.yaml:${line}:14 budgets[${line - 3}].gap: 5 is not a duration`);

  expect(lines).toEqual([
    'brownout: b.yaml:3:14 budgets[0].gap: 5 is not a duration\n',
    'brownout: b.yaml:4:14 budgets[1].gap: 5 is not a duration\n',
  ]);
});

test('an error that the SDK hands over as JSON is told by its message', () => {
  const { lines, diagnostics } = recording();
  diagnostics.error(JSON.stringify({ stack: 'Error: no route\n    at somewhere', message: 'no route', name: 'Error' }));

  expect(lines).toEqual(['brownout: no route\n']);
});

test('a line stays one line, of bounded length, with our name on it once', () => {
  const { lines, diagnostics } = recording();
  diagnostics.warn('brownout: first\nsecond', new Error('third'), { fourth: 4 });
  diagnostics.warn('x'.repeat(10_000));

  expect(lines[0]).toBe('brownout: first second third {"fourth":4}\n');
  expect(lines[1]?.length).toBeLessThan(600);
});

test('a flood of different problems is forgotten again', () => {
  const { lines, diagnostics } = recording();
  const name = (index: number): string => String.fromCodePoint(0x4e00 + index);
  for (let index = 0; index < 200; index += 1) diagnostics.warn(name(index));
  diagnostics.warn(name(0));

  expect(lines).toHaveLength(201);
});
