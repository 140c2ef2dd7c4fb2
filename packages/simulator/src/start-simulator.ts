import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DEFAULT_ANSWER_LENGTH, type AnswerLength } from './content/compose-answer.ts';
import { answerRequest, type ExchangeSettings } from './exchange.ts';
import { createFaultChooser, type LabelledFault } from './faults/choose-fault.ts';
import type { ProviderName } from './endpoint.ts';
import type { ActiveFault } from './faults/active-fault.ts';
import { readyFault } from './faults/parameters.ts';
import { createRateLimiter, DEFAULT_RATE_LIMITS, type RateLimits } from './rate-limits.ts';
import { apiKeyOf, openEntry } from './read-request.ts';
import type { RecordedRequest, RequestEntry } from './request-log.ts';
import { labelPhase, phaseAt, roundBegin, type Phase, type Schedule } from './schedule/schedule.ts';
import { findPage, pagePath, servePage, type PageRequest } from './status-page/serve-page.ts';
import { systemClock, type Clock } from './wire/clock.ts';
import { DEFAULT_TIMING, type Timing } from './wire/pace.ts';

/** The log keeps this many requests and forgets the oldest ones beyond, so that a simulator can run for days. */
const LOG_LIMIT = 10_000;

/** A thousand clients may connect at the same moment; with the usual 511 some would wait a second for their turn. */
const BACKLOG = 4_096;

export interface SimulatorOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /**
   * The same seed and, for each API key, the same order of requests give the same replies, whatever others ask in between.
   * Default: the schedule's seed, else 1.
   */
  readonly seed?: number;
  /** Begins when the simulator starts. */
  readonly schedule?: Schedule;
  /** In force from the start; they come before the schedule's. */
  readonly faults?: readonly ActiveFault[];
  readonly timing?: Partial<Timing>;
  readonly answerLength?: AnswerLength;
  readonly rateLimits?: Partial<RateLimits>;
  readonly clock?: Clock;
  /** Called once for each request, when it is over. */
  readonly onRequest?: (request: RecordedRequest) => void;
  /** Called once for each request to a status page, when it was answered. */
  readonly onPageRequest?: (request: PageRequest) => void;
}

export interface Simulator {
  readonly port: number;
  /** `http://127.0.0.1:<port>`: the base URL of Anthropic's SDK; OpenAI's is the same with `/v1`. */
  readonly url: string;
  /** The vendors' status pages, which say what the schedule has them say: `<url>/api/v2/summary.json` and others. */
  readonly statusPages: Readonly<Record<ProviderName, string>>;
  /** Every request to a model received since the start or the last `reset`, oldest first, the newest 10,000 at most. */
  readonly requests: readonly RecordedRequest[];
  /** The schedule's phase now, or `null` without a schedule or before its first phase. */
  phase(): Phase | null;
  /** Replaces the faults in force. Throws where one does not exist or a parameter does not fit. */
  setFaults(faults: readonly ActiveFault[]): void;
  /** Clears the log, the counters and the rate limits, and starts the schedule anew. */
  reset(): void;
  /** Resolves when no exchange is going on. */
  idle(): Promise<void>;
  /** Cuts every connection, stops every timer and frees the port. */
  close(): Promise<void>;
}

/** Plays OpenAI and Anthropic on 127.0.0.1. Rejects where the port is taken. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const clock = options.clock ?? systemClock;
  const seed = options.seed ?? options.schedule?.seed ?? 1;
  const log: RequestEntry[] = [];
  const open = new Map<RequestEntry, AbortController>();
  const idleWaiters: (() => void)[] = [];
  let begunAt = clock.now();
  const received = new Map<string, number>();
  let faults = labelFaults(options.faults ?? []);

  const phase = () => (options.schedule === undefined ? null : phaseAt(options.schedule, clock.now() - begunAt));
  const pages = () => {
    const round = options.schedule === undefined ? 0 : roundBegin(options.schedule, clock.now() - begunAt);
    const entries = options.schedule?.statusPages ?? {};
    return { entries, originMs: begunAt + round, seed: `${seed}/${round}`, url };
  };
  const settings: ExchangeSettings = {
    clock,
    seed,
    timing: { ...DEFAULT_TIMING, ...options.timing },
    length: options.answerLength ?? DEFAULT_ANSWER_LENGTH,
    limiter: createRateLimiter({ ...DEFAULT_RATE_LIMITS, ...options.rateLimits }, () => clock.now()),
    chooser: createFaultChooser(seed),
    cache: new Set(),
    activeFaults: () => [...faults, ...labelPhase(phase())],
  };

  const finish = (entry: RequestEntry) => {
    if (!open.delete(entry)) return;
    entry.finished = true;
    entry.durationMs = clock.now() - entry.at;
    options.onRequest?.(entry);
    if (open.size === 0) for (const resolve of idleWaiters.splice(0)) resolve();
  };

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const place = findPage(request.url ?? '/');
    if (place !== null) {
      const answered = await servePage(place, pages(), clock, request, response);
      options.onPageRequest?.(answered);
      return;
    }
    const at = clock.now();
    const text = await readText(request);
    if (text === null) return;
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : (value ?? ''),
      ]),
    );
    const entry = openEntry({ method: request.method ?? 'GET', url: request.url ?? '/', headers, text }, at);
    const controller = new AbortController();
    open.set(entry, controller);
    log.push(entry);
    if (log.length > LOG_LIMIT) log.shift();
    const apiKey = apiKeyOf(headers) ?? '';
    const ordinal = (received.get(apiKey) ?? 0) + 1;
    received.set(apiKey, ordinal);

    let cutByScript = false;
    response.once('close', () => {
      entry.aborted = !cutByScript && !response.writableFinished && !controller.signal.aborted;
      controller.abort();
      finish(entry);
    });
    await answerRequest(entry, `${apiKey}/${ordinal}`, settings, response, controller.signal, (step) => {
      if (step.do === 'head') entry.status = step.status;
      if (step.do === 'destroy' || step.do === 'reset') cutByScript = true;
    });
  };

  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: options.port ?? 0, host: '127.0.0.1', backlog: BACKLOG }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;

  return {
    port,
    url,
    statusPages: { openai: `${url}${pagePath('openai')}`, anthropic: `${url}${pagePath('anthropic')}` },
    requests: log,
    phase,
    setFaults: (list) => {
      faults = labelFaults(list);
      settings.chooser.reset();
    },
    reset: () => {
      log.length = 0;
      received.clear();
      begunAt = clock.now();
      settings.chooser.reset();
      settings.limiter.reset();
      settings.cache.clear();
    },
    idle: () => (open.size === 0 ? Promise.resolve() : new Promise((resolve) => idleWaiters.push(resolve))),
    close: () => {
      for (const controller of open.values()) controller.abort();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function labelFaults(list: readonly ActiveFault[]): LabelledFault[] {
  return list.map((active, index) => {
    readyFault(active.fault, active.parameters);
    return { label: `active/${index}`, active };
  });
}

/** The body as text, or `null` where the client left before it was complete. */
function readText(request: IncomingMessage): Promise<string | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.once('error', () => resolve(null));
    request.once('close', () => resolve(null));
  });
}
