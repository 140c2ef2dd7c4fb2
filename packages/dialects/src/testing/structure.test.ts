import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DIALECTS } from '../dialects.ts';

const source = new URL('../', import.meta.url);
const rooms = readdirSync(source).filter((name) => existsSync(new URL(`${name}/index.ts`, source)));

test('every room is in the table under its own name, and nothing else is', () => {
  expect(rooms.toSorted()).toEqual(Object.keys(DIALECTS).toSorted());
  for (const [id, dialect] of Object.entries(DIALECTS)) expect(dialect.id).toBe(id);
});

test.each(rooms)('%s has the same files as every other room', (room) => {
  expect(readdirSync(new URL(`${room}/`, source)).toSorted()).toEqual([
    '__fixtures__',
    'error.ts',
    'events.test.ts',
    'index.ts',
    'question.ts',
    'request.test.ts',
    'request.ts',
    'response.ts',
    'stream.ts',
  ]);
});

test.each(rooms)('%s says where each of its fixtures is documented', (room) => {
  const fixtures = new URL(`${room}/__fixtures__/`, source);
  const provenance = readFileSync(new URL('PROVENANCE.md', fixtures), 'utf8');
  const missing = readdirSync(fixtures).filter(
    (name) => name !== 'PROVENANCE.md' && !provenance.includes(`\`${name}\``),
  );
  expect(missing).toEqual([]);
});

test.each(rooms)('%s stays within 700 lines of source', (room) => {
  const files = readdirSync(new URL(`${room}/`, source)).filter((name) => /^(?!.*\.test\.ts).*\.ts$/.test(name));
  const lines = files.map((name) => readFileSync(new URL(`${room}/${name}`, source), 'utf8').split('\n').length);
  expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(700);
});
