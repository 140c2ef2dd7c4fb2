import { execFile } from 'node:child_process';
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

test("Kubernetes' operator gets the same groups", () => {
  const files = generatedFiles();
  const groupsOf = (path: string): unknown[] => (parse(files[path] ?? '') as { groups: unknown[] }).groups;
  const { spec } = parse(files['kubernetes/prometheus-rule.yaml'] ?? '') as { spec: { groups: unknown[] } };
  expect(spec.groups).toEqual([
    ...groupsOf('prometheus/brownout-recording.yaml'),
    ...groupsOf('prometheus/brownout-alerts.yaml'),
  ]);
});
