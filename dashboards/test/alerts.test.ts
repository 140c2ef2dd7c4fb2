import { expect, test } from 'vitest';
import { findProgram } from '../../tools/programs/find-program.ts';
import { DEFAULT_CONFIG } from '../src/config/read-config.ts';
import { alertGroups, recordingGroups } from '../src/render/rule-groups.ts';
import { runPromtool } from './support/run-promtool.ts';
import { SUITES } from './support/suites.ts';

// `pnpm test` takes what is quickly had and leaves out what runs over days; `pnpm test:rules` takes both versions and all.
const isThorough = process.env['BROWNOUT_RULES'] === 'all';
const promtools = isThorough
  ? [await findProgram('promtool', 'debian'), await findProgram('promtool', 'build')]
  : [await findProgram('promtool')];
const groups = [...recordingGroups(), ...alertGroups(DEFAULT_CONFIG)];
const suites = SUITES.filter(({ isLong }) => isThorough || !isLong);

for (const promtool of promtools) {
  const version = promtool.kind === 'found' ? `promtool ${promtool.version}, ${promtool.from}` : 'promtool';
  test.concurrent.for(suites)(`$name (${version})`, { timeout: 900_000 }, async (suite, context) => {
    if (promtool.kind === 'missing') return context.skip(promtool.why);
    expect(await runPromtool(promtool.path, suite.rulesOf(groups), suite.tests, suite.evaluatedEvery)).toBe('');
  });
}
