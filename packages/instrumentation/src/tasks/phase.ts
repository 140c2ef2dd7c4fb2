import { ATTRIBUTE } from '@brownout/signals';
import { SpanKind } from '@opentelemetry/api';
import type { Attributes } from '@opentelemetry/api';

/** What a task spends its time on. Where several go on at once the moment belongs to the first of these. */
export const PHASES = ['inference', 'retrieval', 'http', 'tool', 'app'] as const;
export type Phase = (typeof PHASES)[number];

/** https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/: the operations that are no inference. */
const OPERATIONS: ReadonlyMap<unknown, Phase> = new Map([
  ['embeddings', 'retrieval'],
  ['retrieval', 'retrieval'],
  ['execute_tool', 'tool'],
  // What an agent does is told by the spans inside.
  ['invoke_agent', 'app'],
  ['create_agent', 'app'],
  ['invoke_workflow', 'app'],
]);

/** `db.system` and `http.method` are the names before 1.0, which many instrumentations still use. */
const DATABASE = ['db.system.name', 'db.system'] as const;
const HTTP = [ATTRIBUTE.httpRequestMethod, 'http.method'] as const;

/** What the time of a span is spent on, from what it says of itself. */
export function phaseOf(span: { readonly kind: SpanKind; readonly attributes: Attributes }): Phase {
  const { attributes } = span;
  const operation = attributes[ATTRIBUTE.operationName];
  if (operation !== undefined) return OPERATIONS.get(operation) ?? 'inference';
  if (DATABASE.some((key) => attributes[key] !== undefined)) return 'retrieval';
  const isRequest = span.kind === SpanKind.CLIENT && HTTP.some((key) => attributes[key] !== undefined);
  return isRequest ? 'http' : 'app';
}

/** Milliseconds of the epoch. */
export interface Interval {
  readonly phase: Phase;
  readonly start: number;
  readonly end: number;
}

/**
 * How long each phase lasted between two moments, ms. Every moment counts once, so the phases add up to the whole; what
 * no interval covers is the application's own. O(n log n) in the number of intervals.
 */
export function exclusiveTimes(intervals: readonly Interval[], start: number, end: number): Record<Phase, number> {
  const times: Record<Phase, number> = { inference: 0, retrieval: 0, http: 0, tool: 0, app: 0 };
  const open: Record<Phase, number> = { inference: 0, retrieval: 0, http: 0, tool: 0, app: 0 };
  const turns = intervals
    .filter((interval) => interval.end > start && interval.start < end)
    .flatMap(({ phase, ...interval }) => [
      { at: Math.max(interval.start, start), phase, change: 1 },
      { at: Math.min(interval.end, end), phase, change: -1 },
    ])
    .toSorted((a, b) => a.at - b.at);
  let at = start;
  for (const turn of [...turns, { at: end, phase: 'app' as const, change: 0 }]) {
    times[PHASES.find((phase) => open[phase] > 0) ?? 'app'] += turn.at - at;
    open[turn.phase] += turn.change;
    at = turn.at;
  }
  return times;
}
