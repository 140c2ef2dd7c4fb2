import type { Attempt, Call } from '@brownout/core';
import { attemptErrorType } from '@brownout/core';
import { ATTRIBUTE } from '@brownout/signals';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { Context, Span, Tracer } from '@opentelemetry/api';
import { epochMs } from '../clock.ts';
import { defined } from './call-attributes.ts';

/** What an attempt's own record keeps of the HTTP instrumentation's span for it. */
export interface HttpSpanSlot {
  /** The HTTP instrumentation has made a span for this attempt; ours is not needed. */
  seen: boolean;
}

export interface AttemptSpans {
  /** Tells the HTTP instrumentation's span which attempt it is. */
  readonly enrich: (span: Span, call: Call, attempt: Attempt, slot: HttpSpanSlot) => void;
  readonly register: (attempt: Attempt, slot: HttpSpanSlot, url: string) => void;
  /** Makes the attempt's span after the fact where no HTTP instrumentation made one. */
  readonly end: (call: Call, attempt: Attempt, parent: Context) => void;
}

/** Attempts are child spans of kind CLIENT: the HTTP instrumentation's own where it exists, ours where it does not. */
export function createAttemptSpans(tracer: () => Tracer): AttemptSpans {
  const slots = new Map<Attempt, { slot: HttpSpanSlot; url: string }>();
  return {
    register(attempt, slot, url) {
      slots.set(attempt, { slot, url });
    },
    enrich(span, call, attempt, slot) {
      slot.seen = true;
      span.setAttribute(ATTRIBUTE.attemptKind, attempt.kind);
      const resends = call.attempts.indexOf(attempt);
      if (resends > 0) span.setAttribute(ATTRIBUTE.httpRequestResendCount, resends);
    },
    end(call, attempt, parent) {
      const registered = slots.get(attempt);
      slots.delete(attempt);
      if (registered === undefined || registered.slot.seen) return;
      const errorType = attemptErrorType(call, attempt);
      const resends = call.attempts.indexOf(attempt);
      const span = tracer().startSpan(
        'POST',
        {
          kind: SpanKind.CLIENT,
          startTime: epochMs(attempt.startedAt),
          attributes: defined({
            [ATTRIBUTE.httpRequestMethod]: 'POST',
            [ATTRIBUTE.serverAddress]: call.facts.serverAddress,
            [ATTRIBUTE.serverPort]: call.facts.serverPort,
            [ATTRIBUTE.urlFull]: registered.url,
            [ATTRIBUTE.attemptKind]: attempt.kind,
            [ATTRIBUTE.httpResponseStatusCode]: attempt.status,
            [ATTRIBUTE.httpRequestResendCount]: resends > 0 ? resends : undefined,
            [ATTRIBUTE.errorType]: errorType,
          }),
        },
        parent,
      );
      if (errorType !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(epochMs(attempt.endedAt ?? attempt.startedAt));
    },
  };
}
