import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { createLimiter } from '../emit/limiter.ts';
import { createBreakerRegistry } from './breaker-registry.ts';
import type { BreakerLibrary, BreakerRegistry, BreakerState } from './breaker-registry.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

interface Breaker {
  readonly name: string | undefined;
  state: BreakerState;
}

const LIBRARY: BreakerLibrary = {
  library: 'library',
  givenName: (breaker) => (breaker as Breaker).name,
  stateOf: (breaker) => (breaker as Breaker).state,
};

function createRegistry() {
  const appeared: string[] = [];
  const moves: string[] = [];
  const sink = {
    appeared: (name: string) => void appeared.push(name),
    moved: (...move: readonly string[]) => void moves.push(move.join(' ')),
    rejected: () => undefined,
  };
  const bound = createLimiter(100, () => undefined);
  return { registry: createBreakerRegistry(sink, bound), appeared, moves };
}

const breaker = (name?: string, state: BreakerState = 'closed'): Breaker => ({ name, state });

/** Watches 50 breakers that nobody else knows. */
function watchMany(registry: BreakerRegistry): readonly WeakRef<Breaker>[] {
  return Array.from({ length: 50 }, () => {
    const one = breaker(undefined, 'open');
    registry.watch(one, LIBRARY);
    return new WeakRef(one);
  });
}

describe('the registry of circuit breakers', () => {
  test('tells the worst state of several breakers of one name', () => {
    const { registry } = createRegistry();
    const two = [breaker('vendor'), breaker('vendor', 'half_open')];
    for (const one of two) registry.watch(one, LIBRARY);
    expect(registry.states()).toEqual(new Map([['vendor', 'half_open']]));
    registry.watch(breaker('vendor', 'open'), LIBRARY);
    expect(registry.states()).toEqual(new Map([['vendor', 'open']]));
  });

  test('tells a change of state that no method announced when it is asked for the states', () => {
    const { registry, moves } = createRegistry();
    const one = breaker('held', 'open');
    registry.watch(one, LIBRARY);
    one.state = 'closed';
    registry.states();
    registry.states();
    expect(moves).toEqual(['held closed manual']);
  });

  test('folds the names of 10,000 breakers into 100 and one', () => {
    const { registry, appeared } = createRegistry();
    const alive = Array.from({ length: 10_000 }, (_, index) => breaker(`breaker ${index}`));
    for (const one of alive) registry.watch(one, LIBRARY);
    expect(appeared).toHaveLength(101);
    expect(appeared.at(-1)).toBe('_other');
    expect(registry.states().size).toBe(101);
    expect(alive).toHaveLength(10_000);
  });

  test('keeps no breaker alive, and gives the numbers of those that are gone to others', async () => {
    const { registry, appeared } = createRegistry();
    const refs: WeakRef<Breaker>[] = [];
    for (let round = 0; round < 40; round++) {
      refs.push(...watchMany(registry));
      // A weak reference holds its target, and finalizers wait, until the running job is over.
      await new Promise((resolve) => setImmediate(resolve));
      collectGarbage();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(refs.filter((ref) => ref.deref() !== undefined)).toEqual([]);
    expect([...registry.states().values()].filter((state) => state !== undefined)).toEqual([]);
    expect(refs).toHaveLength(2000);
    expect(appeared).not.toContain('_other');
  });
});
