import { Command, InvalidArgumentError, Option } from 'commander';
import { readDuration } from '../command/read-duration.ts';
import { correlate, DEFAULT_SLACK_SECONDS } from './correlate.ts';
import type { Evidence } from './evidence.ts';
import { DEFAULT_RULE } from './find-hurts.ts';
import { formatLag, lagToJson } from './format-lag.ts';
import { LagError } from './prometheus.ts';
import { readEvidence } from './read-file.ts';
import { readPrometheus } from './read-prometheus.ts';

/** Where the command speaks. */
interface Output {
  write(text: string): void;
  complain(text: string): void;
}

interface Options {
  readonly prometheus?: string;
  readonly from?: string;
  readonly header: Readonly<Record<string, string>>;
  /** Seconds before `until`, or a Unix time. */
  readonly since: { readonly ago: number } | { readonly at: number };
  /** Unix time in seconds. */
  readonly until?: number;
  readonly step?: number;
  readonly window: number;
  readonly calls: number;
  readonly share: number;
  readonly slack: number;
  readonly json: boolean;
}

/** Prometheus answers with 11,000 points of a series at most. */
const MOST_STEPS = 5000;
const LEAST_STEP_SECONDS = 15;
/** Fewer, and a window would tell one sample from the next and nothing more. */
const LEAST_STEPS_IN_WINDOW = 2;

/** The subcommand `lag`. `done` is told whether there was an answer. */
export function lagCommand(output: Output, done: (isAnswered: boolean) => void, now: () => number): Command {
  return new Command('lag')
    .description("say how long after your own metrics a vendor's status page told of an incident, if it ever did")
    .option('--prometheus <url>', 'read both sides from this Prometheus, or what speaks its HTTP API')
    .option('--from <file>', "read them from a file: the demo's summary, or what this command printed with --json")
    .addOption(
      new Option('--header <name: value>', 'sent to the Prometheus; may be repeated')
        .argParser(collectHeader)
        .default({}, 'none'),
    )
    .addOption(
      new Option('--since <time>', 'beginning: so long ago (90m, 7d), or a time (2026-09-03T13:00Z)')
        .argParser(readSince)
        .default({ ago: 86_400 }, '1d'),
    )
    .option('--until <time>', 'end; now if left out', readTime)
    .option('--step <duration>', 'how closely to look; by the length of the range if left out', readDuration)
    .addOption(seconds('--window <duration>', 'calls are judged over so long', DEFAULT_RULE.windowSeconds))
    .option('--calls <number>', '… and from so many on', readCount, DEFAULT_RULE.leastCalls)
    .option('--share <number>', '… as hurt from this share of spoiled ones on', readShare, DEFAULT_RULE.leastShare)
    .addOption(seconds('--slack <duration>', 'a post may come so long after the calls', DEFAULT_SLACK_SECONDS))
    .option('--json', 'for programs: what was read and what came of it', false)
    .action(async (options: Options) => {
      try {
        const { evidence, warnings } = await read(options, now);
        for (const warning of warnings) output.complain(`warning: ${warning}\n`);
        const correlations = correlate(evidence, options.slack);
        output.write(options.json ? lagToJson(correlations, evidence) : formatLag(correlations, evidence));
        done(true);
      } catch (error) {
        if (!(error instanceof LagError)) throw error;
        output.complain(`error: ${error.message}\n`);
        done(false);
      }
    });
}

async function read(
  options: Options,
  now: () => number,
): Promise<{ readonly evidence: Evidence; readonly warnings: readonly string[] }> {
  const { prometheus: url, from: file } = options;
  if ((url === undefined) === (file === undefined)) {
    throw new LagError('say where to read from: either --prometheus <url> or --from <file>');
  }
  if (file !== undefined) return { evidence: readEvidence(file), warnings: [] };
  const to = options.until ?? now() / 1000;
  const from = 'at' in options.since ? options.since.at : to - options.since.ago;
  if (from >= to) {
    throw new LagError(`the range is empty: it begins at ${iso(from)} and ends at ${iso(to)}`);
  }
  const step = options.step ?? Math.max(LEAST_STEP_SECONDS, Math.ceil((to - from) / MOST_STEPS));
  const windowSeconds = Math.max(options.window, step * LEAST_STEPS_IN_WINDOW);
  const rule = { windowSeconds, leastCalls: options.calls, leastShare: options.share };
  if (!URL.canParse(url ?? '')) throw new LagError(`--prometheus must be a URL, not "${url}"`);
  const evidence = await readPrometheus({ url: url ?? '', headers: options.header }, { from, to, step }, rule);
  const { warnings, ...rest } = evidence;
  const widened = `the range is looked at every ${step} s, so calls are judged over ${windowSeconds} s`;
  return { evidence: rest, warnings: windowSeconds > options.window ? [...warnings, widened] : warnings };
}

const iso = (time: number): string => new Date(time * 1000).toISOString();

function readTime(text: string): number {
  const time = /^\d{4}-/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidArgumentError('It must be a time such as 2026-09-03T13:00Z.');
  return time / 1000;
}

function readSince(text: string): Options['since'] {
  return /^\d{4}-/.test(text) ? { at: readTime(text) } : { ago: readDuration(text) };
}

function readCount(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 up.');
  return Number(text);
}

function readShare(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1)) throw new InvalidArgumentError('It must be a number from 0 to 1.');
  return value;
}

function collectHeader(text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError('It must be of the form "name: value".');
  return { ...before, [name]: value };
}

const seconds = (flags: string, description: string, otherwise: number): Option =>
  new Option(flags, description).argParser(readDuration).default(otherwise, `${otherwise}s`);
