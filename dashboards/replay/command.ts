import { parseArgs } from 'node:util';
import { CONDITIONS } from './corpus/conditions.ts';
import { findEvaluator } from './find-evaluator.ts';
import { parts, type Part, type PartResult } from './parts.ts';
import { keepResults, RESULTS } from './results.ts';

const HELP = `Replays the labelled corpus of simulated days through the shipped rules in Prometheus' own engine, and keeps
what was told in dashboards/replay/results.jsonl. \`pnpm generate\` makes docs/detection.md of it.

  pnpm replay                    everything: an hour on two processors
  pnpm replay --only target-1    one part; may be given several times
  pnpm replay --fault refusal    the cells of one fault; may be given several times
  pnpm replay --list             the parts
  pnpm replay --days 3           another number of healthy days: nothing is kept
  pnpm replay --jobs 1           parts evaluated at the same time; 2 by default
  pnpm replay --json             what was told, as JSON, on standard output
  pnpm replay:record             makes the calls that the corpus is played with again (five minutes)
`;

const { values: options } = parseArgs({
  options: {
    help: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    fault: { type: 'string', multiple: true, default: [] },
    days: { type: 'string' },
    jobs: { type: 'string', default: '2' },
  },
});

const say = (text: string): void => console.error(text);

async function main(): Promise<number> {
  if (options.help) return (console.log(HELP), 0);
  const days = options.days === undefined ? undefined : Number(options.days);
  const jobs = Number(options.jobs);
  if ((days !== undefined && !(days > 0)) || !(jobs >= 1)) return fail('--days and --jobs want numbers above 0.');
  const noFaults = options.fault.filter((name) => !CONDITIONS.some(({ fault }) => fault === name));
  if (noFaults.length > 0) return fail(`the simulator has no fault ${noFaults.join(', ')}.`);
  const isPlayed = (fault: string): boolean => options.fault.length === 0 || options.fault.includes(fault);
  const all = parts({ days, isPlayed });
  if (options.list) return (console.log(all.map(({ name, about }) => `${name.padEnd(22)} ${about}`).join('\n')), 0);
  const unknown = options.only.filter((name) => !all.some((part) => part.name === name));
  if (unknown.length > 0) return fail(`there is no part ${unknown.join(', ')}; --list shows them.`);
  const chosen = all.filter(({ name, hasCells }) =>
    options.only.length === 0 ? hasCells || options.fault.length === 0 : options.only.includes(name),
  );

  const evaluator = await findEvaluator(say);
  if (evaluator.kind === 'missing') return fail(evaluator.why);
  const order = all.map(({ name }) => name);
  const results = await runParts(chosen, evaluator.path, jobs, (part, result) => {
    // What is done is not lost where the rest is not waited for.
    if (days === undefined) keepResults(new Map([[part, result]]), order, isPlayed);
  });
  if (options.json) console.log(JSON.stringify(Object.fromEntries(results)));
  if (days !== undefined) return 0;
  say(`Wrote ${RESULTS}. Run \`pnpm generate\` to write docs/detection.md.`);
  return 0;
}

function fail(why: string): number {
  say(why);
  return 1;
}

async function runParts(
  chosen: readonly Part[],
  evaluator: string,
  jobs: number,
  keep: (part: string, result: PartResult) => void,
): Promise<Map<string, PartResult>> {
  const results = new Map<string, PartResult>();
  const queue = chosen.values();
  const worker = async (): Promise<void> => {
    for (const part of queue) {
      const start = performance.now();
      let told = 0;
      const result = await part.run(evaluator, (share) => {
        // Of a part that takes half an hour, a line every few minutes is enough.
        if (share < told + 0.1) return;
        told = share;
        say(`${part.name}: ${Math.round(share * 100)} %`);
      });
      results.set(part.name, result);
      keep(part.name, result);
      say(
        `${part.name}: done in ${Math.round((performance.now() - start) / 1000)} s (${results.size} of ${chosen.length})`,
      );
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return results;
}

process.exitCode = await main();
