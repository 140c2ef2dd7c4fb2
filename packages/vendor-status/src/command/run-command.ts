import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { openIncidents } from '../snapshot.ts';
import { type VendorWatch, watchVendor } from '../vendor-watch.ts';
import { type Vendor, VENDORS } from '../vendors.ts';
import { formatTable, toJson } from './report.ts';
import { lagCommand } from '../lag/lag-command.ts';
import { DEFAULT_PACE_MS } from '../poll-delay.ts';
import { CONFIG_VARIABLE, loadSettings } from './load-settings.ts';
import { readDuration } from './read-duration.ts';
import { runPoller } from './run-poller.ts';
import { namesOf, readSubject, readVendors, UsageError } from './vendor-arguments.ts';

/** Where the command speaks, and how it is told to stop. */
export interface Terminal {
  write(text: string): void;
  complain(text: string): void;
  /** Shows how far a work is that takes a while, where somebody is watching. */
  progress?(text: string): void;
  /** Environment variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Resolves when the user or the container wants to stop. */
  readonly interrupted: Promise<unknown>;
}

const EXIT = { operational: 0, trouble: 1, unknown: 2 } as const;

/** Runs the command to its end and resolves with its exit code. */
export async function runCommand(
  args: readonly string[],
  terminal: Terminal,
  vendors: readonly Vendor[] = VENDORS,
): Promise<number> {
  let code: number = EXIT.operational;
  const program = new Command('brownout-vendor-status')
    .description("Reads vendors' status pages: what they say, beside what you see.")
    .configureOutput({ writeOut: (text) => terminal.write(text), writeErr: (text) => terminal.complain(text) })
    .option('--config <file>', `YAML or JSON: more vendors, changes to known ones, pace (or ${CONFIG_VARIABLE})`)
    .exitOverride();
  const json = () => new Option('--json', 'for programs').default(false);
  const settings = () =>
    loadSettings(program.opts<{ config?: string }>().config ?? terminal.environment[CONFIG_VARIABLE], vendors);
  const print = (watches: readonly VendorWatch[], asJson: boolean) =>
    terminal.write(asJson ? toJson(watches) : formatTable(watches));

  program
    .command('once')
    .description('read every page once and print what it says')
    .argument('[vendors...]', `${SOME_VENDORS} (${namesOf(vendors)})`)
    .addOption(json())
    .action(async (chosen: readonly string[], options: { readonly json: boolean }) => {
      print(await pollAll(readVendors(chosen, settings().vendors), terminal), options.json);
    });
  program
    .command('check')
    .description('exit with 0 where the page tells of no trouble, 1 where it does, 2 where it was not understood')
    .argument('<vendor>', `${namesOf(vendors)}; name=url; or a gen_ai.provider.name, such as aws.bedrock`)
    .addOption(json())
    .action(async (subject: string, options: { readonly json: boolean }) => {
      const watches = await pollAll(readSubject(subject, settings().vendors), terminal);
      print(watches, options.json);
      code = Math.max(...watches.map(exitCodeOf));
    });
  program
    .command('run')
    .description(
      'keep reading and send metrics and events over OTLP (OTEL_EXPORTER_OTLP_ENDPOINT); one per cluster is enough',
    )
    .argument('[vendors...]', `${SOME_VENDORS} (${namesOf(vendors)})`)
    .option('--every <duration>', "how often; the config file's pace, or 1m, if left out", readDuration)
    .option('--health-port <port>', 'answer GET /healthz there, for a liveness probe', readPort)
    .action(async (chosen: readonly string[], options: { readonly every?: number; readonly healthPort?: number }) => {
      const { vendors: configured, paceMs = DEFAULT_PACE_MS } = settings();
      const { every, healthPort } = options;
      const run = { vendors: readVendors(chosen, configured), paceMs: every === undefined ? paceMs : every * 1000 };
      await runPoller({ ...run, ...(healthPort === undefined ? {} : { healthPort }) }, terminal);
    });
  const lag = lagCommand(terminal, (isAnswered) => void (code = isAnswered ? code : EXIT.unknown), Date.now);
  program.addCommand(lag.copyInheritedSettings(program));
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.unknown;
    if (!(error instanceof UsageError)) throw error;
    terminal.complain(`error: ${error.message}\n`);
    return EXIT.unknown;
  }
  return code;
}

async function pollAll(vendors: readonly Vendor[], terminal: Terminal): Promise<readonly VendorWatch[]> {
  const watches = vendors.map((vendor) => watchVendor(vendor));
  let done = 0;
  const show = () => terminal.progress?.(`Reading status pages: ${done} of ${watches.length}`);
  show();
  const pollOne = async (watch: VendorWatch): Promise<void> => {
    await watch.poll();
    done += 1;
    show();
  };
  await Promise.all(watches.map(pollOne));
  terminal.progress?.('');
  return watches;
}

function exitCodeOf({ knowledge }: VendorWatch): number {
  if (knowledge.kind === 'unknown') return EXIT.unknown;
  const { components } = knowledge.snapshot;
  const fine =
    components.every(({ status }) => status === 'operational') && openIncidents(knowledge.snapshot).length === 0;
  return fine ? EXIT.operational : EXIT.trouble;
}

const SOME_VENDORS = 'only these; name=url reads the page there: a mirror, or the simulator';

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('It must be a port.');
  return port;
}
