/** What watching costs, side by side with not watching and with the peer: `pnpm bench --help`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { machineFacts } from './machine-facts.ts';
import { measureCost } from './measure-cost.ts';
import { measureFloor } from './measure-floor.ts';
import { measureMemory } from './measure-memory.ts';
import { measureStartup } from './measure-startup.ts';
import { render } from './render.ts';
import type { Results } from './render.ts';
import { openBench } from './run-process.ts';

const HELP = `Measures processor time per call and per streamed chunk, memory per stream, and start-up time, of an application
without instrumentation, with OpenTelemetry's own for the openai SDK, and with Brownout; and what the steps of watching cost
on their own. Prints one set of tables.

  --quick   a tenth of the time and of the streams; the figures are rough
  --json    print one JSON object instead of tables
  --write   also put the tables into docs/performance.md
  --help    print this

Everything runs on this machine: no account, no network. Takes 10 to 30 minutes; progress goes to standard error.
`;

const DOCUMENT = new URL('../../docs/performance.md', import.meta.url);
const MARKERS = ['<!-- bench:start -->', '<!-- bench:end -->'] as const;

const THOROUGH = { cost: { passes: 4, rounds: 5, counts: 2 }, streams: 1_000, starts: 15 } as const;
const QUICK = { cost: { passes: 1, rounds: 5, counts: 1 }, streams: 100, starts: 5 } as const;

async function measure({ cost, streams, starts }: typeof THOROUGH | typeof QUICK): Promise<Results> {
  const bench = await openBench();
  const progress = (text: string): void => void process.stderr.write(`${text}\n`);
  try {
    return {
      machine: machineFacts(),
      startup: await measureStartup(bench, starts, progress),
      floor: await measureFloor(bench, progress),
      cost: await measureCost(bench, cost, progress),
      memory: await measureMemory(bench, streams, progress),
    };
  } finally {
    bench.close();
  }
}

function write(tables: string): void {
  const text = readFileSync(DOCUMENT, 'utf8');
  const [start, end] = MARKERS.map((marker) => text.indexOf(marker)) as [number, number];
  if (start < 0 || end < start) {
    throw new Error(
      `docs/performance.md has no ${MARKERS.join(' … ')} to put the tables between; it was left as it is.`,
    );
  }
  writeFileSync(DOCUMENT, `${text.slice(0, start)}${MARKERS[0]}\n\n${tables}\n\n${text.slice(end)}`);
}

async function main(): Promise<void> {
  const options = {
    quick: { type: 'boolean' },
    json: { type: 'boolean' },
    write: { type: 'boolean' },
    help: { type: 'boolean' },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const results = await measure(values.quick ? QUICK : THOROUGH);
  const tables = render(results);
  process.stdout.write(values.json ? `${JSON.stringify(results)}\n` : `${tables}\n`);
  if (values.write) write(tables);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
