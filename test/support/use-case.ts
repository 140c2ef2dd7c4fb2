import { AsyncLocalStorage } from 'node:async_hooks';
import { context, propagation } from '@opentelemetry/api';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { Point, Telemetry } from './telemetry.ts';

/** As it is while this module loads: before any call of any test. */
const untouchedScope = AsyncLocalStorage.snapshot();

/** Runs a test's program in an asynchronous scope of its own, its calls told apart by the use case they are made for. */
export async function underUseCase<Result>(useCase: string, run: () => Promise<Result>): Promise<Result> {
  const baggage = propagation.createBaggage({ 'brownout.use_case': { value: useCase } });
  return untouchedScope(() => context.with(propagation.setBaggage(context.active(), baggage), run));
}

/** What was exported of the calls of one use case. */
export interface Observed {
  /** Verdict and reason of every call, by its counter. */
  readonly calls: readonly string[];
  readonly callSpans: readonly ReadableSpan[];
  /** Number of attempts, by their histogram. */
  readonly attempts: number;
  readonly logs: readonly ReadableLogRecord[];
  readonly points: (metric: string) => readonly Point[];
}

/** Ends what is still open, and collects. */
export async function observe(telemetry: Telemetry, useCase: string): Promise<Observed> {
  telemetry.instrumentation.settleCalls();
  const metrics = await telemetry.metrics();
  const own = ({ attributes }: { readonly attributes: Readonly<Record<string, unknown>> }): boolean =>
    attributes['brownout.use_case'] === useCase;
  const points = (metric: string): readonly Point[] => metrics(metric).filter(own);
  return {
    calls: points('brownout.calls').flatMap(({ attributes, value }) =>
      Array.from({ length: value }, () => [attributes['brownout.verdict'], attributes['brownout.reason']].join(' ')),
    ),
    callSpans: telemetry.spans().filter(own),
    attempts: points('brownout.attempt.duration').reduce((sum, { value }) => sum + value, 0),
    logs: telemetry.logs().filter(own),
    points,
  };
}
