import { listenToApi } from '@brownout/api';
import { createCallTracker } from '@brownout/core';
import type { CallTracker } from '@brownout/core';
import { isSameModel } from '@brownout/dialects';
import * as api from '@opentelemetry/api';
import type { MeterProvider, Span, TracerProvider } from '@opentelemetry/api';
import { clock, schedule } from './clock.ts';
import type { Config } from './config/config.ts';
import { loadConfig } from './config/load-config.ts';
import { createEmitter } from './emit/emitter.ts';
import type { Emitter } from './emit/emitter.ts';
import type { EventLogger } from './emit/events.ts';
import { createGuard } from './guard.ts';
import { currentScope, runInOwnScope } from './link/async-scope.ts';
import { createLengthBands } from './length-bands.ts';
import type { CallFrame } from './link/call-frame.ts';
import { takeReport } from './link/reported-fallback.ts';
import { SCOPE } from './scope.ts';
import { recordOutcome, runTask } from './tasks/run-task.ts';
import type { TaskEmission } from './tasks/run-task.ts';
import { useCases } from './tasks/use-cases.ts';
import { createTaskSpanProcessor } from './tasks/watch-spans.ts';
import type { TaskSpanProcessor } from './tasks/watch-spans.ts';
import { watchSdks } from './watch-sdks.ts';
import { createBudgetOf } from './wire/call-facts.ts';
import type { BudgetOf } from './wire/call-facts.ts';
import { describeUnsentCall } from './wire/describe-unsent-call.ts';
import { attemptRecords, watchHttpSpans } from './wire/http-spans.ts';
import { createOpenExchange } from './wire/open-exchange.ts';
import { createRetryInference } from './wire/retry-inference.ts';
import { isTapped, tapCustomFetch, tapFetch } from './wire/tap-fetch.ts';
import type { OpenExchange } from './wire/tap-fetch.ts';

export interface BrownoutInstrumentationOptions {
  /** Overrides what the environment and the config file say. */
  readonly config?: Partial<Config>;
  /** OpenTelemetry's own option; `false` leaves everything as it is until `enable()` is called. Default `true`. */
  readonly enabled?: boolean;
}

interface LoggerProvider {
  getLogger(name: string, version?: string): EventLogger;
}

/**
 * The OpenTelemetry instrumentation for calls to hosted language models. It fits a host's own SDK, 2.x or 3.x:
 * `registerInstrumentations({ instrumentations: [new BrownoutInstrumentation()] })`. Create it before the SDKs of the
 * model vendors are loaded and their clients are made; the later it comes, the more it has to infer.
 *
 * It implements OpenTelemetry's `Instrumentation` without extending its base class, which ties a package to one major
 * of the SDK. No method throws.
 */
export class BrownoutInstrumentation {
  readonly instrumentationName: string = SCOPE.name;
  readonly instrumentationVersion: string = SCOPE.version;
  readonly #config: Config;
  readonly #budgetOf: BudgetOf;
  readonly #emitter: Emitter;
  readonly #tracker: CallTracker;
  readonly #openExchange: OpenExchange;
  readonly #guard = createGuard();
  readonly #taskSpans = createTaskSpanProcessor();
  #undo: (() => void)[] = [];

  constructor(options: BrownoutInstrumentationOptions = {}) {
    const loaded = loadConfig();
    for (const problem of loaded.problems) api.diag.warn(`brownout: ${problem}`);
    this.#config = { ...loaded.config, ...options.config };
    const config = this.#config;
    const guard = this.#guard;
    this.#budgetOf = createBudgetOf(config.budgets);
    this.#emitter = createEmitter({ scope: SCOPE, config, findLogger });
    guard.onFault = this.#emitter.fault;
    const lengthBandOf = config.detectors.length ? createLengthBands(this.#emitter.dimensionsOf) : undefined;
    this.#tracker = createCallTracker({
      clock,
      schedule,
      sink: guarded(this.#emitter, guard),
      isSameModel: isVersionOf,
      detectors: config.detectors,
      lengthBandOf: (call) => guard('detect.length', () => lengthBandOf?.(call)),
    });
    this.#openExchange = createOpenExchange({
      config,
      budgetOf: this.#budgetOf,
      tracker: this.#tracker,
      emitter: this.#emitter,
      retries: createRetryInference(),
      guard,
    });
    if (options.enabled !== false) this.enable();
  }

  /** Wraps the global `fetch` and watches for SDKs. Does nothing where `BROWNOUT_DISABLED` says so. */
  enable(): void {
    if (this.#config.disabled || this.#undo.length > 0) return;
    const guard = this.#guard;
    const openExchange = this.#openExchange;
    guard('enable.fetch', () => {
      const original = globalThis.fetch;
      const tapped = tapFetch(original, openExchange, guard);
      globalThis.fetch = tapped;
      this.#undo.push(() => {
        // Somebody else may have wrapped it since: their wrapper keeps ours, which then only passes through.
        if (globalThis.fetch === tapped) globalThis.fetch = original;
      });
    });
    guard('enable.api', () => this.#undo.push(this.#listenToApi()));
    guard('enable.spans', () => this.#undo.push(watchHttpSpans()));
    guard('enable.sdks', () =>
      this.#undo.push(
        watchSdks({
          emitter: this.#emitter,
          host: {
            guard,
            isEnabled: () => this.#undo.length > 0,
            failedBeforeWire: (frame, client) => this.#failedBeforeWire(frame, client),
            tapCustomFetch: (fetch) =>
              typeof fetch !== 'function' || isTapped(fetch)
                ? undefined
                : tapCustomFetch(fetch as typeof globalThis.fetch, openExchange, guard),
          },
          tapUndici: (fetch) =>
            typeof fetch === 'function' && !isTapped(fetch)
              ? tapFetch(fetch as typeof globalThis.fetch, openExchange, guard)
              : fetch,
        }),
      ),
    );
  }

  /** Puts things back as far as they are still ours, and ends the calls that are open. */
  disable(): void {
    for (const undo of this.#undo) this.#guard('disable', undo);
    this.#undo = [];
    this.settleCalls();
  }

  /** Ends every call that is still open, as it stands: to be called before telemetry is flushed for the last time. */
  settleCalls(): void {
    this.#guard('settle', () => this.#tracker.settleAll());
  }

  /**
   * To be added to the host's span processors: it tells what the time of a task is spent on, and exports nothing. The
   * preload adds it by itself.
   */
  get taskSpanProcessor(): TaskSpanProcessor {
    return this.#taskSpans;
  }

  /**
   * For the `requestHook` of `@opentelemetry/instrumentation-undici`: tells that instrumentation's span which attempt of
   * which call it is.
   */
  readonly httpAttemptHook = (span: Span): void => {
    this.#guard('http.hook', () => {
      const record = attemptRecords.getStore();
      if (record) this.#emitter.attemptSpans.enrich(span, record.call, record.attempt, record.slot);
    });
  };

  setTracerProvider(provider: TracerProvider): void {
    this.#guard('provider', () => this.#emitter.setTracerProvider(provider));
  }

  setMeterProvider(provider: MeterProvider): void {
    this.#guard('provider', () => this.#emitter.setMeterProvider(provider));
  }

  setLoggerProvider(provider: LoggerProvider): void {
    this.#guard('provider', () => this.#emitter.setLogger(provider.getLogger(SCOPE.name, SCOPE.version)));
  }

  getConfig(): { enabled: boolean } {
    return { enabled: this.#undo.length > 0 };
  }

  /** Part of OpenTelemetry's interface; everything here is set by the constructor's options. */
  setConfig(): void {}

  #listenToApi(): () => void {
    const guard = this.#guard;
    return listenToApi({
      useCase: (name, run) => runInOwnScope(() => useCases.run(name, run)),
      task: (name, run) => runInOwnScope(() => runTask(name, run, (...task) => this.#startTask(...task), guard)),
      recordOutcome: (outcome) => {
        guard('api.outcome', () => recordOutcome(outcome));
      },
      recordFallback: (report) => {
        guard('api.fallback', () => {
          const canned = takeReport(currentScope(), report, clock());
          if (canned !== undefined) this.#emitter.cannedFallback(canned);
        });
      },
    });
  }

  #startTask(name: string, startedAt: number): TaskEmission {
    const { context, isRecorded, end } = this.#emitter.taskStarted(name, startedAt);
    return { context, seesSpans: isRecorded && this.#taskSpans.attached, end };
  }

  #failedBeforeWire(frame: CallFrame, client: unknown): void {
    const unsent = describeUnsentCall(frame, client, this.#config, this.#budgetOf);
    if (unsent === undefined) return;
    const open = this.#tracker.open(unsent);
    this.#emitter.callOpened(open.call, {
      foreignSpan: undefined,
      links: [],
      content: () => ({ span: undefined, event: undefined }),
    });
    open.giveUp();
  }
}

/** On Azure a request names the customer's own deployment, which says nothing about the model. */
function isVersionOf(requested: string, responded: string, provider: string): boolean {
  return provider.startsWith('azure.') || isSameModel(requested, responded);
}

/** The API has logs since 1.10. */
function findLogger(): EventLogger | undefined {
  const { logs } = api as { logs?: LoggerProvider };
  return logs?.getLogger(SCOPE.name, SCOPE.version);
}

/** The tracker runs inside the application's calls: what the emitter does wrong must not reach it. */
function guarded(emitter: Emitter, guard: ReturnType<typeof createGuard>): Emitter {
  return {
    ...emitter,
    attemptEnded: (call, attempt) => guard('emit.attempt', () => emitter.attemptEnded(call, attempt)),
    retried: (call, attempt, reason) => guard('emit.retry', () => emitter.retried(call, attempt, reason)),
    callMayEnd: (call, outcome) => guard('emit.call', () => emitter.callMayEnd(call, outcome)),
    callEnded: (call) => guard('emit.call', () => emitter.callEnded(call)),
  };
}
