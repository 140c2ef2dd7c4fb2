import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { parseFault } from '../faults/fault-url.ts';
import type { ReadyFault } from '../faults/parameters.ts';
import { loadSchedule } from '../schedule/load-schedule.ts';
import type { Phase, Schedule } from '../schedule/schedule.ts';
import { startSimulator, type Simulator } from '../start-simulator.ts';
import { formatFaultTable, listFaults } from './fault-table.ts';
import { formatGreeting, formatPageRequest, formatPhase, formatRequest } from './format.ts';
import { createPaint } from './paint.ts';

/** Where the command speaks, and how it is told to stop. */
export interface Terminal {
  write(text: string): void;
  complain(text: string): void;
  readonly colours: boolean;
  /** Resolves when the user wants to stop (Ctrl-C). */
  readonly interrupted: Promise<unknown>;
}

interface Options {
  readonly port: number;
  readonly seed?: number;
  readonly schedule?: Schedule;
  readonly fault: readonly ReadyFault[];
  readonly instant: boolean;
  readonly enforceRateLimits: boolean;
  readonly listFaults: boolean;
  readonly json: boolean;
}

const PHASE_CHECK_MS = 250;

/** Runs the command to its end. Resolves with the exit code: 0, or 1 where something was wrong with how it was called. */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const program = createProgram(terminal);
  try {
    program.parse([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    throw error;
  }
  const options = program.opts<Options>();
  if (options.listFaults) {
    terminal.write(options.json ? `${JSON.stringify(listFaults(), null, 2)}\n` : formatFaultTable());
    return 0;
  }
  return serve(options, terminal);
}

function createProgram(terminal: Terminal): Command {
  return new Command('brownout-simulator')
    .description(
      'Plays OpenAI and Anthropic on 127.0.0.1, healthily or with faults. Any API key and model name will do.',
    )
    .option('-p, --port <number>', 'port to listen on; 0 takes a free one', wholeNumber, 0)
    .option('-s, --seed <number>', 'the same seed and requests give the same replies', wholeNumber)
    .option('--schedule <file>', 'YAML or JSON file: time → faults', readSchedule)
    .option('-f, --fault <name[;key=value]>', 'fault to play on every request; may be repeated', collectFault, [])
    .option('--instant', 'answer without the time that a model takes', false)
    .option('--enforce-rate-limits', 'refuse requests over the limits that the headers announce', false)
    .option('-l, --list-faults', 'list the faults and stop', false)
    .option('--json', 'with --list-faults: for programs', false)
    .allowExcessArguments(false)
    .configureOutput({ writeOut: (text) => terminal.write(text), writeErr: (text) => terminal.complain(text) })
    .exitOverride();
}

async function serve(options: Options, terminal: Terminal): Promise<number> {
  const paint = createPaint(terminal.colours);
  let simulator: Simulator;
  try {
    simulator = await startSimulator({
      port: options.port,
      ...(options.seed === undefined ? {} : { seed: options.seed }),
      ...(options.schedule === undefined ? {} : { schedule: options.schedule }),
      faults: options.fault.map(({ name, values }) => ({ fault: name, parameters: values })),
      timing: { instant: options.instant },
      rateLimits: { enforced: options.enforceRateLimits },
      onRequest: (request) => terminal.write(formatRequest(request, paint)),
      onPageRequest: (request) => terminal.write(formatPageRequest(request, paint)),
    });
  } catch (error) {
    terminal.complain(`error: ${explainListening(error, options.port)}\n`);
    return 1;
  }
  terminal.write(formatGreeting(simulator, paint));
  const stopWatching = watchPhases(simulator, (phase) => terminal.write(formatPhase(phase, paint)));
  await terminal.interrupted;
  stopWatching();
  await simulator.close();
  return 0;
}

/** Tells of every phase that a schedule enters. */
function watchPhases(simulator: Simulator, tell: (phase: Phase) => void): () => void {
  let current: Phase | null = null;
  const look = () => {
    const phase = simulator.phase();
    if (phase !== null && phase !== current) tell(phase);
    current = phase;
  };
  look();
  const timer = setInterval(look, PHASE_CHECK_MS);
  return () => clearInterval(timer);
}

function explainListening(error: unknown, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') return `port ${port} is taken; choose another with --port, or 0 for a free one`;
  if (code === 'EACCES') return `port ${port} needs privileges; choose one above 1023 with --port`;
  return error instanceof Error ? error.message : String(error);
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

function readSchedule(path: string): Schedule {
  return orInvalid(() => loadSchedule(path));
}

function collectFault(text: string, before: readonly ReadyFault[]): readonly ReadyFault[] {
  return [...before, orInvalid(() => parseFault(text))];
}

function orInvalid<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new InvalidArgumentError(`\n${error instanceof Error ? error.message : String(error)}`);
  }
}
