import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setInterval } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { loadSchedule, startSimulator, systemClock } from '@brownout/simulator';
import { LOADING } from './run-program.ts';

const SUPPORT_ASSISTANT = fileURLToPath(new URL('../../examples/support-assistant/', import.meta.url));
const require = createRequire(import.meta.url);
/** The command of the poller, as its package publishes it. */
export const VENDOR_STATUS = path.join(
  path.dirname(require.resolve('@brownout/vendor-status/package.json')),
  'dist/bin.mjs',
);

/** A schedule in `test/stories/`: what the models do, and what the vendor's page says of it. */
export type StoryName = 'vendor-says-fine' | 'vendor-declares-we-are-fine' | 'vendor-declares-late' | 'page-goes-blind';

/** A story being played by real processes: the simulator here, the support assistant under load, the poller. */
export interface Story extends AsyncDisposable {
  /** Moves the schedule to the beginning of a phase. Its time only ever moves on, and passes as usual in between. */
  readonly goTo: (phase: string) => void;
}

/** Short enough for a test to wait for; a scheduled minute is passed over, not waited for. */
const PACE = { metrics: '300', poll: '200ms', tickets: 100 } as const;

/** Only what the processes need: nothing of the machine's own OTEL_ or BROWNOUT_ settings. */
const CLEAN = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };

/** @param environment where the service and the poller send their telemetry: `OTEL_EXPORTER_…` */
export async function playStory(name: StoryName, environment: Readonly<Record<string, string>>): Promise<Story> {
  await using resources = new AsyncDisposableStack();
  const file = fileURLToPath(new URL(`../stories/${name}.yaml`, import.meta.url));
  const schedule = loadSchedule(file);
  let skipped = 0;
  const clock = { ...systemClock, now: () => Date.now() + skipped };
  const simulator = resources.adopt(
    await startSimulator({ schedule, clock, timing: { firstTokenMs: 30, tokensPerSecond: 2000 } }),
    (one) => one.close(),
  );
  let complaints = '';
  const start = (args: readonly string[], own: Readonly<Record<string, string>>, cwd?: string) => {
    const child = spawn(process.execPath, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...CLEAN, OTEL_METRIC_EXPORT_INTERVAL: PACE.metrics, ...environment, ...own },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    return resources.adopt(child, stop);
  };
  const service = start(
    [...LOADING.require.nodeOptions, 'src/main.ts'],
    {
      OTEL_SERVICE_NAME: 'support-assistant',
      OTEL_METRIC_EXPORT_TIMEOUT: PACE.metrics,
      PORT: '0',
      OPENAI_API_KEY: 'any',
      OPENAI_BASE_URL: `${simulator.url}/v1`,
      ANTHROPIC_API_KEY: 'any',
      ANTHROPIC_BASE_URL: simulator.url,
    },
    SUPPORT_ASSISTANT,
  );
  const pages = Object.entries(simulator.statusPages).map(([vendor, url]) => `${vendor}=${url}`);
  start([VENDOR_STATUS, 'run', ...pages, '--every', PACE.poll], {});

  const serviceUrl = await firstUrl(service, () => complaints);
  const load = new AbortController();
  resources.defer(() => load.abort());
  void askTickets(serviceUrl, load.signal);

  const begunAt = clock.now();
  simulator.reset();
  const kept = resources.move();
  return {
    goTo: (phase) => {
      const at = schedule.phases.find((one) => one.name === phase)?.atMs;
      if (at === undefined) throw new Error(`the story ${name} has no phase "${phase}"`);
      const ahead = begunAt + at - clock.now();
      if (ahead < 0 && simulator.phase()?.name !== phase) throw new Error(`the story ${name} is past "${phase}"`);
      skipped += Math.max(0, ahead);
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

async function firstUrl(child: ChildProcess, complaints: () => string): Promise<string> {
  if (child.stdout === null) throw new Error('the support assistant has no standard output');
  for await (const line of createInterface(child.stdout)) {
    const [url] = /http:\/\/\S+/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error(`the support assistant ended before it listened:\n${complaints()}`);
}

/** Asks at a steady rate, however long the answers take. What became of a ticket is for the telemetry to tell. */
async function askTickets(url: string, signal: AbortSignal): Promise<void> {
  const body = JSON.stringify({ question: 'Where is my parcel?' });
  try {
    for await (const _ of setInterval(PACE.tickets, undefined, { signal })) {
      void fetch(`${url}/tickets`, { method: 'POST', body, signal })
        .then((response) => response.arrayBuffer())
        .catch(() => undefined);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Lets it deliver what it has, and kills it if that takes longer than it should. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'close');
  const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
  child.kill('SIGTERM');
  await gone;
  clearTimeout(timer);
}
