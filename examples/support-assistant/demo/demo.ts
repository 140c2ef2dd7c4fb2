import { join } from 'node:path';
import { loadSchedule, stretchSchedule } from '@brownout/simulator';
import { Command, InvalidArgumentError } from 'commander';
import { runDemo } from './run-demo.ts';
import { createPaint } from './screen/format.ts';
import { createShow, SILENT } from './screen/show.ts';
import { renderSummary } from './screen/summary-text.ts';

/** Length of the load that the recorded schedule was written for, in seconds. */
const RECORDED_SECONDS = 55;
const TICKETS_PER_SECOND = 3;

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

interface Options {
  readonly duration: number;
  readonly json: boolean;
}

const { duration, json } = new Command('demo')
  .description('Plays a brownout of a language model to a small service, and shows what its telemetry says about it.')
  .option(
    '-d, --duration <seconds>',
    'length of the load; the schedule is stretched to it',
    readDuration,
    RECORDED_SECONDS,
  )
  .option('--json', 'print nothing but the summary, as one JSON object on one line', false)
  .addHelpText('after', '\nIt needs no network and no account. Ctrl-C stops it and everything that it started.')
  .allowExcessArguments(false)
  .parse()
  .opts<Options>();

const interrupt = new AbortController();
let exitCode = 0;
for (const [name, code] of Object.entries(SIGNALS)) {
  process.once(name, () => {
    exitCode = code;
    interrupt.abort();
  });
}

const schedule = stretchSchedule(loadSchedule(join(import.meta.dirname, 'brownout.yaml')), duration / RECORDED_SECONDS);
const paint = createPaint(process.stdout);
const show = json ? SILENT : createShow(process.stdout, { totalSeconds: duration, phases: schedule.phases, paint });

try {
  const summary = await runDemo({
    schedule,
    seconds: duration,
    ticketsPerSecond: TICKETS_PER_SECOND,
    signal: interrupt.signal,
    onMoment: (moment) => show.moment(moment),
    onError: (name, line) => process.stderr.write(`${name}: ${line}\n`),
  });
  show.done();
  process.stdout.write(json ? `${JSON.stringify(summary)}\n` : renderSummary(summary, paint));
} catch (error) {
  show.done();
  if (!interrupt.signal.aborted) {
    process.stderr.write(`The demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
    exitCode = 1;
  }
}
process.exit(exitCode);

function readDuration(text: string): number {
  const value = Number(text);
  if (!(value >= 20 && value <= 600)) throw new InvalidArgumentError('It must be a number of seconds from 20 to 600.');
  return value;
}
