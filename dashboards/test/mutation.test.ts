import { expect, test } from 'vitest';
import { findProgram } from '../../tools/programs/find-program.ts';
import { DEFAULT_CONFIG } from '../src/config/read-config.ts';
import { alertGroups, recordingGroups } from '../src/render/rule-groups.ts';
import { hunt } from './support/kill.ts';
import { EQUIVALENT } from './support/equivalent.ts';

// Takes an hour of processor time or more, so it runs by `pnpm test:mutants` alone; with BROWNOUT_MUTANTS, every so many-th rule.
const every = Number(process.env['BROWNOUT_MUTANTS'] ?? 1);
const promtool = await findProgram('promtool');
const groups = [...recordingGroups(), ...alertGroups(DEFAULT_CONFIG)];
const rules = groups.flatMap((group) => group.rules).map((rule, index) => ({ rule, index }));
const titled = rules
  .filter(({ index }) => index % every === 0)
  .map(({ rule, index }) => ({
    title: `${index} ${'record' in rule ? rule.record : rule.alert}`,
    rule,
  }));

test.concurrent.for(titled)('every mistake in $title is noticed', { timeout: 3_600_000 }, async ({ rule }, context) => {
  if (promtool.kind === 'missing') return context.skip(promtool.why);
  const name = 'record' in rule ? rule.record : rule.alert;
  const excused = EQUIVALENT.filter((one) => one.rule.test(name));
  const { survivors } = await hunt(promtool.path, rule, groups);
  expect(survivors.filter((what) => !excused.some(({ mistake }) => mistake.test(what)))).toEqual([]);
});
