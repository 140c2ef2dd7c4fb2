import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Duration } from '../../src/promql/series.ts';
import { EVALUATED_EVERY } from '../../src/recording/record.ts';
import type { RuleGroup } from '../../src/render/rule-groups.ts';
import type { PromtoolTest } from './promtool-test.ts';

/** Runs promtool's tests on rules; resolves with what it complained of, `''` where all passed. */
export async function runPromtool(
  promtool: string,
  groups: readonly RuleGroup[],
  tests: readonly PromtoolTest[],
  evaluatedEvery: Duration = EVALUATED_EVERY,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'brownout-rules-'));
  try {
    await writeFile(join(folder, 'rules.yaml'), stringify({ groups }));
    await writeFile(
      join(folder, 'test.yaml'),
      stringify(
        {
          rule_files: ['rules.yaml'],
          evaluation_interval: evaluatedEvery,
          // Else it evaluates them in an order of its own each time, as servers do, and minutes would differ.
          group_eval_order: groups.map(({ name }) => name),
          tests,
        },
        { aliasDuplicateObjects: false },
      ),
    );
    return await new Promise((resolve, reject) => {
      execFile(
        promtool,
        ['test', 'rules', 'test.yaml'],
        { cwd: folder, maxBuffer: 1e8, timeout: 300_000 },
        (error, stdout, stderr) => {
          if (error === null) resolve('');
          else if (typeof error.code === 'number') resolve(`${stdout}${stderr}`);
          else reject(error);
        },
      );
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
