import { AsyncLocalStorage } from 'node:async_hooks';
import type * as Cockatiel from 'cockatiel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTelemetry } from '../../support/telemetry.ts';
import type { Telemetry } from '../../support/telemetry.ts';
import { observePolicy } from './observe-policy.ts';

const VERSIONS = ['cockatiel-3', 'cockatiel'] as const;
/** Longer than any test runs, ms. */
const NEVER = 600_000;

let telemetry: Telemetry;
const modules = new Map<string, typeof Cockatiel>();

beforeAll(async () => {
  telemetry = startTelemetry();
  for (const version of VERSIONS) modules.set(version, (await import(version)) as typeof Cockatiel);
});

afterAll(() => telemetry.shutdown());

/** Settles as soon as the signal says so, as a request does. */
const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const abort = (): void => reject(new Error('aborted'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
  });

describe.each(VERSIONS)('%s', (version) => {
  const library = (): typeof Cockatiel => {
    const loaded = modules.get(version);
    if (loaded === undefined) throw new Error(`${version} was not loaded`);
    return loaded;
  };
  const named = <Policy extends object>(policy: Policy, name: string) => Object.assign(policy, { name });
  const seen = (name: string) => observePolicy(telemetry, name);
  const broken = new Error('broken');
  const fail = (): never => {
    throw broken;
  };
  const retrying = (name: string, maxAttempts = 2) => {
    const { retry, handleAll, ConstantBackoff } = library();
    return named(retry(handleAll, { maxAttempts, backoff: new ConstantBackoff(0) }), name);
  };

  test('a retry policy tells of its retries, and that it gave up', async () => {
    const name = `${version} retry`;
    const policy = retrying(name);
    let calls = 0;
    expect(await policy.execute(() => (++calls === 1 ? fail() : 'answer'))).toBe('answer');
    await expect(policy.execute(fail)).rejects.toBe(broken);
    expect(await seen(name)).toEqual({ 'retry executions': 2, 'retry retried': 3, 'retry gave_up': 1 });
  });

  test('a retry policy that the caller has stopped has not given up', async () => {
    const name = `${version} stopped`;
    const caller = new AbortController();
    const stopped = retrying(name).execute(() => {
      caller.abort();
      fail();
    }, caller.signal);
    await expect(stopped).rejects.toBe(broken);
    expect(await seen(name)).toEqual({ 'retry executions': 1 });
  });

  test.each(['Cooperative', 'Aggressive'] as const)('a timeout that runs out is one (%s)', async (strategy) => {
    const name = `${version} ${strategy}`;
    const { timeout, TimeoutStrategy } = library();
    const policy = named(timeout(1, TimeoutStrategy[strategy]), name);
    expect(await policy.execute(() => 'answer')).toBe('answer');
    await expect(policy.execute(({ signal }) => untilAborted(signal))).rejects.toThrow(/aborted|timed out/);
    expect(await seen(name)).toEqual({ 'timeout executions': 2, 'timeout timed_out': 1 });
  });

  test.each(['Cooperative', 'Aggressive'] as const)('a caller that cancels is no timeout (%s)', async (strategy) => {
    const name = `${version} cancelled ${strategy}`;
    const { timeout, TimeoutStrategy } = library();
    const policy = named(timeout(NEVER, TimeoutStrategy[strategy]), name);
    let emitted = 0;
    policy.onTimeout(() => (emitted += 1));
    for (const when of ['before', 'meanwhile']) {
      const caller = new AbortController();
      if (when === 'before') caller.abort();
      const cancelled = policy.execute(({ signal }) => untilAborted(signal), caller.signal);
      caller.abort();
      await expect(cancelled).rejects.toThrow(/aborted|timed out/);
    }
    // The library itself says that it was one.
    expect(emitted).toBeGreaterThan(0);
    expect(await seen(name)).toEqual({ 'timeout executions': 2 });
  });

  test('of a timeout around a retry around a timeout, only those are told that ran out', async () => {
    const { timeout, TimeoutStrategy, wrap } = library();
    const within = named(timeout(NEVER, TimeoutStrategy.Cooperative), `${version} within`);
    const around = named(timeout(1, TimeoutStrategy.Cooperative), `${version} around`);
    const policy = wrap(around, retrying(`${version} between`), within);
    await expect(policy.execute(({ signal }) => untilAborted(signal))).rejects.toThrow('aborted');
    expect(await seen(`${version} around`)).toEqual({ 'timeout executions': 1, 'timeout timed_out': 1 });
    expect(await seen(`${version} between`)).toEqual({ 'retry executions': 1 });
    expect(await seen(`${version} within`)).toEqual({ 'timeout executions': 1 });
  });

  test('a bulkhead tells of calls that wait and of those that it rejects, each once', async () => {
    const name = `${version} bulkhead`;
    const policy = named(library().bulkhead(1, 1), name);
    const running = Promise.withResolvers<string>();
    const first = policy.execute(() => running.promise);
    const second = policy.execute(() => 'waited');
    await expect(policy.execute(() => 'rejected')).rejects.toThrow(/Bulkhead/);
    running.resolve('answer');
    expect(await Promise.all([first, second])).toEqual(['answer', 'waited']);
    expect(await seen(name)).toEqual({ 'bulkhead executions': 3, 'bulkhead queued': 1, 'bulkhead rejected': 1 });
  });

  test('the application sees its own arguments, keys, listeners and asynchronous context only', async () => {
    const { bulkhead, timeout, TimeoutStrategy } = library();
    const policies = [retrying('seen'), timeout(NEVER, TimeoutStrategy.Aggressive), bulkhead(1)];
    const store = new AsyncLocalStorage<string>();
    for (const policy of policies) {
      const keys = Reflect.ownKeys(policy);
      const given = await store.run('context', () =>
        policy.execute((...args: readonly unknown[]) => [
          store.getStore(),
          args.length,
          Object.keys(args[0] as object),
        ]),
      );
      expect(given).toEqual(['context', expect.any(Number), expect.arrayContaining(['signal'])]);
      expect(Reflect.ownKeys(policy)).toEqual(keys);
    }
  });
});
