import type { CallTracker, OpenAttempt, RequestSchemas } from '@brownout/core';
import { mayEndWithoutDone, readGatewayFallback, readRequestIds, readRetryAdvice } from '@brownout/dialects';
import type { Dialect } from '@brownout/dialects';
import { context, trace } from '@opentelemetry/api';
import { clock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { createContentRecorder } from '../emit/content.ts';
import type { Emitter } from '../emit/emitter.ts';
import type { Guard } from '../guard.ts';
import { currentScope, rememberCall } from '../link/async-scope.ts';
import { callFrames } from '../link/call-frame.ts';
import type { CallFrame, WatchedCall } from '../link/call-frame.ts';
import { findFallback } from '../link/reported-fallback.ts';
import { factsOf } from './call-facts.ts';
import type { BudgetOf } from './call-facts.ts';
import { endingOf } from './ending.ts';
import { beforeEnd, foreignSpan } from './foreign-span.ts';
import { attemptRecords } from './http-spans.ts';
import type { AttemptRecord } from './http-spans.ts';
import { identify, parseJson } from './identify.ts';
import type { IdentifiedRequest } from './identify.ts';
import { createBodyReader } from './read-body.ts';
import type { RetryInference } from './retry-inference.ts';
import type { Exchange, OpenExchange, WireRequest } from './tap-fetch.ts';
import { tapResponse } from './tap-response.ts';

export interface WireOptions {
  readonly config: Config;
  readonly budgetOf: BudgetOf;
  readonly tracker: CallTracker;
  readonly emitter: Emitter;
  readonly retries: RetryInference<WatchedCall>;
  readonly guard: Guard;
}

/** From a request on the wire to the call it belongs to: a retry of one that is open, or a new one. */
export function createOpenExchange(options: WireOptions): OpenExchange {
  const { config, budgetOf, tracker, emitter, retries, guard } = options;

  function openCall(request: WireRequest, identified: IdentifiedRequest, frame: CallFrame | undefined): WatchedCall {
    const facts = factsOf(request, identified, config.detectors);
    const scope = frame?.scope ?? currentScope();
    const startedAt = frame?.startedAt ?? request.startedAt;
    const found = findFallback(scope, facts, startedAt);
    const open = tracker.open({
      facts,
      budget: budgetOf(facts),
      startedAt,
      linked: frame !== undefined,
      fallback: found?.fallback,
      schemas: schemasOf(identified, identified.body),
    });
    const content = createContentRecorder(config.captureContent, identified.dialect, identified.body);
    const foreign = foreignSpan();
    if (foreign) beforeEnd(foreign, () => guard('wire.span', () => open.mayBeLeft()));
    const callContext = emitter.callOpened(open.call, {
      foreignSpan: foreign,
      links: found?.span ? [{ context: found.span }] : [],
      content: () => content?.attributes() ?? NO_CONTENT,
    });
    if (identified.body === undefined) {
      // The body of a `Request` object is read while the request is on its way, so that it is not held up.
      void request.readBody?.().then(
        (text) =>
          guard('wire.request', () => {
            const body = parseJson(text);
            open.call.facts = factsOf(request, { ...identified, body }, config.detectors);
            open.call.schemas = schemasOf(identified, body);
            open.call.budget = budgetOf(open.call.facts);
          }),
        () => undefined,
      );
    }
    const span = trace.getSpanContext(callContext);
    if (span) rememberCall(scope, open, span);
    // One object, so that no table has to lead from the one to the other.
    return Object.assign(open, { context: callContext, content });
  }

  const schemasOf = ({ dialect }: IdentifiedRequest, body: unknown): RequestSchemas | undefined =>
    config.detectors.schema ? dialect.readSchemas(body) : undefined;

  function callOf(request: WireRequest, identified: IdentifiedRequest, frame: CallFrame | undefined): WatchedCall {
    if (frame) {
      if (frame.open === undefined || frame.open.ended) frame.open = openCall(request, identified, frame);
      return frame.open;
    }
    if (request.body === undefined) return openCall(request, identified, frame);
    const key = {
      url: request.url.href,
      body: request.body,
      retryCount: numberOf(request.header('x-stainless-retry-count')),
      scope: currentScope(),
    };
    const call = retries.find(key) ?? openCall(request, identified, frame);
    retries.remember(key, call);
    return call;
  }

  return (request) => {
    const frame = callFrames.getStore();
    const identified = identify(request, frame, config.providers);
    if (identified === undefined) return undefined;
    const call = callOf(request, identified, frame);
    const attempt = call.beginAttempt(request.startedAt);
    const record: AttemptRecord = {
      call: call.call,
      attempt: attempt.attempt,
      slot: { seen: false },
      callSpanId: trace.getSpanContext(call.context)?.spanId ?? '',
    };
    emitter.attemptSpans.register(attempt.attempt, record.slot, `${request.url.origin}${request.url.pathname}`);
    return createExchange({ request, dialect: identified.dialect, frame, call, attempt, record, emitter, guard });
  };
}

const NO_CONTENT = { span: undefined, event: undefined } as const;

interface ExchangeOptions {
  readonly request: WireRequest;
  readonly dialect: Dialect;
  readonly frame: CallFrame | undefined;
  readonly call: WatchedCall;
  readonly attempt: OpenAttempt;
  readonly record: AttemptRecord;
  readonly emitter: Emitter;
  readonly guard: Guard;
}

function createExchange(options: ExchangeOptions): Exchange {
  const { request, dialect, frame, call, attempt, record, emitter, guard } = options;
  const isStreaming = (): boolean => call.call.facts.request.streaming;
  const statedTimeoutMs = (): number | undefined => {
    const seconds = numberOf(request.header('x-stainless-timeout'));
    return seconds === undefined ? undefined : seconds * 1000;
  };
  const ending = (error: unknown): ReturnType<typeof endingOf> =>
    endingOf({
      error,
      signal: request.signal,
      frame,
      hasStatus: attempt.attempt.headersAt !== undefined,
      streaming: isStreaming(),
      elapsedMs: clock() - request.startedAt,
      statedTimeoutMs: statedTimeoutMs(),
    });
  return {
    send: (send) => context.with(call.context, () => attemptRecords.run(record, send)),
    responded(response) {
      const { attempt: facts } = attempt;
      facts.headersAt = clock();
      facts.status = response.status;
      facts.requestIds = readRequestIds(response.headers);
      facts.gatewayFellBack = readGatewayFallback(response.headers);
      if (response.status >= 400) {
        facts.statusFailure = dialect.readError(response.status, undefined);
        facts.retryAdviceSeconds = readRetryAdvice(response.headers, Date.now());
      }
      // An outage is answered by whoever stands before the model, who knows nothing of limits.
      if (response.status < 500) emitter.rateLimits(call.call, response.headers);
      const reader = createBodyReader({
        dialect,
        attempt,
        status: response.status,
        contentType: response.headers.get('content-type') ?? '',
        streaming: isStreaming(),
        mayEndUnmarked: mayEndWithoutDone(call.call.facts.provider),
        endingOf: ending,
        onEvent: call.content && ((event) => call.content?.event(event)),
        guard,
      });
      // A client does not even read a body that is announced as empty.
      const empty = response.headers.get('content-length') === '0';
      if (empty || !tapResponse(response, reader)) reader.end({ type: 'done' });
    },
    failed(error) {
      attempt.finish(ending(error), clock());
    },
  };
}

function numberOf(text: string | null): number | undefined {
  const number = Number(text);
  return text === null || text === '' || Number.isNaN(number) ? undefined : number;
}
