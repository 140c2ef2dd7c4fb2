import { expect, test } from 'vitest';
import { findProgram } from '../../tools/programs/find-program.ts';
import { DEFAULT_CONFIG } from '../src/config/read-config.ts';
import { alertGroups, recordingGroups } from '../src/render/rule-groups.ts';
import { SCENARIOS } from './scenarios/scenarios.ts';
import { closureOf } from './support/closure.ts';
import { promtoolTests } from './support/promtool-test.ts';
import { runPromtool } from './support/run-promtool.ts';
import { hasLongPhases, nameOf } from './support/scenario.ts';

// `pnpm test` takes what is quickly had and leaves out what runs over days; `pnpm test:rules` takes both versions and all.
const isThorough = process.env['BROWNOUT_RULES'] === 'all';
const promtools = isThorough
  ? [await findProgram('promtool', 'debian'), await findProgram('promtool', 'build')]
  : [await findProgram('promtool')];
const groups = [...recordingGroups(), ...alertGroups(DEFAULT_CONFIG)];
const scenarios = SCENARIOS.filter((scenario) => isThorough || !hasLongPhases(scenario));

for (const promtool of promtools) {
  const version = promtool.kind === 'found' ? `promtool ${promtool.version}, ${promtool.from}` : 'promtool';
  test.concurrent.for(scenarios.map((scenario) => ({ name: nameOf(scenario), scenario })))(
    `$name (${version})`,
    async ({ scenario }, context) => {
      if (promtool.kind === 'missing') return context.skip(promtool.why);
      const rules = closureOf(scenario.alert, scenario.rule ?? {}, groups);
      expect(await runPromtool(promtool.path, rules, promtoolTests(scenario))).toBe('');
    },
  );
}
