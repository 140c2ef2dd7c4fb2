import { trace } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/api';

/** Scopes of SDKs that make the standard span of a call themselves. */
const FOREIGN_SCOPE = /^com\.anthropic\.sdk\.typescript/;

/** Name of the instrumentation scope that made a span; the API does not show it, the SDK's spans carry it. */
function scopeOf(span: object): string {
  const scope: unknown = 'instrumentationScope' in span ? span.instrumentationScope : undefined;
  const name = typeof scope === 'object' && scope !== null && 'name' in scope ? scope.name : undefined;
  return typeof name === 'string' ? name : '';
}

/** The span that the SDK has made for this very call, if it makes one. */
export function foreignSpan(): Span | undefined {
  const span = trace.getActiveSpan();
  return span?.isRecording() && FOREIGN_SCOPE.test(scopeOf(span)) ? span : undefined;
}

/** Whether the span is one that an SDK has begun a trace with, because the application had none. */
export function isOwnTraceOfSdk(span: object): boolean {
  const parent: unknown = 'parentSpanContext' in span ? span.parentSpanContext : undefined;
  return parent === undefined && FOREIGN_SCOPE.test(scopeOf(span));
}

/** When the application leaves a stream, the SDK ends its span first and cancels the body then: that is too late for us. */
export function beforeEnd(span: Span, observe: () => void): void {
  const { end } = span;
  span.end = function (this: Span, ...time) {
    observe();
    end.apply(this, time);
  };
}
