import type { Call } from '@brownout/core';
import { SpanStatusCode } from '@opentelemetry/api';
import type { Attributes, Span } from '@opentelemetry/api';
import { epochMs } from '../clock.ts';
import { spanName } from './call-attributes.ts';
import { describeFailure } from './events.ts';

/** Writes what is known of a call on its span, and ends it unless it is the SDK's own. */
export function endSpan(
  call: Call,
  { span, foreignSpan }: { readonly span: Span; readonly foreignSpan: Span | undefined },
  attributes: Attributes,
  content: Attributes | undefined,
): void {
  // The SDK may have ended its span before the last byte was read; a span that is over takes nothing more.
  if (foreignSpan && !foreignSpan.isRecording()) return;
  span.setAttributes(attributes);
  if (content !== undefined) span.setAttributes(content);
  if (foreignSpan) return;
  span.updateName(spanName(call.facts.request));
  if (call.outcome?.errorType !== undefined) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: describeFailure(call) });
  }
  span.end(epochMs(call.outcome?.endedAt ?? call.startedAt));
}
