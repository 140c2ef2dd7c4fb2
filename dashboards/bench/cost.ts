import { parseArgs } from 'node:util';
import { findProgram } from '../../tools/programs/find-program.ts';
import { DEFAULT_CONFIG } from '../src/config/read-config.ts';
import { alertGroups, recordingGroups } from '../src/render/rule-groups.ts';
import { runPromtool } from '../test/support/run-promtool.ts';
import { fleet } from './fleet.ts';

/**
 * What one evaluation of all rules costs, for 10, 100 and 1,000 combinations of provider, model and use case. promtool
 * evaluates the shipped rules with the engine that Prometheus has; what it takes to read the samples is taken off.
 */

const { json } = parseArgs({ options: { json: { type: 'boolean', default: false } } }).values;
const MINUTES = 10;
const groups = [...recordingGroups(), ...alertGroups(DEFAULT_CONFIG)];

/** promtool wants a rule file. */
const NO_RULES = [{ name: 'none', interval: '1m', rules: [] }];

const promtool = await findProgram('promtool');
if (promtool.kind === 'missing') {
  console.error(promtool.why);
  process.exit(1);
}

const results = [];
for (const combinations of [10, 100, 1000]) {
  const input = fleet(combinations, MINUTES);
  const withRules = await secondsFor(input, groups);
  const without = await secondsFor(input, []);
  const milliseconds = ((withRules - without) / MINUTES) * 1000;
  const result = {
    combinations,
    series: input.length,
    milliseconds: Math.round(milliseconds),
    perCombination: milliseconds / combinations,
  };
  results.push(result);
  if (!json)
    console.log(
      `${combinations} combinations (${result.series} series): ${result.milliseconds} ms for all rules once, ${result.perCombination.toFixed(2)} ms for each combination`,
    );
}
if (json) console.log(JSON.stringify({ promtool: promtool.version, results }));

/** Processor time would be better, and is not to be had of a child here: the shorter of two runs. */
async function secondsFor(input: ReturnType<typeof fleet>, rules: typeof groups): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < 2; turn += 1) {
    const start = performance.now();
    const said = await runPromtool(
      promtool.kind === 'found' ? promtool.path : '',
      rules.length === 0 ? NO_RULES : rules,
      [
        {
          name: 'cost',
          interval: '1m',
          input_series: input,
          promql_expr_test: [
            { expr: 'vector(1)', eval_time: `${MINUTES}m`, exp_samples: [{ labels: '{}', value: 1 }] },
          ],
        },
      ],
    );
    if (said !== '') throw new Error(said);
    times.push((performance.now() - start) / 1000);
  }
  return Math.min(...times);
}
