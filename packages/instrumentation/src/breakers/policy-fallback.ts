import { AsyncLocalStorage } from 'node:async_hooks';

const inFallback = new AsyncLocalStorage<boolean>();

/** Whether the running code is what a policy of the application (opossum, cockatiel) does instead of what failed. */
export function isPolicyFallback(): boolean {
  return inFallback.getStore() === true;
}

/** The same function, known as a fallback while it runs; printed, it looks as it did. */
export function asPolicyFallback(fallback: unknown): unknown {
  if (typeof fallback !== 'function') return fallback;
  const known: object = new Proxy(fallback, {
    apply: (target, self, args: unknown[]) =>
      // opossum calls a fallback on itself.
      inFallback.run(true, () => Reflect.apply(target, self === known ? target : self, args) as unknown),
  });
  return known;
}

/**
 * Runs a policy of which all is a fallback but `first`, which it is given as a function that is not known as one.
 * Nothing of the policy itself is changed.
 */
export function runFallbackPolicy(first: unknown, run: (first: unknown) => unknown): unknown {
  if (typeof first !== 'function') return run(first);
  const outside = isPolicyFallback();
  const asBefore = (...args: unknown[]): unknown =>
    inFallback.run(outside, () => Reflect.apply(first, undefined, args) as unknown);
  return inFallback.run(true, () => run(asBefore));
}
