import { context, propagation } from '@opentelemetry/api';
import { apiListener } from './listener.ts';

/** The entry of the baggage that carries the use case, across services too. */
export const USE_CASE_BAGGAGE = 'brownout.use_case';

/**
 * Names why the model calls in `run` are made; the innermost name counts. Budgets, metrics and alerts are per use case,
 * so the name should be one of a small fixed set. Returns what `run` returns, the same object; throws what it throws.
 */
export function useCase<Result>(name: string, run: () => Result): Result {
  const listener = apiListener();
  if (listener === undefined) return run();
  const baggage = (propagation.getActiveBaggage() ?? propagation.createBaggage()).setEntry(USE_CASE_BAGGAGE, {
    value: name,
  });
  const runInContext = (): Result => context.with(propagation.setBaggage(context.active(), baggage), run);
  return listener.useCase(name, runInContext);
}
