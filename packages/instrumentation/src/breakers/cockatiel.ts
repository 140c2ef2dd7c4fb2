import type { BreakerLibrary, BreakerRegistry, BreakerState } from './breaker-registry.ts';
import type { BreakerHost } from './opossum.ts';
import { runFallbackPolicy } from './policy-fallback.ts';
import { wrapMethods } from './wrap-methods.ts';
import type { Method } from './wrap-methods.ts';

/** The parts of a cockatiel circuit breaker (3 and 4) that are read; a new object for each state it enters. */
interface Breaker {
  readonly innerState: { readonly value: number };
}

/** cockatiel's `CircuitState`. A breaker that is held open by hand (`isolate`) rejects calls as an open one does. */
const STATES: Readonly<Record<number, BreakerState>> = { 0: 'closed', 1: 'open', 2: 'half_open', 3: 'open' };

/** cockatiel's policies have no names; an application may give them one. */
export function givenName(policy: object): string | undefined {
  const { name } = policy as { readonly name?: unknown };
  return typeof name === 'string' && name !== '' ? name : undefined;
}

const COCKATIEL: BreakerLibrary = {
  library: 'cockatiel',
  givenName,
  stateOf: (breaker) => STATES[(breaker as Breaker).innerState.value],
};

/**
 * Watches cockatiel's circuit breakers by the methods that change their state. A rejected call emits no event and its
 * promise is the application's: that a call was rejected shows in that the breaker is in the very state that it was in,
 * an open one, once `execute` has returned its promise.
 */
export function patchCircuitBreakerPolicy(policy: unknown, registry: BreakerRegistry, host: BreakerHost): boolean {
  const { guard } = host;

  /** Runs a method and then looks at what it changed. */
  function around(original: Method, look: (breaker: object, before: Breaker['innerState']) => void): Method {
    return function (this: object, ...args) {
      if (!host.isEnabled()) return original.apply(this, args);
      const before = guard('breakers.cockatiel', () => {
        watch(this);
        return (this as Breaker).innerState;
      });
      const returned = original.apply(this, args);
      if (before !== undefined) guard('breakers.cockatiel', () => look(this, before));
      return returned;
    };
  }

  function watch(breaker: object): void {
    const watched = registry.watch(breaker, COCKATIEL);
    const state = COCKATIEL.stateOf(breaker);
    // Letting go of a breaker that was held open by hand calls no method that could be watched.
    if (state !== undefined) registry.move(watched, state, 'manual');
  }

  function moved(breaker: object, before: Breaker['innerState']): void {
    const state = COCKATIEL.stateOf(breaker);
    if (state === undefined || (breaker as Breaker).innerState === before) return;
    registry.move(
      registry.watch(breaker, COCKATIEL),
      state,
      STATES[before.value] === 'half_open' ? 'probe' : 'failure_rate',
    );
  }

  return wrapMethods(policy, ['execute', 'open', 'close', 'isolate'], {
    open: (original) => around(original, moved),
    close: (original) => around(original, moved),
    isolate: (original) => around(original, watch),
    execute: (original) =>
      around(original, (breaker, before) => {
        const { innerState } = breaker as Breaker;
        const watched = registry.watch(breaker, COCKATIEL);
        if (innerState !== before && innerState.value === 2) registry.move(watched, 'half_open', 'probe');
        if (innerState === before && STATES[before.value] === 'open') registry.reject(watched);
      }),
  });
}

/** What a fallback policy does instead is known as that while it runs; the policy itself emits nothing about it. */
export function patchFallbackPolicy(policy: unknown, host: BreakerHost): boolean {
  return wrapMethods(policy, ['execute'], {
    execute: (original) =>
      function execute(this: object, first, ...rest) {
        if (!host.isEnabled()) return original.call(this, first, ...rest);
        return runFallbackPolicy(first, (given) => original.call(this, given, ...rest));
      },
  });
}
