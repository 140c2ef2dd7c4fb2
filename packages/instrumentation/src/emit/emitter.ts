import type { Attempt, Call, Outcome, Reason, Sink } from '@brownout/core';
import type { HeaderSource } from '@brownout/dialects';
import { ATTRIBUTE } from '@brownout/signals';
import { context, createNoopMeter, metrics, SpanKind, trace } from '@opentelemetry/api';
import type { Context, Link, Meter, MeterProvider, Span, Tracer, TracerProvider } from '@opentelemetry/api';
import { epochMs } from '../clock.ts';
import type { Config } from '../config/config.ts';
import type { BreakerRegistry } from '../breakers/breaker-registry.ts';
import { createAttemptSpans } from './attempt-spans.ts';
import type { AttemptSpans } from './attempt-spans.ts';
import { createBreakerMeasurements } from './breaker-measurements.ts';
import { createSeriesStarter } from './born-at-zero.ts';
import { recordCannedFallback } from './canned-fallback.ts';
import { creationAttributes, endAttributes, spanName } from './call-attributes.ts';
import type { CapturedContent } from './content.ts';
import { chunkDimensions, createCommonDimensions, createDimensionLimits } from './dimensions.ts';
import type { ChunkDimensions, CommonDimensions } from './dimensions.ts';
import { endSpan } from './end-span.ts';
import { emitCallEvents } from './events.ts';
import type { EventLogger } from './events.ts';
import { createInstruments } from './instruments.ts';
import type { RecordMetric } from './instruments.ts';
import { createPolicyMeasurements } from './policy-measurements.ts';
import type { PolicyMeasurements } from './policy-measurements.ts';
import { createRateLimitGauges } from './rate-limit-gauges.ts';
import { recordAttempt, recordCall, recordRetry } from './measurements.ts';
import { recordTask } from './task-measurements.ts';
import { startTaskSpan } from './task-spans.ts';
import type { TaskSpan } from './task-spans.ts';
import type { CannedFallback } from '../link/reported-fallback.ts';
import * as tasks from '../tasks/open-task.ts';

/** What the emitter is told of a call beyond its facts when it opens. */
export interface CallEmission {
  /** The span that the SDK itself has started for this call: it is enriched, and no second one is made. */
  readonly foreignSpan: Span | undefined;
  readonly links: readonly Link[];
  /** Captured content, read at the end of the call. */
  readonly content: () => CapturedContent;
}

/** The only place that speaks OpenTelemetry about calls. */
export interface Emitter extends Sink {
  /** Starts the call's span; the returned context is the one to send its requests in. */
  readonly callOpened: (call: Call, emission: CallEmission) => Context;
  /** The bounded dimensions of an open call: one and the same object for all calls that share them. */
  readonly dimensionsOf: (call: Call) => CommonDimensions | undefined;
  /** The headers of a response that may tell of rate limits. */
  readonly rateLimits: (call: Call, headers: HeaderSource) => void;
  readonly instrumented: (sdk: string, version: string, link: 'linked' | 'wire' | 'unsupported') => void;
  /** Starts the task's span. */
  readonly taskStarted: (name: string, startedAt: number) => TaskSpan;
  /** The application answered without a model, in place of a call that failed. */
  readonly cannedFallback: (canned: CannedFallback) => void;
  readonly fault: (site: string) => void;
  readonly attemptSpans: AttemptSpans;
  /** The circuit breakers of the process. */
  readonly breakers: BreakerRegistry;
  /** Its retries, timeouts and bulkheads. */
  readonly policies: PolicyMeasurements;
  setTracerProvider(provider: TracerProvider): void;
  setMeterProvider(provider: MeterProvider): void;
  setLogger(logger: EventLogger): void;
}

interface OpenEmission extends CallEmission {
  readonly span: Span;
  readonly context: Context;
  /** The application's task that the call is a part of. */
  readonly task: tasks.OpenTask | undefined;
  /** Set at first use, when the request body has been read. */
  common: CommonDimensions | undefined;
  /** For the gaps between chunks; set at the first one. */
  chunk: ChunkDimensions | undefined;
}

export interface EmitterOptions {
  readonly scope: { readonly name: string; readonly version: string };
  readonly config: Config;
  /** Where log records go when no logger was set: the API's own, where that API version has logs. */
  readonly findLogger: () => EventLogger | undefined;
}

export function createEmitter({ scope, config, findLogger }: EmitterOptions): Emitter {
  let tracer: Tracer = trace.getTracer(scope.name, scope.version);
  let logger: EventLogger | undefined;
  let record: RecordMetric | undefined;
  let startSeries: ReturnType<typeof createSeriesStarter> | undefined;
  /** Of open calls only. No WeakMap: what one of those holds outlives every minor garbage collection. */
  const emissions = new Map<Call, OpenEmission>();
  const sdks = new Map<string, [sdk: string, version: string, link: 'linked' | 'wire' | 'unsupported']>();

  const instruments = (): RecordMetric | undefined => {
    if (record === undefined) takeMeter(metrics.getMeterProvider());
    return record;
  };
  const measure: RecordMetric = (id, value, attributes, at) => instruments()?.(id, value, attributes, at);
  const limits = createDimensionLimits(config.limits, (dimension) =>
    measure('selfOverflow', 1, { [ATTRIBUTE.dimension]: dimension }),
  );
  const commonDimensions = createCommonDimensions(limits);
  const rateLimits = createRateLimitGauges(Date.now);
  const breakers = createBreakerMeasurements(measure, () => logger ?? findLogger());
  const attemptSpans = createAttemptSpans(() => tracer);

  /** Before a host's SDK has started there is only a meter that does nothing: that one is not kept. */
  function takeMeter(provider: MeterProvider): void {
    const meter = provider.getMeter(scope.name, scope.version);
    if (meter !== createNoopMeter()) record = useMeter(meter);
  }

  function useMeter(meter: Meter): RecordMetric {
    const created = createInstruments(meter, config.legacyMetrics);
    startSeries = createSeriesStarter(created);
    rateLimits.observe(meter);
    breakers.observe(meter);
    for (const [sdk, version, link] of sdks.values()) {
      created('instrumented', 1, { [ATTRIBUTE.sdk]: sdk, [ATTRIBUTE.sdkVersion]: version, [ATTRIBUTE.link]: link });
    }
    return created;
  }

  function callOpened(call: Call, emission: CallEmission): Context {
    const parent = context.active();
    const { foreignSpan } = emission;
    const span =
      foreignSpan ??
      tracer.startSpan(
        spanName(call.facts.request),
        {
          kind: SpanKind.CLIENT,
          startTime: epochMs(call.startedAt),
          attributes: creationAttributes(call),
          links: [...emission.links],
        },
        parent,
      );
    foreignSpan?.setAttributes(creationAttributes(call));
    for (const link of foreignSpan ? emission.links : []) foreignSpan?.addLink?.(link);
    const own = {
      ...emission,
      span,
      context: trace.setSpan(parent, span),
      task: tasks.openTasks.getStore(),
      common: undefined,
      chunk: undefined,
    };
    emissions.set(call, own);
    return own.context;
  }

  function commonOf(call: Call, emission: OpenEmission): CommonDimensions {
    if (emission.common === undefined) {
      emission.common = commonDimensions(call);
      instruments();
      startSeries?.(emission.common, call.facts.request.streaming);
    }
    return emission.common;
  }

  /** An SDK ends its own span as soon as it gives the call up, which is before that is known here. */
  function callMayEnd(call: Call, outcome: Outcome): void {
    const emission = emissions.get(call);
    tasks.callMayEnd(emission?.task, call, outcome);
    if (emission?.foreignSpan === undefined) return;
    // Should a retry succeed, its own outcome is written over this one; an error could not be taken back.
    emission.span.setAttributes(endAttributes({ ...call, outcome: { ...outcome, errorType: undefined } }));
  }

  function callEnded(call: Call): void {
    const emission = emissions.get(call);
    emissions.delete(call);
    if (emission === undefined || call.outcome === undefined) return;
    tasks.callEnded(emission.task, call);
    recordCall(measure, call, commonOf(call, emission), limits, emission.context);
    const attributes = endAttributes(call);
    const content = emission.content();
    endSpan(call, emission, attributes, content.span);
    const target = logger ?? findLogger();
    if (target) {
      emitCallEvents(target, call, { ...creationAttributes(call), ...attributes }, content.event, emission.context);
    }
  }

  return {
    attemptSpans,
    breakers: breakers.registry,
    policies: createPolicyMeasurements(measure),
    callOpened,
    callEnded,
    callMayEnd,
    outputGap(call, gapMs) {
      const emission = emissions.get(call);
      if (emission === undefined) return;
      emission.chunk ??= chunkDimensions(call, limits);
      measure('inferenceTimePerOutputChunk', gapMs / 1000, emission.chunk, emission.context);
      if (config.legacyMetrics) measure('legacyTimePerOutputChunk', gapMs / 1000, emission.chunk, emission.context);
    },
    attemptEnded(call, attempt) {
      const emission = emissions.get(call);
      if (emission === undefined) return;
      recordAttempt(measure, call, attempt, commonOf(call, emission), limits, emission.context);
      attemptSpans.end(call, attempt, emission.context);
    },
    retried(call: Call, attempt: Attempt, reason: Reason) {
      const emission = emissions.get(call);
      tasks.callRetried(emission?.task, call);
      if (emission !== undefined) recordRetry(measure, call, attempt, reason, commonOf(call, emission));
    },
    dimensionsOf(call) {
      const emission = emissions.get(call);
      return emission && commonOf(call, emission);
    },
    rateLimits(call, headers) {
      const emission = emissions.get(call);
      if (emission !== undefined) rateLimits.keep(commonOf(call, emission), headers, Date.now());
    },
    instrumented(sdk, version, link) {
      sdks.set(`${sdk}@${version}`, [sdk, version, link]);
      record?.('instrumented', 1, { [ATTRIBUTE.sdk]: sdk, [ATTRIBUTE.sdkVersion]: version, [ATTRIBUTE.link]: link });
    },
    taskStarted: (name, startedAt) =>
      startTaskSpan(tracer, name, startedAt, (task, taskContext) => recordTask(measure, task, limits, taskContext)),
    cannedFallback(canned) {
      recordCannedFallback(measure, logger ?? findLogger(), canned, limits);
    },
    fault(site) {
      measure('selfFaults', 1, { [ATTRIBUTE.site]: site });
    },
    setTracerProvider(provider) {
      tracer = provider.getTracer(scope.name, scope.version);
    },
    setMeterProvider(provider) {
      takeMeter(provider);
    },
    setLogger(given) {
      logger = given;
    },
  };
}
