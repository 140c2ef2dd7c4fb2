import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type * as Cockatiel from 'cockatiel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTelemetry } from '../../support/telemetry.ts';
import type { Telemetry } from '../../support/telemetry.ts';
import { importOpossum } from './opossum-class.ts';
import type { OpossumClass } from './opossum-class.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Breakers of each library. */
const MANY = 10_000;
const STATES = 3;
/** 100 names and `_other`. */
const MOST_NAMES = 101;

let telemetry: Telemetry;
let Opossum: OpossumClass;
let cockatiel: typeof Cockatiel;

beforeAll(async () => {
  telemetry = startTelemetry();
  Opossum = await importOpossum('opossum');
  cockatiel = await import('cockatiel');
});

afterAll(() => telemetry.shutdown());

/** Makes a breaker of each library, uses both, and lets go of them. */
async function useAndDrop(index: number): Promise<readonly WeakRef<object>[]> {
  const { circuitBreaker, ConsecutiveBreaker, handleAll } = cockatiel;
  const anonymous = circuitBreaker(handleAll, { halfOpenAfter: 1000, breaker: new ConsecutiveBreaker(1) });
  await anonymous.execute(() => Promise.reject(new Error('broken'))).catch(() => undefined);
  const named = new Opossum(() => Promise.resolve('answer'), { name: `breaker ${index}` });
  await named.fire();
  named.shutdown();
  return [new WeakRef(anonymous), new WeakRef(named)];
}

/** The same of cockatiel's other policies. */
async function usePoliciesAndDrop(index: number): Promise<readonly WeakRef<object>[]> {
  const { bulkhead, handleAll, retry, timeout, TimeoutStrategy } = cockatiel;
  const anonymous = retry(handleAll, { maxAttempts: 1 });
  const named = Object.assign(timeout(60_000, TimeoutStrategy.Cooperative), { name: `timeout ${index}` });
  const policies = [anonymous, named, bulkhead(1)];
  for (const policy of policies) await policy.execute(() => 'answer');
  return policies.map((policy) => new WeakRef(policy));
}

/** Runs it `MANY` times and collects; what came of it, and how much of that is still there. */
async function countAlive(use: (index: number) => Promise<readonly WeakRef<object>[]>) {
  const refs: WeakRef<object>[] = [];
  for (let index = 0; index < MANY; index++) {
    refs.push(...(await use(index)));
    // A weak reference holds its target until the running job is over.
    if (index % 1000 === 999) await new Promise((resolve) => setImmediate(resolve));
  }
  // The jobs that ran last may still hold a few.
  for (let times = 0; times < 2; times++) {
    collectGarbage();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { made: refs.length, alive: refs.filter((ref) => ref.deref() !== undefined).length };
}

test(
  '20,000 breakers that come and go leave neither themselves nor their series behind',
  { timeout: 60_000 },
  async () => {
    const { made, alive } = await countAlive(useAndDrop);
    expect(made).toBe(2 * MANY);
    expect(alive).toBeLessThan(made / 100);

    const metrics = await telemetry.metrics();
    const names = new Set(
      metrics('brownout.breaker.transitions').map(({ attributes }) => attributes['brownout.breaker']),
    );
    expect(names.size).toBeGreaterThan(0);
    expect(names.size).toBeLessThanOrEqual(MOST_NAMES);
    // Series that are not 0: those of breakers that are still there.
    expect(metrics('brownout.breaker.state').length).toBeLessThanOrEqual(MOST_NAMES);
    expect(metrics('brownout.breaker.transitions').length).toBeLessThanOrEqual(MOST_NAMES * STATES);
  },
);

test(
  '30,000 policies that come and go leave neither themselves nor their series behind',
  { timeout: 60_000 },
  async () => {
    const { made, alive } = await countAlive(usePoliciesAndDrop);
    expect(made).toBe(3 * MANY);
    expect(alive).toBeLessThan(made / 100);

    const metrics = await telemetry.metrics();
    const executions = metrics('brownout.policy.executions');
    expect(executions.reduce((sum, { value }) => sum + value, 0)).toBeGreaterThanOrEqual(made);
    const names = new Set(executions.map(({ attributes }) => attributes['brownout.policy']));
    expect(names.size).toBeLessThanOrEqual(MOST_NAMES);
    const overflow = metrics('brownout.self.overflow').map(({ attributes }) => attributes['brownout.dimension']);
    expect(overflow).toContain('brownout.policy');
  },
);
