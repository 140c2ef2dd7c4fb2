/** What watching costs, side by side with not watching and with the peer: `pnpm bench --help`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { machineFacts } from './machine-facts.ts';
import { measureCost } from './measure-cost.ts';
import { measureFloor } from './measure-floor.ts';
import { measureMemory } from './measure-memory.ts';
import { measureStartup } from './measure-startup.ts';
import { render } from './render.ts';
import type { Results, Table } from './render.ts';
import { openBench } from './run-process.ts';

const HELP = `Measures processor time per call and per streamed chunk, memory per stream, and start-up time, of an application
without instrumentation, with OpenTelemetry's own for the openai SDK, and with Brownout; and what the steps of watching cost
on their own. Prints one set of tables.

  --quick   a tenth of the time and of the streams; the figures are rough
  --only    some of cost, floor, memory, startup, comma separated; default all
  --json    print one JSON object instead of tables
  --write   also put the tables into docs/performance.md; those that were not measured stay as they are
  --help    print this

Everything runs on this machine: no account, no network. Takes 10 to 30 minutes; progress goes to standard error.
`;

const DOCUMENT = new URL('../../docs/performance.md', import.meta.url);

const THOROUGH = { cost: { passes: 4, rounds: 5, counts: 2 }, streams: 1_000, starts: 15 } as const;
const QUICK = { cost: { passes: 1, rounds: 5, counts: 1 }, streams: 100, starts: 5 } as const;

const PARTS = ['startup', 'floor', 'cost', 'memory'] as const;
type Part = (typeof PARTS)[number];

async function measure(
  { cost, streams, starts }: typeof THOROUGH | typeof QUICK,
  parts: ReadonlySet<Part>,
): Promise<Results> {
  const bench = await openBench();
  const progress = (text: string): void => void process.stderr.write(`${text}\n`);
  try {
    return {
      machine: machineFacts(),
      startup: parts.has('startup') ? await measureStartup(bench, starts, progress) : [],
      floor: parts.has('floor') ? await measureFloor(bench, progress) : [],
      cost: parts.has('cost') ? await measureCost(bench, cost, progress) : [],
      memory: parts.has('memory') ? await measureMemory(bench, streams, progress) : [],
    };
  } finally {
    bench.close();
  }
}

function partsOf(only: string | undefined): ReadonlySet<Part> {
  if (only === undefined) return new Set(PARTS);
  const asked = only.split(',');
  const unknown = asked.find((name) => !PARTS.some((part) => part === name));
  if (unknown !== undefined)
    throw new Error(`--only knows ${PARTS.join(', ')}, and not '${unknown}'; nothing was measured.`);
  return new Set(PARTS.filter((part) => asked.includes(part)));
}

/** Puts each table in the place of the one under the same heading. */
function write(tables: readonly Table[]): void {
  let text = readFileSync(DOCUMENT, 'utf8');
  for (const { heading, body } of tables) {
    const start = text.indexOf(`${heading}\n`);
    const end = text.slice(start + heading.length).search(/^(?:#{2,3} |<!-- bench:end)/m);
    if (start < 0 || end < 0) {
      throw new Error(`docs/performance.md has no '${heading}' to put the table under; it was left as it is.`);
    }
    text = `${text.slice(0, start)}${heading}\n\n${body}\n\n${text.slice(start + heading.length + end)}`;
  }
  writeFileSync(DOCUMENT, text);
}

async function main(): Promise<void> {
  const options = {
    quick: { type: 'boolean' },
    only: { type: 'string' },
    json: { type: 'boolean' },
    write: { type: 'boolean' },
    help: { type: 'boolean' },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const results = await measure(values.quick ? QUICK : THOROUGH, partsOf(values.only));
  const tables = render(results);
  const shown = tables.map(({ heading, body }) => `${heading}\n\n${body}`).join('\n\n');
  process.stdout.write(values.json ? `${JSON.stringify(results)}\n` : `${shown}\n`);
  if (values.write) write(tables);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
