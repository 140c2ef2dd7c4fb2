import type { PolicyAction, PolicyKind, PolicyMeasurements } from '../emit/policy-measurements.ts';
import type { Guard } from '../guard.ts';
import type { BreakerLibrary, BreakerRegistry, BreakerState, BreakerTrigger } from './breaker-registry.ts';
import { asPolicyFallback } from './policy-fallback.ts';
import { wrapMethods } from './wrap-methods.ts';

export interface BreakerHost {
  readonly guard: Guard;
  readonly isEnabled: () => boolean;
}

/** The parts of an opossum breaker (8 to 10) that are read. */
interface Breaker {
  readonly name: string;
  readonly group: string;
  readonly opened: boolean;
  readonly halfOpen: boolean;
  readonly isShutdown: boolean;
  readonly warmUp: boolean;
  readonly volumeThreshold: number;
  readonly stats: { readonly fires: number; readonly failures: number };
  readonly enabled: boolean;
  readonly closed: boolean;
  readonly pendingClose: boolean;
  readonly options: {
    readonly errorThresholdPercentage: number;
    readonly state?: unknown;
    /** Milliseconds; `false` or 0 for none. */
    readonly timeout: number | false;
    /** Calls at a time; `Number.MAX_SAFE_INTEGER` where the application set no limit. */
    readonly capacity: number;
  };
}

/** opossum gives a breaker whose function has no name a random one. */
const RANDOM_NAME = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const OPOSSUM: BreakerLibrary = {
  library: 'opossum',
  givenName(breaker) {
    const { name, group } = breaker as Breaker;
    return [name, group].find((given) => typeof given === 'string' && !RANDOM_NAME.test(given));
  },
  stateOf(breaker) {
    const { isShutdown, opened, halfOpen } = breaker as Breaker;
    if (isShutdown) return undefined;
    if (opened) return 'open';
    return halfOpen ? 'half_open' : 'closed';
  },
};

export interface OpossumSinks {
  readonly breakers: BreakerRegistry;
  readonly policies: PolicyMeasurements;
}

/**
 * Watches opossum by the events that it emits anyway: `emit` is wrapped on its class, so no breaker gets a listener. An
 * event is looked at before its listeners run, and nothing of it is kept.
 */
export function patchOpossum(circuitBreaker: unknown, sinks: OpossumSinks, host: BreakerHost): boolean {
  const { breakers: registry, policies } = sinks;
  /** Breakers whose health check has just failed, which opens them next. */
  const unhealthy = new WeakSet<object>();

  function moved(breaker: object, state: BreakerState): void {
    const { options } = breaker as Breaker;
    // One that is made in a saved state emits it in its constructor: that is no transition.
    const watched = registry.watch(breaker, OPOSSUM, options.state === undefined ? 'closed' : undefined);
    registry.move(watched, state, triggerOf(breaker as Breaker, watched.state, state, unhealthy.delete(breaker)));
  }

  function fired(breaker: object): void {
    const { name } = registry.watch(breaker, OPOSSUM);
    const { enabled, closed, pendingClose, options } = breaker as Breaker;
    // A call that the breaker rejects gets no further, and one that is switched off does nothing but call.
    if (!enabled || !(closed || pendingClose)) return;
    if (options.timeout) policies.executed(name, 'timeout');
    if (options.capacity < Number.MAX_SAFE_INTEGER) policies.executed(name, 'bulkhead');
  }

  function acted(breaker: object, kind: PolicyKind, action: PolicyAction): void {
    policies.acted(registry.watch(breaker, OPOSSUM).name, kind, action);
  }

  const observers: ReadonlyMap<unknown, (breaker: object) => void> = new Map([
    ['fire', fired],
    ['open', (breaker) => moved(breaker, 'open')],
    ['halfOpen', (breaker) => moved(breaker, 'half_open')],
    ['close', (breaker) => moved(breaker, 'closed')],
    ['reject', (breaker) => registry.reject(registry.watch(breaker, OPOSSUM))],
    ['timeout', (breaker) => acted(breaker, 'timeout', 'timed_out')],
    ['semaphoreLocked', (breaker) => acted(breaker, 'bulkhead', 'rejected')],
    ['shutdown', (breaker) => registry.end(breaker)],
    ['healthCheckFailed', (breaker) => void ((breaker as Breaker).opened || unhealthy.add(breaker))],
  ] satisfies [string, (breaker: object) => void][]);

  return wrapMethods(circuitBreaker, ['emit', 'fire', 'call', 'open', 'close', 'fallback'], {
    emit: (original) =>
      function emit(this: object, event, ...args) {
        const observe = observers.get(event);
        if (observe !== undefined && host.isEnabled()) host.guard('breakers.opossum', () => observe(this));
        return original.call(this, event, ...args);
      },
    fallback: (original) =>
      function fallback(this: object, instead, ...rest) {
        // Another breaker as the fallback is told by its class: that one is passed on as it is.
        return original.call(this, asPolicyFallback(instead), ...rest);
      },
  });
}

/** opossum does not say why it opened; it opens by itself only while the rate of failures is over its threshold. */
function triggerOf(breaker: Breaker, from: BreakerState, to: BreakerState, isUnhealthy: boolean): BreakerTrigger {
  if (isUnhealthy || from === 'half_open' || to === 'half_open') return 'probe';
  if (to === 'closed') return 'manual';
  const { stats, warmUp, volumeThreshold, options } = breaker;
  if (warmUp || stats.fires < volumeThreshold || stats.fires === 0) return 'manual';
  return (stats.failures / stats.fires) * 100 > options.errorThresholdPercentage ? 'failure_rate' : 'manual';
}
