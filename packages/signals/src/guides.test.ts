import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ATTRIBUTES, METRICS, prometheusLabel, prometheusName } from './index.ts';

const FOLDER = new URL('../../../docs/guides/', import.meta.url);
const SPELLINGS: ReadonlySet<string> = new Set([
  ...Object.values(METRICS).map(prometheusName),
  ...Object.values(ATTRIBUTES).map(({ key }) => prometheusLabel(key)),
]);

test.each(readdirSync(FOLDER).filter((name) => name.endsWith('.md')))(
  'every Prometheus name in the guide %s is a metric or a label of the registry',
  (name) => {
    const guide = readFileSync(new URL(name, FOLDER), 'utf8');
    // `brownout_*` stands for several.
    const names = [...guide.matchAll(/\b(?:brownout|gen_ai)_[a-z0-9_]*[a-z0-9]\b(?!_?\*)/g)].map(([found]) => found);
    expect(names.filter((found) => !SPELLINGS.has(found.replace(/_(?:bucket|sum|count)$/, '')))).toEqual([]);
  },
);
