import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTelemetry } from '../../support/telemetry.ts';
import type { Telemetry } from '../../support/telemetry.ts';
import { observeBreaker } from './observe-breaker.ts';
import { importOpossum } from './opossum-class.ts';
import type { OpossumClass, OpossumOptions } from './opossum-class.ts';

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
  function create(name: string, options: Partial<OpossumOptions> = {}) {
    const Breaker = classes.get(version);
    if (Breaker === undefined) throw new Error(`${version} was not loaded`);
    const settings = { errorThresholdPercentage: 50, resetTimeout: 1000, name, ...options };
    return new Breaker((failure?: Error) => (failure ? Promise.reject(failure) : Promise.resolve('answer')), settings);
  }
  const seen = (name: string) => observeBreaker(telemetry, name);
  const broken = new Error('broken');

  test('is told to be linked', async () => {
    const instrumented = (await telemetry.metrics())('brownout.instrumented');
    const links = instrumented.filter(({ attributes }) => attributes['brownout.sdk'] === 'opossum');
    expect(links.map(({ attributes }) => attributes['brownout.link'])).toEqual(['linked', 'linked']);
  });

  test('a breaker that works is closed, and has neither moved nor rejected', async () => {
    const name = `${version} healthy`;
    const breaker = create(name);
    expect(await breaker.fire()).toBe('answer');
    expect(await seen(name)).toEqual({ state: ['closed'], transitions: [], rejections: 0, events: [] });
  });

  test('a breaker opens by its failures, rejects, probes and closes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const name = `${version} cycle`;
    const breaker = create(name);
    await expect(breaker.fire(broken)).rejects.toBe(broken);
    await expect(breaker.fire()).rejects.toThrow('Breaker is open');
    await expect(breaker.fire()).rejects.toThrow('Breaker is open');
    vi.advanceTimersByTime(1000);
    expect(await breaker.fire()).toBe('answer');
    expect(await breakerState(name)).toEqual({
      state: ['closed'],
      transitions: ['closed probe 1', 'half_open probe 1', 'open failure_rate 1'],
      rejections: 2,
      events: ['open failure_rate', 'half_open probe', 'closed probe'],
    });
  });

  async function breakerState(name: string) {
    vi.useRealTimers();
    return seen(name);
  }

  test('a probe that fails opens the breaker again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const name = `${version} relapse`;
    const breaker = create(name);
    await expect(breaker.fire(broken)).rejects.toBe(broken);
    vi.advanceTimersByTime(1000);
    await expect(breaker.fire(broken)).rejects.toBe(broken);
    expect((await breakerState(name)).events).toEqual(['open failure_rate', 'half_open probe', 'open probe']);
  });

  test('a breaker that is opened by hand says so, however many calls failed before', async () => {
    const name = `${version} manual`;
    const breaker = create(name, { volumeThreshold: 10 });
    await expect(breaker.fire(broken)).rejects.toBe(broken);
    breaker.open();
    expect((await seen(name)).events).toEqual(['open manual']);
  });

  test('a health check that fails is a probe', async () => {
    const name = `${version} health`;
    const breaker = create(name);
    const opened = new Promise((resolve) => breaker.once('open', () => resolve(undefined)));
    breaker.healthCheck(() => Promise.reject(broken), 3_600_000);
    await opened;
    expect((await seen(name)).events).toEqual(['open probe']);
  });

  test('a breaker that is made in a saved state has not moved into it', async () => {
    const name = `${version} restored`;
    const saved = { enabled: true, name, closed: false, open: true, halfOpen: false, warmUp: false, shutdown: false };
    create(name, { state: saved });
    expect(await seen(name)).toMatchObject({ state: ['open'], events: [] });
  });

  test('a shut-down breaker has no state any more', async () => {
    const name = `${version} shut down`;
    const breaker = create(name);
    await breaker.fire();
    expect((await seen(name)).state).toEqual(['closed']);
    breaker.shutdown();
    expect((await seen(name)).state).toEqual([]);
  });

  test('the application sees its own listeners, results and promises only', async () => {
    const breaker = create(`${version} untouched`);
    expect(breaker.eventNames().map((event) => [event, breaker.listenerCount(event)])).toEqual([
      ['success', 2],
      ['failure', 1],
      ['fallback', 1],
      ['timeout', 1],
      ['fire', 1],
      ['reject', 1],
      ['cacheHit', 1],
      ['cacheMiss', 1],
      ['coalesceCacheHit', 1],
      ['coalesceCacheMiss', 1],
      ['open', 2],
      ['close', 1],
      ['semaphoreLocked', 1],
    ]);
    expect(breaker.emit('no such event')).toBe(false);
    expect(Object.keys(Object.getPrototypeOf(breaker) as object)).toEqual([]);
    const substitute = create(`${version} substitute`);
    breaker.fallback(substitute);
    expect(await breaker.fire(broken).catch((error: unknown) => error)).toBe(broken);
  });
});
