import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBudgetMatcher } from '@brownout/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from './load-config.ts';

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'brownout-config-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const file = (name: string, text: string): string => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};

const call = { useCase: 'support', provider: 'openai', model: 'large' };

test('without any setting the defaults hold', () => {
  const { config, problems } = loadConfig({});
  expect(problems).toEqual([]);
  expect(config).toMatchObject({
    disabled: false,
    providers: new Map(),
    limits: { models: 100, useCases: 100, taskNames: 50 },
    detectors: { repetition: true, garbled: true, json: true, schema: true, language: true, length: true },
    legacyMetrics: false,
    captureContent: 'none',
  });
  expect(createBudgetMatcher(config.budgets)(call)).toEqual({ firstChunkMs: 10_000, totalMs: 120_000, gapMs: 10_000 });
});

test("the environment beats the file, and the file's rules for some calls beat both for those", () => {
  const path = file(
    'all.yaml',
    `
budgets:
  - { firstChunk: 1s, total: 60s }
  - { useCase: support, gap: 2s }
providers:
  a: { dialect: openai-chat }
  b: { dialect: openai-chat }
limits: { models: 5 }
`,
  );
  const { config, problems } = loadConfig({
    BROWNOUT_CONFIG_FILE: path,
    BROWNOUT_BUDGET_TOTAL: '30s',
    BROWNOUT_BUDGET_GAP: '9s',
    BROWNOUT_PROVIDERS: 'b=anthropic-messages',
  });
  expect(problems).toEqual([]);
  const match = createBudgetMatcher(config.budgets);
  expect(match(call)).toEqual({ firstChunkMs: 1000, totalMs: 30_000, gapMs: 2000 });
  expect(match({ ...call, useCase: 'billing' })).toEqual({ firstChunkMs: 1000, totalMs: 30_000, gapMs: 9000 });
  expect(config.providers).toEqual(
    new Map([
      ['a', { dialect: 'openai-chat' }],
      ['b', { dialect: 'anthropic-messages' }],
    ]),
  );
  expect(config.limits).toEqual({ models: 5, useCases: 100, taskNames: 50 });
});

test.each([
  ['is missing', () => join(directory, 'missing.yaml'), 'ENOENT'],
  ['is a directory', () => directory, 'EISDIR'],
  ['is below a file', () => join(file('flat.yaml', '{}'), 'brownout.yaml'), 'ENOTDIR'],
])('a config file that %s is one problem, and the rest of the configuration counts', (_how, path, code) => {
  const { config, problems } = loadConfig({ BROWNOUT_CONFIG_FILE: path(), BROWNOUT_DISABLED: 'true' });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(`BROWNOUT_CONFIG_FILE: "${path()}" cannot be read (${code}`);
  expect(problems[0]).toMatch(/using no config file\.$/);
  expect(config.disabled).toBe(true);
});

test('a file that unfolds without end is one problem', () => {
  const levels = Array.from({ length: 12 }, (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level},`.repeat(9)}]`);
  const { problems } = loadConfig({ BROWNOUT_CONFIG_FILE: file('bomb.yaml', `a0: &a0 [x]\n${levels.join('\n')}`) });
  expect(problems).toEqual([expect.stringContaining('cannot be read')]);
});

test('the libraries for config files are loaded only if there is one', () => {
  const loaded = (environment: Record<string, string>): string =>
    execFileSync(
      process.execPath,
      [
        '--conditions=brownout-source',
        '--input-type=module',
        '--eval',
        `import { loadConfig } from ${JSON.stringify(new URL('load-config.ts', import.meta.url).href)};
         import { Module } from 'node:module';
         loadConfig();
         console.log(Object.keys(Module._cache).some((name) => /valibot|yaml/.test(name)));`,
      ],
      { env: { PATH: process.env['PATH'], ...environment }, encoding: 'utf8', stdio: 'pipe' },
    ).trim();
  expect(loaded({})).toBe('false');
  expect(loaded({ BROWNOUT_CONFIG_FILE: file('few.yaml', 'limits: { models: 5 }') })).toBe('true');
});

test('detectors: the file switches single ones, the environment all of them', () => {
  const path = file('detectors.yaml', 'detectors: { schema: false }');
  const on = { repetition: true, garbled: true, json: true, schema: true, language: true, length: true };
  const load = (text: string) => loadConfig({ BROWNOUT_CONFIG_FILE: path, BROWNOUT_DETECTORS: text }).config.detectors;
  expect(load('')).toEqual({ ...on, schema: false });
  expect(load('all')).toEqual(on);
});
