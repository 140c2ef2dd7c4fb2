import { join } from 'node:path';
import { loadSchedule, stretchSchedule } from '@brownout/simulator';
import { Command, InvalidArgumentError, Option } from 'commander';
import { runDemo } from './run-demo.ts';
import { holdBack } from './screen/errors.ts';
import { createPaint } from './screen/format.ts';
import { createShow, SILENT } from './screen/show.ts';
import { renderSummary } from './screen/summary-text.ts';
import { playStack } from './stack/play-stack.ts';

/** Length of the load that the recorded schedule was written for, in seconds. */
const RECORDED_SECONDS = 55;
const TICKETS_PER_SECOND = 3;

const HELP = `
It needs no account, and without --stack no network. Ctrl-C stops it and everything that it started.

--stack takes otelcol, prometheus and alertmanager from OTELCOL_BIN, PROMETHEUS_BIN and ALERTMANAGER_BIN, from the PATH,
or from the cache; what is in none of them is unpacked or built there once, which takes Go and up to a quarter of an hour.
It runs for three and a half minutes, with all windows of the rules divided by 20; with --true-windows as they are, for 68.`;

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

interface Options {
  readonly duration: number;
  readonly json: boolean;
  readonly stack: boolean;
  readonly trueWindows: boolean;
  readonly keep: boolean;
}

const program = new Command('demo')
  .description('Plays a brownout of a language model to a small service, and shows what its telemetry says about it.')
  .option(
    '-d, --duration <seconds>',
    'length of the load; the schedule is stretched to it',
    readDuration,
    RECORDED_SECONDS,
  )
  .option('--json', 'print nothing but the summary, as one JSON object on one line', false)
  .addOption(
    new Option('--stack', 'through a real Collector, Prometheus and Alertmanager, with the rules and routes as shipped')
      .conflicts('duration')
      .default(false),
  )
  .addOption(
    new Option('--true-windows', 'with --stack: in the time that real alerts take, over an hour').default(false),
  )
  .addOption(new Option('--keep', 'with --stack: leave everything running until Ctrl-C').default(false))
  .addHelpText('after', HELP)
  .allowExcessArguments(false)
  .parse();
const { duration, json, stack, trueWindows, keep } = program.opts<Options>();
if (!stack && (trueWindows || keep)) program.error('error: --true-windows and --keep belong to --stack.');

const interrupt = new AbortController();
let exitCode = 0;
for (const [name, code] of Object.entries(SIGNALS)) {
  process.once(name, () => {
    exitCode = code;
    interrupt.abort();
  });
}

const paint = createPaint(process.stdout);
const errors = holdBack(process.stderr, process.stdout.isTTY && !json);
const common = {
  ticketsPerSecond: TICKETS_PER_SECOND,
  signal: interrupt.signal,
  onError: (name: string, line: string) => errors.write(`${name}: ${line}\n`),
};

try {
  await (stack ? playStack({ ...common, json, trueWindows, keep, paint }) : playDemo());
} catch (error) {
  if (!interrupt.signal.aborted) {
    process.stderr.write(`The demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
    exitCode = 1;
  }
}
errors.release();
process.exit(exitCode);

async function playDemo(): Promise<void> {
  const recorded = loadSchedule(join(import.meta.dirname, 'brownout.yaml'));
  const schedule = stretchSchedule(recorded, duration / RECORDED_SECONDS);
  const show = json ? SILENT : createShow(process.stdout, { totalSeconds: duration, phases: schedule.phases, paint });
  try {
    const summary = await runDemo({
      ...common,
      schedule,
      seconds: duration,
      onMoment: (moment) => show.moment(moment),
    });
    show.done();
    process.stdout.write(json ? `${JSON.stringify(summary)}\n` : renderSummary(summary, paint));
  } finally {
    show.done();
  }
}

function readDuration(text: string): number {
  const value = Number(text);
  if (!(value >= 20 && value <= 600)) throw new InvalidArgumentError('It must be a number of seconds from 20 to 600.');
  return value;
}
