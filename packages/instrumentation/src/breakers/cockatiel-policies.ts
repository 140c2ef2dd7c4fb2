import { AsyncLocalStorage } from 'node:async_hooks';
import type { PolicyAction, PolicyKind, PolicyMeasurements } from '../emit/policy-measurements.ts';
import { givenName } from './cockatiel.ts';
import type { BreakerHost } from './opossum.ts';
import { wrapMethods } from './wrap-methods.ts';
import type { Method } from './wrap-methods.ts';

/** One policy of the application. It does not lead back to the policy, which stays collectable. */
interface WatchedPolicy {
  readonly name: string;
  readonly kind: PolicyKind;
}

/** One call made through a policy, known while the policy's own code and timers run. */
interface Execution {
  readonly policy: WatchedPolicy;
  /** By which the caller can cancel it. */
  readonly signal: unknown;
}

/** Of each class (3 and 4), the emitters that its policies have, and what an emission says. */
const EMITTERS: Readonly<Record<PolicyKind, Readonly<Record<string, PolicyAction>>>> = {
  retry: { onRetryEmitter: 'retried', onGiveUpEmitter: 'gave_up' },
  timeout: { timeoutEmitter: 'timed_out' },
  bulkhead: { onRejectEmitter: 'rejected' },
};

export interface CockatielPolicies {
  /** The class of cockatiel's own emitters. */
  readonly patchEventEmitter: (emitter: unknown) => boolean;
  readonly patchRetryPolicy: (policy: unknown) => boolean;
  readonly patchTimeoutPolicy: (policy: unknown) => boolean;
  readonly patchBulkheadPolicy: (policy: unknown) => boolean;
}

/**
 * Watches what cockatiel's retries, timeouts and bulkheads do by the events that they emit anyway: `emit` is wrapped on
 * the class of its emitters, so no policy gets a listener.
 */
export function createCockatielPolicies(measurements: PolicyMeasurements, host: BreakerHost): CockatielPolicies {
  /** `undefined` for one whose shape is not known. */
  const policies = new WeakMap<object, WatchedPolicy | undefined>();
  const emitters = new WeakMap<object, { readonly policy: WatchedPolicy; readonly action: PolicyAction }>();
  const executions = new AsyncLocalStorage<Execution | undefined>();

  function watch(policy: object, kind: PolicyKind): WatchedPolicy | undefined {
    if (policies.has(policy)) return policies.get(policy);
    policies.set(policy, undefined);
    const { name } = measurements.nameOf(policy, `cockatiel-${kind}`, givenName(policy));
    const watched = { name, kind };
    for (const [field, action] of Object.entries(EMITTERS[kind])) {
      const emitter: unknown = Reflect.get(policy, field);
      if (typeof emitter !== 'object' || emitter === null) throw new TypeError(`a ${kind} policy without ${field}`);
      emitters.set(emitter, { policy: watched, action });
    }
    policies.set(policy, watched);
    return watched;
  }

  /** Counts a call made through a policy; `undefined` where nothing is to be told of it. */
  function begin(policy: object, kind: PolicyKind): WatchedPolicy | undefined {
    if (!host.isEnabled()) return undefined;
    return host.guard('breakers.cockatiel', () => {
      const watched = watch(policy, kind);
      if (watched !== undefined) measurements.executed(watched.name, kind);
      return watched;
    });
  }

  function emitted(emitter: object): void {
    const { policy, action } = emitters.get(emitter) ?? {};
    if (policy === undefined || action === undefined) return;
    if (action === 'timed_out' || action === 'gave_up') {
      // Both are emitted too where the caller, or a policy around this one, cancels: then they are not its own doing.
      const execution = executions.getStore();
      if (execution?.policy !== policy || isAborted(execution.signal)) return;
    }
    measurements.acted(policy.name, policy.kind, action);
  }

  /** The policy's own code and timers run in the execution, the application's function as it would without it. */
  const inExecution =
    (kind: PolicyKind) =>
    (original: Method): Method =>
      function execute(this: object, ...args) {
        const [run, signal] = args;
        const policy = begin(this, kind);
        if (policy === undefined || typeof run !== 'function') return original.apply(this, args);
        const outside = executions.getStore();
        const runOutside = (...given: unknown[]): unknown =>
          executions.run(outside, () => Reflect.apply(run, undefined, given) as unknown);
        return executions.run({ policy, signal }, () => original.apply(this, args.with(0, runOutside)));
      };

  /** Calls that wait in a bulkhead's queue: it says that it rejects, but not that one waits, and executes that once more. */
  const waiting = new WeakSet<object>();
  const inQueue = (original: Method): Method =>
    function execute(this: object, ...args) {
      const [run, signal] = args;
      if (typeof run !== 'function' || waiting.has(run)) return original.apply(this, args);
      const policy = begin(this, 'bulkhead');
      const { executionSlots, queueSlots } = this as Bulkhead;
      if (policy === undefined || isAborted(signal) || executionSlots > 0 || queueSlots <= 0) {
        return original.apply(this, args);
      }
      host.guard('breakers.cockatiel', () => measurements.acted(policy.name, 'bulkhead', 'queued'));
      const waits = (...given: unknown[]): unknown => Reflect.apply(run, undefined, given) as unknown;
      waiting.add(waits);
      return original.apply(this, args.with(0, waits));
    };

  return {
    patchEventEmitter: (type) =>
      wrapMethods(type, ['emit'], {
        emit: (original) =>
          function emit(this: object, ...args) {
            if (host.isEnabled()) host.guard('breakers.cockatiel', () => emitted(this));
            return original.apply(this, args);
          },
      }),
    patchRetryPolicy: (type) => wrapMethods(type, ['execute'], { execute: inExecution('retry') }),
    patchTimeoutPolicy: (type) => wrapMethods(type, ['execute'], { execute: inExecution('timeout') }),
    patchBulkheadPolicy: (type) => wrapMethods(type, ['execute', 'dequeue'], { execute: inQueue }),
  };
}

interface Bulkhead {
  readonly executionSlots: number;
  readonly queueSlots: number;
}

const isAborted = (signal: unknown): boolean => signal instanceof AbortSignal && signal.aborted;
