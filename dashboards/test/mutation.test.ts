import { expect, test } from 'vitest';
import { findProgram } from '../../tools/programs/find-program.ts';
import { DEFAULT_CONFIG } from '../src/config/read-config.ts';
import { alertGroups, recordingGroups } from '../src/render/rule-groups.ts';
import { chosen } from './support/chosen.ts';
import { EQUIVALENT } from './support/equivalent.ts';
import { hunt } from './support/kill.ts';

// Takes hours of processor time, so it runs by `pnpm test:mutants` alone, and tells each rule as it is done with it.
const promtool = await findProgram('promtool');
const groups = [...recordingGroups(), ...alertGroups(DEFAULT_CONFIG)];
const rules = groups
  .flatMap((group) => group.rules)
  .map((rule, index) => ({ index, rule, name: 'record' in rule ? rule.record : rule.alert }))
  .filter(({ index, name }) => chosen(process.env['BROWNOUT_MUTANTS'] ?? '', index, name));
let done = 0;

test.concurrent.for(rules)(
  'every mistake in rule $index, $name, is noticed',
  { timeout: 3_600_000 },
  async ({ index, rule, name }, context) => {
    if (promtool.kind === 'missing') return context.skip(promtool.why);
    const start = performance.now();
    const excused = EQUIVALENT.filter((one) => one.rule.test(name));
    const isExcused = (what: string): boolean => excused.some(({ mistake }) => mistake.test(what));
    const hunted = await hunt(promtool.path, rule, groups, isExcused);
    done += 1;
    const seconds = Math.round((performance.now() - start) / 1000);
    const told = `${hunted.mutants} mutants, ${hunted.excused} excused, ${hunted.survivors.length} survivors, ${seconds} s`;
    const survivors = hunted.survivors.map((what) => `  ${what}\n`).join('');
    process.stderr.write(`${done} of ${rules.length}: rule ${index}, ${name}: ${told}\n${survivors}`);
    expect(hunted.survivors).toEqual([]);
  },
);
