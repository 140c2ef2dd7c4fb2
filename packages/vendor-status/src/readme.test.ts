import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FORMATS } from './adapters/formats.ts';
import { readConfig } from './config/read-config.ts';
import { VENDORS } from './vendors.ts';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

it("has a row for each vendor of the table, in the table's order, with its providers", () => {
  const rows = [...README.matchAll(/^\| `([\w-]+)` +\|[^|]*\|([^|]*)\|/gm)].map(([, name, providers = '']) => ({
    name,
    providers: [...providers.matchAll(/`([\w.]+)`/g)].map(([, provider]) => provider),
  }));
  expect(rows).toEqual(
    VENDORS.map(({ name, components }) => ({
      name,
      providers: [...new Set(components.map(({ provider }) => provider))],
    })),
  );
});

it('shows a config file that is read, and names every format', () => {
  const example = /```yaml\n(.*?)```/s.exec(README)?.[1] ?? '';
  expect(readConfig('README.md', example, VENDORS)).toMatchObject({
    kind: 'read',
    settings: { paceMs: 60_000, vendors: [{ name: 'anthropic' }, { name: 'aws' }, { name: 'acme' }] },
  });
  for (const format of Object.keys(FORMATS)) expect(example).toContain(format);
});
