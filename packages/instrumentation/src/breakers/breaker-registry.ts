import type { ATTRIBUTES } from '@brownout/signals';
import { createPolicyNames } from './policy-names.ts';

export type BreakerState = (typeof ATTRIBUTES)['breakerState']['values'][number];
export type BreakerTrigger = (typeof ATTRIBUTES)['breakerTrigger']['values'][number];

/** What is told of breakers, by names that are bounded already. */
export interface BreakerSink {
  /** A name is seen for the first time. */
  readonly appeared: (name: string) => void;
  readonly moved: (name: string, state: BreakerState, trigger: BreakerTrigger) => void;
  readonly rejected: (name: string) => void;
}

/** What a library's breaker looks like from here. */
export interface BreakerLibrary {
  readonly library: string;
  /** The name that the application gave it, if it did. */
  readonly givenName: (breaker: object) => string | undefined;
  /** `undefined` once it has been shut down. */
  readonly stateOf: (breaker: object) => BreakerState | undefined;
}

/** One breaker of the application. It does not lead back to the breaker, which stays collectable. */
export interface WatchedBreaker {
  readonly name: string;
  readonly ref: WeakRef<object>;
  readonly stateOf: BreakerLibrary['stateOf'];
  state: BreakerState;
}

export interface BreakerRegistry {
  /** The breaker's record, made at its first use. `before` is the state it had been in, where that is known. */
  readonly watch: (breaker: object, library: BreakerLibrary, before?: BreakerState) => WatchedBreaker;
  /** Reports a change of state; nothing if it is in that state already. */
  readonly move: (watched: WatchedBreaker, state: BreakerState, trigger: BreakerTrigger) => void;
  readonly reject: (watched: WatchedBreaker) => void;
  /** A shut-down breaker has no state any more. */
  readonly end: (breaker: object) => void;
  /** By name; of several breakers of one name, the worst; `undefined` where all of a name are gone. */
  readonly states: () => ReadonlyMap<string, BreakerState | undefined>;
}

const BADNESS = { closed: 0, half_open: 1, open: 2 } as const satisfies Record<BreakerState, number>;

/** @param boundName folds what exceeds the limit on names into `_other` */
export function createBreakerRegistry(sink: BreakerSink, boundName: (name: string) => string): BreakerRegistry {
  const known = new WeakMap<object, Entry>();
  const entries = new Set<Entry>();
  const nameOf = createPolicyNames();
  const appeared = new Set<string>();
  const collected = new FinalizationRegistry<Entry>((entry) => entries.delete(entry));

  function move(watched: WatchedBreaker, state: BreakerState, trigger: BreakerTrigger): void {
    if (watched.state === state) return;
    watched.state = state;
    sink.moved(watched.name, state, trigger);
  }

  return {
    move,
    watch(breaker, { library, givenName, stateOf }, before) {
      const entry = known.get(breaker);
      if (entry !== undefined) return entry;
      const { name: own, release } = nameOf(breaker, library, givenName(breaker));
      const name = boundName(own);
      const state = before ?? stateOf(breaker) ?? 'closed';
      const made: Entry = { name, release, ref: new WeakRef(breaker), stateOf, state };
      known.set(breaker, made);
      entries.add(made);
      collected.register(breaker, made, made);
      if (!appeared.has(name)) {
        appeared.add(name);
        sink.appeared(name);
      }
      return made;
    },
    reject: ({ name }) => sink.rejected(name),
    end(breaker) {
      const entry = known.get(breaker);
      if (entry === undefined) return;
      collected.unregister(entry);
      entries.delete(entry);
      entry.release();
    },
    states() {
      const worst = new Map<string, BreakerState | undefined>();
      for (const name of appeared) worst.set(name, undefined);
      for (const entry of entries) {
        const breaker = entry.ref.deref();
        const state = breaker && entry.stateOf(breaker);
        if (state === undefined) continue;
        // Letting go of a breaker that was held open by hand calls no method that could be watched.
        move(entry, state, 'manual');
        const other = worst.get(entry.name);
        if (other === undefined || BADNESS[state] > BADNESS[other]) worst.set(entry.name, state);
      }
      return worst;
    },
  };
}

interface Entry extends WatchedBreaker {
  readonly release: () => void;
}
