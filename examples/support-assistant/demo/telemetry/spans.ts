import { outcomeOf } from './figures.ts';
import type { Outcome } from './outcome.ts';
import { readAttributes, type OtlpSpan } from './otlp.ts';

/** One call to a model, as its span tells it. Times are seconds since the load began. */
export interface CallSpan extends Outcome {
  /** Shared with the ticket that the call was made for. */
  readonly trace: string;
  readonly provider: string;
  readonly model: string;
  readonly start: number;
  readonly end: number;
  readonly attempts: number;
  /** Input and output tokens, as far as the vendor reported them. */
  readonly tokens: number;
  /** The model that this call stands in for. */
  readonly fallbackFrom: string | null;
}

/** One ticket, as the service's HTTP server span tells it. */
export interface TicketSpan {
  readonly trace: string;
  readonly start: number;
  readonly end: number;
  readonly status: number;
}

const SERVER = 2;

/** @param origin when the load began, in milliseconds since the Unix epoch */
export function readCallSpans(spans: readonly OtlpSpan[], origin: number): readonly CallSpan[] {
  return spans.flatMap((span) => {
    const attributes = readAttributes(span.attributes);
    if (attributes['brownout.verdict'] === undefined || attributes['gen_ai.operation.name'] !== 'chat') return [];
    const number = (name: string) => Number(attributes[name] ?? 0);
    return [
      {
        ...outcomeOf(attributes),
        ...timesOf(span, origin),
        trace: span.traceId,
        provider: String(attributes['gen_ai.provider.name']),
        model: String(attributes['gen_ai.request.model']),
        attempts: number('brownout.attempts'),
        tokens: number('gen_ai.usage.input_tokens') + number('gen_ai.usage.output_tokens'),
        fallbackFrom: (attributes['brownout.fallback.from.model'] ?? null) as string | null,
      },
    ];
  });
}

export function readTicketSpans(spans: readonly OtlpSpan[], origin: number): readonly TicketSpan[] {
  return spans.flatMap((span) => {
    const attributes = readAttributes(span.attributes);
    if (span.kind !== SERVER || attributes['url.path'] !== '/tickets') return [];
    return [
      { ...timesOf(span, origin), trace: span.traceId, status: Number(attributes['http.response.status_code'] ?? 0) },
    ];
  });
}

function timesOf({ startTimeUnixNano, endTimeUnixNano }: OtlpSpan, origin: number): { start: number; end: number } {
  const seconds = (nanoseconds: string) => Number(nanoseconds) / 1e9 - origin / 1000;
  return { start: seconds(startTimeUnixNano), end: seconds(endTimeUnixNano) };
}
