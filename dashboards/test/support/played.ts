import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setInterval, setTimeout as sleep } from 'node:timers/promises';
import { loadSchedule, startSimulator, stretchSchedule } from '@brownout/simulator';
import { startDatabase } from '../../../examples/order-desk/run/start-database.ts';
import { startService as startDeskService } from '../../../examples/order-desk/run/start-service.ts';
import { sendTickets } from '../../../examples/support-assistant/demo/send-tickets.ts';
import { startChild } from '../../../examples/support-assistant/demo/start-child.ts';
import { startPoller } from '../../../examples/support-assistant/demo/start-poller.ts';
import { startService } from '../../../examples/support-assistant/demo/start-service.ts';
import { startPrometheus, type RunningProgram } from '../../../tools/programs/start-program.ts';
import type { Config } from '../../src/config/schema.ts';
import { generatedFiles } from '../../src/generated-files.ts';
import { type SpanAttributes, startSpanStore } from './span-store.ts';

/** A Prometheus that has seen a brownout. */
export interface Played extends AsyncDisposable {
  readonly url: string;
  /** Unix seconds. */
  readonly from: number;
  readonly to: number;
  /** What its spans say. */
  readonly spans: readonly SpanAttributes[];
}

interface Options {
  /** A Prometheus 3. */
  readonly prometheus: string;
  readonly seconds: number;
  /** How often rules are evaluated, and for how long alerts are pending. */
  readonly every: string;
  /** Of the rules; without one, they are as shipped. */
  readonly config?: Config;
  /** Adds a service that names more use cases than are kept apart. */
  readonly overflow?: true;
}

const ROOT = join(import.meta.dirname, '../../..');
const DEMO_SECONDS = 55;
const TICKETS_PER_SECOND = 3;
const QUESTIONS_EVERY_MILLISECONDS = 1000;

/**
 * Plays the demo's brownout to three services under load: the support assistant, the order desk (whose work is tasks) and
 * one with a breaker. All of them and the poller of status pages send what they measure to
 * a Prometheus with the shipped rules.
 */
export async function playToPrometheus({
  prometheus: path,
  seconds,
  every,
  config,
  overflow,
}: Options): Promise<Played> {
  await using resources = new AsyncDisposableStack();
  const demo = loadSchedule(join(ROOT, 'examples/support-assistant/demo/brownout.yaml'));
  const schedule = stretchSchedule(demo, seconds / DEMO_SECONDS);
  const abort = new AbortController();
  resources.defer(() => abort.abort());

  const simulator = resources.adopt(await startSimulator({ schedule }), (one) => one.close());
  const prometheus = resources.adopt(await start(path, every, config), (one) => one.stop());
  const database = resources.adopt(await startDatabase(), (one) => one.close());
  // Phases of tasks are told by spans, so there are spans, and somebody who takes them.
  const traces = resources.use(await startSpanStore());
  const telemetry = {
    OTEL_EXPORTER_OTLP_ENDPOINT: `${prometheus.url}/api/v1/otlp`,
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces.url,
    OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json',
    OTEL_LOGS_EXPORTER: 'none',
    OTEL_METRIC_EXPORT_INTERVAL: '1000',
    OTEL_METRIC_EXPORT_TIMEOUT: '1000',
  };
  const models = {
    OPENAI_API_KEY: 'none',
    OPENAI_BASE_URL: `${simulator.url}/v1`,
    ANTHROPIC_API_KEY: 'none',
    ANTHROPIC_BASE_URL: simulator.url,
  };
  const shared = { telemetry, onError: () => undefined, signal: abort.signal };
  const assistant = resources.adopt(await startService({ ...shared, vendorsUrl: simulator.url }), (one) => one.stop(0));
  resources.adopt(startPoller({ ...shared, pages: simulator.statusPages }), (one) => one.stop(0));
  const ofDesk = (name: string, main: string, environment: Readonly<Record<string, string>> = {}) =>
    startDeskService(name, main, { ...telemetry, ...database.environment, ...environment }, abort.signal);
  const orders = resources.adopt(await ofDesk('orders', 'src/orders/main.ts'), (one) => one.stop());
  const desk = resources.adopt(
    await ofDesk('order-desk', 'src/desk/main.ts', {
      ...models,
      ORDERS_URL: orders.url,
      OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http,undici,pg',
    }),
    (one) => one.stop(),
  );
  const startProgram = (name: string, program: string, environment: Readonly<Record<string, string>> = {}) =>
    startChild({
      ...shared,
      args: ['--require', '@brownout/preload', `e2e/programs/${program}`],
      cwd: join(ROOT, 'test'),
      environment: { ...telemetry, ...models, ...environment, OTEL_SERVICE_NAME: name },
    }).stdout.resume();
  startProgram('summaries', 'breakers/guarded-calls.mjs');
  if (overflow === true) {
    const folder = resources.adopt(await mkdtemp(join(tmpdir(), 'brownout-')), (one) => rm(one, { recursive: true }));
    const limits = join(folder, 'limits.yaml');
    await writeFile(limits, 'limits: { useCases: 1 }');
    startProgram('tickets', 'names/many-use-cases.mjs', { BROWNOUT_CONFIG_FILE: limits });
  }

  const from = Math.floor(Date.now() / 1000);
  simulator.reset();
  // Ends before what it loads does.
  const load = new AbortController();
  resources.defer(() => load.abort());
  void askDesk(`${desk.url}/questions`, load.signal);
  await sendTickets({ url: assistant.url, seconds, perSecond: TICKETS_PER_SECOND, signal: abort.signal });
  // For the last export and the rules after it.
  await sleep(3000);
  const kept = resources.move();
  return {
    url: prometheus.url,
    spans: traces.spans,
    from,
    to: Math.floor(Date.now() / 1000),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** With the shipped rules, but for their pace: nobody waits for minutes here. */
function start(path: string, every: string, config?: Config): Promise<RunningProgram> {
  const files = generatedFiles(config);
  const paced = (name: string): string =>
    (files[name] ?? '')
      .replaceAll(/^(\s*interval): .+$/gm, `$1: ${every}`)
      .replaceAll(/^(\s*for): .+$/gm, `$1: ${every}`);
  return startPrometheus({
    path,
    config: 'rule_files: [recording.yaml, alerts.yaml]',
    files: {
      'recording.yaml': paced('prometheus/brownout-recording.yaml'),
      'alerts.yaml': paced('prometheus/brownout-alerts.yaml'),
    },
    args: ['--web.enable-otlp-receiver', '--enable-feature=exemplar-storage'],
  });
}

async function askDesk(url: string, signal: AbortSignal): Promise<void> {
  const body = JSON.stringify({ question: 'Where is my parcel? It is late. My order is 4711.' });
  try {
    for await (const _ of setInterval(QUESTIONS_EVERY_MILLISECONDS, undefined, { signal }))
      void fetch(url, { method: 'POST', body, signal })
        .then((response) => response.arrayBuffer())
        .catch(() => undefined);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
