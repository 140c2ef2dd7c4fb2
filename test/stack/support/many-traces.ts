import type { OtlpSink } from '../../support/otlp-sink.ts';
import { type Attributes, type Span, spanId, traceId, traces } from './otlp.ts';

/** Traces across two services, one in a hundred with one bad call in it; of one in five of those, the call ends last of all. */

const HEALTHY: Attributes = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-5.2',
  'brownout.verdict': 'usable',
  'brownout.attempts': 1,
};
const WRONG: readonly Attributes[] = [
  { ...HEALTHY, 'brownout.verdict': 'unusable', 'brownout.reason': 'stalled' },
  { ...HEALTHY, 'brownout.verdict': 'degraded', 'brownout.reason': 'slow_first_chunk' },
  { ...HEALTHY, 'brownout.attempts': 3 },
  { ...HEALTHY, 'brownout.fallback.from.provider': 'anthropic' },
];
const SPANS_OF_A_TRACE = 4;

const isBad = (trace: number): boolean => trace % 100 === 7;
const isLate = (trace: number): boolean => isBad(trace) && Math.floor(trace / 100) % 5 === 0;
/** The call of the one service or of the other. */
const badSpan = (trace: number): number => (Math.floor(trace / 100) % 2 === 0 ? 1 : 3);
const wrongOf = (trace: number): Attributes => WRONG[Math.floor(trace / 100) % WRONG.length] ?? HEALTHY;

const spanOf = (trace: number, span: number): Span => ({
  trace,
  span,
  name: span % 2 === 0 ? 'POST /tickets' : 'chat gpt-5.2',
  attributes: isBad(trace) && span === badSpan(trace) ? wrongOf(trace) : span % 2 === 0 ? {} : HEALTHY,
});

const SERVICES = [
  { resource: { 'service.name': 'ticket-desk' }, spans: [0, 1] },
  { resource: { 'service.name': 'answers' }, spans: [2, 3] },
] as const;

/** What each service exports of these traces while they run: not the calls that end late. */
export const exportsOf = (numbers: readonly number[]): readonly object[] =>
  SERVICES.map(({ resource, spans }) =>
    traces(
      numbers.flatMap((trace) =>
        spans.filter((span) => !isLate(trace) || span !== badSpan(trace)).map((span) => spanOf(trace, span)),
      ),
      resource,
    ),
  );

/** The calls of these traces that end late. */
export const lateExportsOf = (numbers: readonly number[]): readonly object[] =>
  SERVICES.map(({ resource, spans }) =>
    traces(
      numbers
        .filter((trace) => isLate(trace) && (spans as readonly number[]).includes(badSpan(trace)))
        .map((trace) => spanOf(trace, badSpan(trace))),
      resource,
    ),
  );

/** What became of the first so many traces. */
export interface Outcome {
  /** Of the bad calls themselves. */
  readonly badCalls: { readonly sent: number; readonly lost: number };
  /** Traces with a bad call that ended before its trace was judged. */
  readonly bad: Arrived;
  /** Those whose bad call ended long after. */
  readonly late: Arrived;
  readonly healthy: Arrived;
  /** Spans that came more than once. */
  readonly twice: number;
}

/** Traces of which all spans arrived, and those of which only some did. */
interface Arrived {
  readonly whole: readonly number[];
  readonly torn: readonly number[];
}

export function outcomeOf({ spans }: OtlpSink, count: number): Outcome {
  const arrived = new Map<string, Map<string, number>>();
  for (const { traceId: trace, spanId: span } of spans) {
    const times = arrived.get(trace) ?? new Map<string, number>();
    arrived.set(trace, times.set(span, (times.get(span) ?? 0) + 1));
  }
  const numbers = Array.from({ length: count }, (_, trace) => trace);
  const sizeOf = (trace: number): number => arrived.get(traceId(trace))?.size ?? 0;
  const arrivedOf = (of: readonly number[]): Arrived => ({
    whole: of.filter((trace) => sizeOf(trace) === SPANS_OF_A_TRACE),
    torn: of.filter((trace) => sizeOf(trace) > 0 && sizeOf(trace) < SPANS_OF_A_TRACE),
  });
  const bad = numbers.filter(isBad);
  return {
    badCalls: {
      sent: bad.length,
      lost: bad.filter((trace) => arrived.get(traceId(trace))?.has(spanId(trace, badSpan(trace))) !== true).length,
    },
    bad: arrivedOf(bad.filter((trace) => !isLate(trace))),
    late: arrivedOf(bad.filter(isLate)),
    healthy: arrivedOf(numbers.filter((trace) => !isBad(trace))),
    twice: [...arrived.values()].flatMap((times) => [...times.values()]).filter((times) => times > 1).length,
  };
}
