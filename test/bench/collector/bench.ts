/** What agent and gateway need: `pnpm bench:collector --help`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { findProgram } from '../../../tools/programs/find-program.ts';
import { measureHolding, measureRate, type Holding, type RateRow } from './measure.ts';

const HELP = `Measures processor time and memory of agent and gateway, as shipped, for spans like those of the preload (three in a
trace, one trace in a hundred with an unusable call), what the sampler holds, and what a queue takes on a disk.

  --disk    folder for the queues; default /dev/shm, which is memory: what this machine's disk can do is left out
  --quick   short windows; the figures are rough
  --json    print one JSON object instead of tables
  --write   also put the tables into docs/deployment.md
  --help    print this

Everything runs on this machine, which has to be Linux. Takes about twelve minutes; progress goes to standard error.
`;
const DOCUMENT = new URL('../../../docs/deployment.md', import.meta.url);
const [BEGIN, END] = ['<!-- bench:collector begin -->', '<!-- bench:collector end -->'] as const;

const THOROUGH = { rates: [500, 1000, 2000, 5000], windows: { warmUp: 20, windows: 3, windowSeconds: 15 } } as const;
const QUICK = { rates: [500, 1000, 2000, 5000], windows: { warmUp: 12, windows: 2, windowSeconds: 8 } } as const;

interface Results {
  readonly machine: string;
  readonly otelcol: string;
  readonly rates: readonly RateRow[];
  readonly holding: Holding;
}

const { values } = parseArgs({
  options: {
    disk: { type: 'string', default: '/dev/shm' },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const found = await findProgram('otelcol', 'own', say);
if (found.kind === 'missing') process.exit(1);
const results = await measure(found.path, found.version);
const shown = render(results);
process.stdout.write(values.json ? `${JSON.stringify(results)}\n` : `${shown}\n`);
if (values.write) write(shown);

async function measure(otelcol: string, version: string): Promise<Results> {
  const { rates, windows } = values.quick ? QUICK : THOROUGH;
  const rows: RateRow[] = [];
  for (const rate of rates) rows.push(await measureRate({ otelcol, disk: values.disk }, rate, windows, say));
  return {
    machine: `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, ${process.platform} ${process.arch}`,
    otelcol: version,
    rates: rows,
    holding: await measureHolding({ otelcol, disk: values.disk }, say),
  };
}

function render({ machine, otelcol, rates, holding }: Results): string {
  const cores = (rate: number, seconds: number) => ((rate / 1000) * seconds).toFixed(2);
  const rows = rates.map(({ spansPerSecond: rate, agent, gateway, reachedPerSecond, flushesPerThousand }) => [
    rate.toLocaleString('en'),
    `${(agent.secondsPerThousand * 1000).toFixed(0)} ms`,
    cores(rate, agent.secondsPerThousand),
    `${agent.residentMiB.toFixed(0)} MiB`,
    Math.round(reachedPerSecond).toLocaleString('en'),
    flushesPerThousand.toFixed(0),
    `${(gateway.secondsPerThousand * 1000).toFixed(0)} ms`,
    cores(rate, gateway.secondsPerThousand),
    `${gateway.residentMiB.toFixed(0)} MiB`,
  ]);
  const head = [
    'Spans/s',
    'Agent: processor time per 1,000',
    'cores',
    'memory',
    'Spans/s that the sender came to',
    'Gateway: flushes of its disk per 1,000',
    'Gateway: processor time per 1,000',
    'cores',
    'memory',
  ];
  return [
    ...[head, head.map(() => '---:'), ...rows].map((cells) => `| ${cells.join(' | ')} |`),
    '',
    `A span that waits for its trace's decision takes ${(holding.bytesPerSpanHeld / 1024).toFixed(1)} KiB of the gateway's memory,`,
    `the answer about a trace ${holding.bytesPerDecision.toFixed(0)} bytes, for the last million of each answer;`,
    `1,000 spans that wait for a gateway take ${(holding.queueBytesPerThousand / 1024).toFixed(0)} KiB of a disk.`,
    '',
    `(otelcol ${otelcol}; ${machine}. Queues lay in ${values.disk}. Sender and store ran on the same cores: processor time is each process's own, memory is what it held resident.)`,
  ].join('\n');
}

/** Between its marks. */
function write(tables: string): void {
  const text = readFileSync(DOCUMENT, 'utf8');
  const [start, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`docs/deployment.md has no ${BEGIN} and ${END}; it was left as it is.`);
  writeFileSync(DOCUMENT, `${text.slice(0, start + BEGIN.length)}\n\n${tables}\n\n${text.slice(end)}`);
}
