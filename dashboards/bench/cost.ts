import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findProgram, type Found } from '../../tools/programs/find-program.ts';
import { DEFAULT_CONFIG } from '../src/config/read-config.ts';
import { table } from '../src/render/markdown.ts';
import { alertGroups, recordingGroups } from '../src/render/rule-groups.ts';
import { type Cost, evaluate } from './evaluate.ts';

const HELP = `Measures what one evaluation of every rule costs a real Prometheus, for 10, 100 and 1,000 combinations of provider,
model and use case with a past of three days.

  --json    print one JSON object instead of a table
  --write   also put the table into docs/performance.md
  --help    print this

Takes some minutes; Prometheus is built with Go where it is not there yet.
`;

const DOCUMENT = new URL('../../docs/performance.md', import.meta.url);
const MARKS = ['<!-- rules:start -->', '<!-- rules:end -->'] as const;
const COMBINATIONS = [10, 100, 1000];
const ROUNDS = 20;

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, write: { type: 'boolean' }, help: { type: 'boolean' } },
});
if (values.help) {
  process.stdout.write(HELP);
} else {
  const [prometheus, promtool] = [await findProgram('prometheus', 'build'), await findProgram('promtool', 'build')];
  await main(pathOf(prometheus), pathOf(promtool), prometheus.kind === 'found' ? prometheus.version : '');
}

async function main(prometheus: string, promtool: string, version: string): Promise<void> {
  const groups = [...recordingGroups(), ...alertGroups(DEFAULT_CONFIG)];
  const costs: Cost[] = [];
  for (const combinations of COMBINATIONS) {
    process.stderr.write(`${combinations} combinations\n`);
    costs.push(await evaluate({ prometheus, promtool }, groups, combinations, ROUNDS));
  }
  const shown = `Prometheus ${version}, ${groups.flatMap(({ rules }) => rules).length} rules.\n\n${tableOf(costs)}`;
  process.stdout.write(values.json ? `${JSON.stringify({ prometheus: version, costs })}\n` : `${shown}\n`);
  if (values.write) write(shown);
}

/** The dearest groups by name, the others in one line. */
function tableOf(costs: readonly Cost[]): string {
  const last = costs.at(-1);
  const names = Object.entries(last?.groups ?? {})
    .toSorted(([, one], [, other]) => other - one)
    .map(([name]) => name);
  const [dear, rest] = [names.slice(0, 8), names.slice(8)];
  const row = (title: string, of: (cost: Cost) => number) => [title, ...costs.map((cost) => of(cost).toFixed(1))];
  const sum = (of: readonly string[]) => (cost: Cost) =>
    of.reduce((total, name) => total + (cost.groups[name] ?? 0), 0);
  return table(
    ['Processor time of one evaluation, ms', ...costs.map(({ combinations }) => `${combinations} combinations`)],
    [
      ...dear.map((name) => row(`\`${name}\``, sum([name]))),
      row(`the other ${rest.length} groups`, sum(rest)),
      row('**all rules**', ({ milliseconds }) => milliseconds),
      row('for each combination', ({ milliseconds, combinations }) => milliseconds / combinations),
      ['series that arrive', ...costs.map(({ series }) => String(series))],
    ],
  );
}

function write(shown: string): void {
  const text = readFileSync(DOCUMENT, 'utf8');
  const [from, to] = MARKS.map((mark) => text.indexOf(mark));
  if (from === undefined || to === undefined || from < 0 || to < from)
    throw new Error(`docs/performance.md has no ${MARKS.join(' … ')} to put the table between; it was left as it is.`);
  writeFileSync(DOCUMENT, `${text.slice(0, from)}${MARKS[0]}\n\n${shown}\n\n${text.slice(to)}`);
}

function pathOf(found: Found): string {
  if (found.kind === 'found') return found.path;
  process.stderr.write(`bench: ${found.why}\n`);
  process.exit(1);
}
