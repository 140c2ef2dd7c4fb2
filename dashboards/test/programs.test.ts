import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { findProgram } from '../../tools/programs/find-program.ts';
import { generatedFiles } from '../src/generated-files.ts';

const HOME = join(import.meta.dirname, '..');
const isThorough = process.env['BROWNOUT_RULES'] === 'all';
const run = (program: string, ...args: readonly string[]) => promisify(execFile)(program, args, { cwd: HOME });

const promtool = await findProgram('promtool');
const pint = await findProgram('pint', isThorough ? 'build' : 'newest');
const [mimirtool, thanos, linter] = [
  await findProgram('mimirtool', isThorough ? 'own' : 'any'),
  await findProgram('thanos', isThorough ? 'own' : 'any'),
  await findProgram('dashboard-linter', isThorough ? 'own' : 'any'),
];

test('promtool loads the rules as shipped', async (context) => {
  if (promtool.kind === 'missing') return context.skip(promtool.why);
  const { stdout } = await run(
    promtool.path,
    'check',
    'rules',
    'prometheus/brownout-recording.yaml',
    'prometheus/brownout-alerts.yaml',
  );
  expect(stdout.match(/SUCCESS/g)).toHaveLength(2);
});

test('pint has nothing to say but what is excluded with a reason', async (context) => {
  if (pint.kind === 'missing') return context.skip(pint.why);
  const { stderr } = await run(pint.path, '--no-color', '--offline', 'lint', '--min-severity=info', 'prometheus');
  expect(stderr).not.toMatch(/Problems found/);
  expect(stderr).toMatch(/Checking Prometheus rules/);
});

const RULES = ['prometheus/brownout-recording.yaml', 'prometheus/brownout-alerts.yaml'] as const;

test("Mimir's ruler would take them", async (context) => {
  if (mimirtool.kind === 'missing') return context.skip(mimirtool.why);
  const { stderr } = await run(mimirtool.path, 'rules', 'lint', '--dry-run', ...RULES);
  expect(stderr).toContain('level=info msg=SUCCESS rules_found=');
  await run(mimirtool.path, 'rules', 'check', ...RULES);
});

test("Thanos' ruler would take them", async (context) => {
  if (thanos.kind === 'missing') return context.skip(thanos.why);
  const { stderr } = await run(thanos.path, 'tools', 'rules-check', ...RULES.map((file) => `--rules=${file}`));
  expect(stderr.match(/result=SUCCESS/g)).toHaveLength(2);
});

test("Grafana's linter has nothing to say but what is excluded with a reason", async (context) => {
  if (linter.kind === 'missing') return context.skip(linter.why);
  const files = globSync('grafana/*.json', { cwd: HOME });
  expect(files.length).toBeGreaterThan(0);
  // It ends with an error where it finds one, or a warning.
  for (const file of files) await run(linter.path, 'lint', '--strict', file);
});

test("Kubernetes' operator gets the same groups", () => {
  const files = generatedFiles();
  const groupsOf = (path: string): unknown[] => (parse(files[path] ?? '') as { groups: unknown[] }).groups;
  const { spec } = parse(files['kubernetes/prometheus-rule.yaml'] ?? '') as { spec: { groups: unknown[] } };
  expect(spec.groups).toEqual([
    ...groupsOf('prometheus/brownout-recording.yaml'),
    ...groupsOf('prometheus/brownout-alerts.yaml'),
  ]);
});
