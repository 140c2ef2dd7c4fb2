import { Argument, Command, CommanderError, Option } from 'commander';
import { DEFAULT_LIMITS } from '../fetch-page.ts';
import { openIncidents } from '../snapshot.ts';
import { startVendorStatus } from '../start-vendor-status.ts';
import { type VendorWatch, watchVendor } from '../vendor-watch.ts';
import { type Vendor, VENDORS } from '../vendors.ts';
import { formatTable, toJson } from './report.ts';
import { lagCommand } from '../lag/lag-command.ts';
import { DEFAULT_PACE_MS } from '../poll-delay.ts';
import { readDuration } from './read-duration.ts';
import { startExport } from './start-export.ts';
import { readVendor, readVendors } from './vendor-arguments.ts';

/** Where the command speaks, and how it is told to stop. */
export interface Terminal {
  write(text: string): void;
  complain(text: string): void;
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
    .exitOverride();
  const json = () => new Option('--json', 'for programs').default(false);
  const some = () =>
    new Argument('[vendors...]', `${SOME_VENDORS} (${names(vendors)})`)
      .argParser(readVendors(vendors))
      .default(vendors, 'all');

  program
    .command('once')
    .description('read every page once and print what it says')
    .addArgument(some())
    .addOption(json())
    .action(async (chosen: readonly Vendor[], options: { readonly json: boolean }) => {
      const watches = await pollAll(chosen);
      terminal.write(options.json ? toJson(watches) : formatTable(watches));
    });
  program
    .command('check')
    .description('exit with 0 where all is operational, 1 where there is trouble, 2 where the status is unknown')
    .argument('<vendor>', `${names(vendors)}; or name=url`, readVendor(vendors))
    .addOption(json())
    .action(async (vendor: Vendor, options: { readonly json: boolean }) => {
      const watches = await pollAll([vendor]);
      terminal.write(options.json ? toJson(watches) : formatTable(watches));
      code = Math.max(...watches.map(exitCodeOf));
    });
  program
    .command('run')
    .description(
      'keep reading and send metrics and events over OTLP (OTEL_EXPORTER_OTLP_ENDPOINT); one per cluster is enough',
    )
    .addArgument(some())
    .addOption(
      new Option('--every <duration>', 'how often').argParser(readDuration).default(DEFAULT_PACE_MS / 1000, '1m'),
    )
    .action(async (chosen: readonly Vendor[], { every }: { readonly every: number }) => {
      const metricIntervalMs = Number(terminal.environment['OTEL_METRIC_EXPORT_INTERVAL']);
      const exported = startExport(metricIntervalMs > 0 ? { metricIntervalMs } : {});
      const polling = startVendorStatus({ ...exported, vendors: chosen, paceMs: every * 1000, limits: DEFAULT_LIMITS });
      // The poller keeps no process alive, so that an application can end; this command is there for nothing else.
      const awake = setInterval(() => {}, 60_000);
      await terminal.interrupted;
      clearInterval(awake);
      await exported.close();
      polling.stop();
    });
  const lag = lagCommand(terminal, (isAnswered) => void (code = isAnswered ? code : EXIT.unknown), Date.now);
  program.addCommand(lag.copyInheritedSettings(program));
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.unknown;
    throw error;
  }
  return code;
}

async function pollAll(vendors: readonly Vendor[]): Promise<readonly VendorWatch[]> {
  const watches = vendors.map((vendor) => watchVendor(vendor));
  await Promise.all(watches.map((watch) => watch.poll()));
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

const names = (vendors: readonly Vendor[]): string => vendors.map(({ name }) => name).join(', ');
