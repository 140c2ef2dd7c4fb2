import { startSimulator, systemClock } from '@brownout/simulator';
import type { RecordedRequest } from '@brownout/simulator';
import { runNode } from './node-process.ts';
import type { NodeProcess, ProcessEnd } from './node-process.ts';

export interface BothWays extends NodeProcess {
  /** The module to compare with its absence. */
  readonly preload: string;
  /** What is preloaded in its absence; nothing if left out. */
  readonly baseline?: string | undefined;
}

/** One run, as its user and its provider saw it. */
export interface SeenRun extends ProcessEnd {
  readonly requests: readonly string[];
}

/** Headers that the standard HTTP instrumentation adds to carry a trace; everything else is the application's own. */
const TRACE_HEADERS = new Set(['traceparent', 'tracestate', 'baggage']);

/** The simulators' time stands still, so that `created` and the rate limits that a program prints are the same in each run. */
const NOON = Date.UTC(2026, 10, 22, 12);

/** Replies that last until the client leaves; whether it leaves before the end of any other is a matter of microseconds. */
const ENDLESS = /^(no_headers|late_body|stall|pings_only)\b/;

/** What differs between any two runs of one program: ports, random identifiers, times. Applied to both runs alike. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/127\.0\.0\.1:\d{4,5}/g, '127.0.0.1:PORT'],
  [/\b(localPort|remotePort|port): \d{4,5}/g, '$1: PORT'],
  [/\b(bytes(Written|Read)): \d+/g, '$1: BYTES'],
  [/\b(date'?: '?)[^\n']*GMT/gi, '$1DATE'],
  [/\b(stainless-node-retry-)[0-9a-f-]{36}/g, '$1UUID'],
  [/\b00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]\b/g, 'TRACEPARENT'],
  // Node's own frames depend on its event loop's phase, a wrapper's stand where an error was made inside it.
  [/\n +at [^\n]*(\bnode:internal\b|\bpackages\/\w+\/dist\b|\/@opentelemetry\/).*?(?= \{$|$)/gm, ''],
  [/\[(\d+)\]( Uncaught|:)/g, '[PID]$2'],
];

/** Runs a program without and with a preload, each against a simulator of its own that is seeded alike. */
export async function runBothWays(ways: BothWays): Promise<readonly [bare: SeenRun, loaded: SeenRun]> {
  const { preload, baseline, ...program } = ways;
  const required = (module: string | undefined) => (module === undefined ? [] : ['--require', module]);
  return Promise.all([
    seeRun({ ...program, command: [...required(baseline), ...program.command] }),
    seeRun({ ...program, command: [...required(preload), ...program.command] }),
  ]);
}

async function seeRun(program: NodeProcess): Promise<SeenRun> {
  const simulator = await startSimulator({
    seed: 7,
    clock: { ...systemClock, now: () => NOON },
    timing: { instant: true },
    answerLength: { least: 16, most: 16 },
  });
  try {
    const environment = { ...program.environment, SIMULATOR_URL: simulator.url };
    const end = await runNode({ ...program, environment });
    await simulator.idle();
    return {
      ...end,
      stdout: withoutVarying(end.stdout),
      stderr: withoutVarying(end.stderr),
      requests: simulator.requests.map(describeRequest).toSorted(),
    };
  } finally {
    await simulator.close();
  }
}

function withoutVarying(text: string): string {
  return VARYING.reduce((rest, [pattern, name]) => rest.replace(pattern, name), text);
}

/** Everything that a provider sees of a request; sorted afterwards, since parallel requests arrive in any order. */
function describeRequest({ method, path, prefix, headers, body, aborted }: RecordedRequest): string {
  const kept = Object.entries(headers).filter(([name]) => !TRACE_HEADERS.has(name));
  const end = ENDLESS.test(prefix ?? '') && aborted ? ', left by the client' : '';
  return withoutVarying(`${method} /~${prefix}${path}${end} ${JSON.stringify(kept)} ${JSON.stringify(body)}`);
}

/** A difference in the beginning makes many more; the first few are what helps. */
const MOST_SHOWN = 6;

/** Where two runs differ, in lines that say so; empty where nobody could tell them apart. */
export function differences(bare: SeenRun, loaded: SeenRun): readonly string[] {
  return [
    ...differentLines('stdout', bare.stdout.split('\n'), loaded.stdout.split('\n')),
    ...differentLines('stderr', bare.stderr.split('\n'), loaded.stderr.split('\n')),
    ...missing('only the bare program sent', bare.requests, loaded.requests),
    ...missing('only the preloaded program sent', loaded.requests, bare.requests),
    ...(bare.code === loaded.code ? [] : [`exit code: bare ${bare.code}, preloaded ${loaded.code}`]),
    ...(bare.signal === loaded.signal ? [] : [`signal: bare ${bare.signal}, preloaded ${loaded.signal}`]),
  ];
}

/** The entries of one list that the other has not, or has less often. */
function missing(what: string, list: readonly string[], other: readonly string[]): readonly string[] {
  const rest = [...other];
  const found = list.filter((entry) => {
    const index = rest.indexOf(entry);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
  const more = found.length > MOST_SHOWN ? [`${what} ${found.length - MOST_SHOWN} more`] : [];
  return [...found.slice(0, MOST_SHOWN).map((entry) => `${what} ${entry}`), ...more];
}

/** The lines at which two lists part, under the section (`### …`) that they stand in. */
function differentLines(what: string, bare: readonly string[], loaded: readonly string[]): readonly string[] {
  const found: string[] = [];
  let section = '';
  for (let index = 0; index < Math.max(bare.length, loaded.length) && found.length < MOST_SHOWN; index++) {
    if (bare[index]?.startsWith('### ')) section = bare[index] ?? '';
    if (bare[index] === loaded[index]) continue;
    found.push(`${what} ${section} line ${index + 1}:\n  bare      ${bare[index]}\n  preloaded ${loaded[index]}`);
  }
  return found;
}
