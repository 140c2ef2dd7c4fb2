import { parseArgs } from 'node:util';
import { findEvaluator } from './find-evaluator.ts';
import { parts, type Part, type PartResult } from './parts.ts';
import { keepResults, RESULTS } from './results.ts';

const HELP = `Replays the labelled corpus of simulated days through the shipped rules in Prometheus' own engine, and keeps
what was told in dashboards/replay/results.jsonl. \`pnpm generate\` makes docs/detection.md of it.

  pnpm replay                    everything: an hour on two processors
  pnpm replay --only target-1    one part; may be given several times
  pnpm replay --list             the parts
  pnpm replay --days 3           more days in each piece of the healthy month: nothing is kept
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
  const all = parts(days);
  if (options.list) return (console.log(all.map(({ name, about }) => `${name.padEnd(22)} ${about}`).join('\n')), 0);
  const unknown = options.only.filter((name) => !all.some((part) => part.name === name));
  if (unknown.length > 0) return fail(`there is no part ${unknown.join(', ')}; --list shows them.`);
  const chosen = all.filter(({ name }) => options.only.length === 0 || options.only.includes(name));

  const evaluator = await findEvaluator(say);
  if (evaluator.kind === 'missing') return fail(evaluator.why);
  const results = await runParts(chosen, evaluator.path, jobs);
  if (options.json) console.log(JSON.stringify(Object.fromEntries(results)));
  if (days !== undefined) return 0;
  keepResults(
    results,
    all.map(({ name }) => name),
  );
  say(`Wrote ${RESULTS}. Run \`pnpm generate\` to write docs/detection.md.`);
  return 0;
}

function fail(why: string): number {
  say(why);
  return 1;
}

async function runParts(chosen: readonly Part[], evaluator: string, jobs: number): Promise<Map<string, PartResult>> {
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
      say(
        `${part.name}: done in ${Math.round((performance.now() - start) / 1000)} s (${results.size} of ${chosen.length})`,
      );
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return results;
}

process.exitCode = await main();
