import { AsyncLocalStorage } from 'node:async_hooks';

const inFallback = new AsyncLocalStorage<true>();

/** Whether the running code is what a policy of the application (opossum, cockatiel) does instead of what failed. */
export function isPolicyFallback(): boolean {
  return inFallback.getStore() === true;
}

/** The same function, known as a fallback while it runs. */
export function asPolicyFallback(fallback: unknown): unknown {
  if (typeof fallback !== 'function') return fallback;
  const wrapped = function (this: unknown, ...args: unknown[]): unknown {
    // opossum calls a fallback on itself.
    const self: unknown = this === wrapped ? fallback : this;
    return inFallback.run(true, () => Reflect.apply(fallback, self, args) as unknown);
  };
  Object.defineProperty(wrapped, 'name', { value: fallback.name, configurable: true });
  Object.defineProperty(wrapped, 'length', { value: fallback.length, configurable: true });
  return wrapped;
}
