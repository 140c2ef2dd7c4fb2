import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { Anomaly, AttemptKind, BudgetKind, Fault, Reason, Verdict } from '../packages/core/src/index.ts';
import { VERDICTS } from '../packages/core/src/verdict-table.ts';
import { loadConfig } from '../packages/instrumentation/src/config/load-config.ts';
import { ATTRIBUTES, type AttributeValue } from '../packages/signals/src/index.ts';
import { type FaultDefinition, FAULTS } from '../packages/simulator/src/index.ts';
import { EXAMPLE_CONFIG } from './reference/configuration-page.ts';
import { PAGES } from './reference/pages.ts';

describe('the words of the signals are those of the verdict table', () => {
  const rows = Object.values(VERDICTS);

  test('reasons, in the same order', () => {
    expect(ATTRIBUTES.reason.values).toEqual(Object.keys(VERDICTS));
  });

  test('verdicts', () => {
    expect(new Set<string>(ATTRIBUTES.verdict.values)).toEqual(new Set(rows.map((row) => row.verdict)));
  });

  test('faults', () => {
    expect(new Set<string>(ATTRIBUTES.fault.values)).toEqual(new Set(rows.map((row) => row.fault)));
  });

  // The compiler is the test here.
  test('types', () => {
    expectTypeOf<AttributeValue<'brownout.reason'>>().toEqualTypeOf<Reason>();
    expectTypeOf<AttributeValue<'brownout.verdict'>>().toEqualTypeOf<Verdict>();
    expectTypeOf<AttributeValue<'brownout.fault'>>().toEqualTypeOf<Fault>();
    expectTypeOf<AttributeValue<'brownout.anomaly'>>().toEqualTypeOf<Anomaly>();
    expectTypeOf<AttributeValue<'brownout.budget'>>().toEqualTypeOf<BudgetKind>();
    expectTypeOf<AttributeValue<'brownout.attempt.kind'>>().toEqualTypeOf<AttemptKind>();
  });
});

describe("the simulator's faults", () => {
  const faults: readonly (readonly [string, FaultDefinition])[] = Object.entries(FAULTS);

  test.each(faults)('%s expects a reason and an anomaly that exist', (_name, { expects, expectsAnomaly }) => {
    const reasons = typeof expects === 'string' ? [expects] : [expects.streamed, expects.whole];
    const anomalies =
      typeof expectsAnomaly === 'object' ? [expectsAnomaly.streamed, expectsAnomaly.whole] : [expectsAnomaly];
    expect(Object.keys(VERDICTS)).toEqual(expect.arrayContaining(reasons));
    expect(ATTRIBUTES.anomaly.values).toEqual(expect.arrayContaining(anomalies.filter((anomaly) => anomaly != null)));
  });
});

describe('the generated pages', () => {
  test.each(Object.entries(PAGES))('%s is fresh', (path, render) => {
    const committed = readFileSync(join(import.meta.dirname, '..', path), 'utf8');
    expect(committed === render(), `${path} is stale: run pnpm generate`).toBe(true);
  });

  test.each(Object.entries(PAGES))('%s has tables whose lines are all of one width', (_path, render) => {
    for (const block of render()
      .split('\n\n')
      .filter((text) => text.startsWith('| '))) {
      const widths = block
        .trim()
        .split('\n')
        .map((line) => line.split(/(?<!\\)\|/).length);
      expect(new Set(widths).size, block.slice(0, 80)).toBe(1);
    }
  });
});

test('the example of a config file is right in every line', () => {
  const directory = mkdtempSync(join(tmpdir(), 'brownout-example-'));
  const path = join(directory, 'brownout.yaml');
  writeFileSync(path, EXAMPLE_CONFIG);
  const { config, problems } = loadConfig({ BROWNOUT_CONFIG_FILE: path });
  rmSync(directory, { recursive: true });
  expect(problems).toEqual([]);
  expect(config.budgets).toContainEqual({
    useCase: 'support-chat',
    firstChunkMs: 2000,
    gapMs: 3000,
    outputTokensPerSecond: 15,
  });
  expect(config.providers).toEqual(
    new Map([['llm-gateway.internal:8443', { dialect: 'openai-chat', provider: 'openai' }]]),
  );
  expect(config.limits.useCases).toBe(200);
});
