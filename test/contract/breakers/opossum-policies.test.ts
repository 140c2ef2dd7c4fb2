import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTelemetry } from '../../support/telemetry.ts';
import type { Telemetry } from '../../support/telemetry.ts';
import { observePolicy } from './observe-policy.ts';
import { importOpossum } from './opossum-class.ts';
import type { OpossumClass } from './opossum-class.ts';

const VERSIONS = ['opossum-9', 'opossum'] as const;

let telemetry: Telemetry;
const classes = new Map<string, OpossumClass>();

beforeAll(async () => {
  telemetry = startTelemetry();
  for (const version of VERSIONS) classes.set(version, await importOpossum(version));
});

afterAll(() => telemetry.shutdown());

afterEach(() => {
  vi.useRealTimers();
});

describe.each(VERSIONS)('%s', (version) => {
  const unsettled = Promise.withResolvers<string>();
  const create = (name: string, options: { readonly timeout: number | false; readonly capacity?: number }) => {
    const Breaker = classes.get(version);
    if (Breaker === undefined) throw new Error(`${version} was not loaded`);
    return new Breaker((answer?: string) => (answer ? Promise.resolve(answer) : unsettled.promise), {
      name,
      errorThresholdPercentage: 50,
      ...options,
    });
  };

  test('a timeout that runs out is one, and calls that an open breaker rejects never reached it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const name = `${version} timeout`;
    const breaker = create(name, { timeout: 1000 });
    expect(await breaker.fire('answer')).toBe('answer');
    const late = Promise.all([breaker.fire(), breaker.fire()].map((call) => expect(call).rejects.toThrow('Timed out')));
    vi.advanceTimersByTime(1000);
    await late;
    await expect(breaker.fire('answer')).rejects.toThrow('Breaker is open');
    vi.useRealTimers();
    expect(await observePolicy(telemetry, name)).toEqual({ 'timeout executions': 3, 'timeout timed_out': 2 });
  });

  test('a limit on concurrent calls is a bulkhead, and there is none without one', async () => {
    const name = `${version} capacity`;
    const breaker = create(name, { timeout: false, capacity: 1 });
    void breaker.fire();
    await expect(breaker.fire('answer')).rejects.toThrow('Semaphore locked');
    expect(await observePolicy(telemetry, name)).toEqual({ 'bulkhead executions': 2, 'bulkhead rejected': 1 });
    const unlimited = `${version} unlimited`;
    await create(unlimited, { timeout: false }).fire('answer');
    expect(await observePolicy(telemetry, unlimited)).toEqual({});
  });
});
