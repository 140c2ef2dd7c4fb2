import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SCOPE } from './scope.ts';

test("the scope is the package's own name and version", () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as typeof SCOPE;
  expect({ name: manifest.name, version: manifest.version }).toEqual(SCOPE);
});
