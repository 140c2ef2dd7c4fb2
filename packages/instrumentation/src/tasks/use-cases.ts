import { AsyncLocalStorage } from 'node:async_hooks';
import { USE_CASE_BAGGAGE } from '@brownout/api';
import { propagation } from '@opentelemetry/api';

/** Set by `useCase()`. Baggage carries the same, and over to other services, but only where an OpenTelemetry SDK has started. */
export const useCases: AsyncLocalStorage<string> = new AsyncLocalStorage();

/** What the running code's model calls are made for, if it was said. */
export function currentUseCase(): string | undefined {
  return propagation.getActiveBaggage()?.getEntry(USE_CASE_BAGGAGE)?.value ?? useCases.getStore();
}
