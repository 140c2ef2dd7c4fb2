import type * as Cockatiel from 'cockatiel';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTelemetry } from '../../support/telemetry.ts';
import type { Telemetry } from '../../support/telemetry.ts';
import { observeBreaker } from './observe-breaker.ts';

const VERSIONS = ['cockatiel-3', 'cockatiel'] as const;

let telemetry: Telemetry;
const modules = new Map<string, typeof Cockatiel>();

beforeAll(async () => {
  telemetry = startTelemetry();
  for (const version of VERSIONS) modules.set(version, (await import(version)) as typeof Cockatiel);
});

afterAll(() => telemetry.shutdown());

afterEach(() => {
  vi.useRealTimers();
});

describe.each(VERSIONS)('%s', (version) => {
  function create(name?: string) {
    const cockatiel = modules.get(version);
    if (cockatiel === undefined) throw new Error(`${version} was not loaded`);
    const breaker = cockatiel.circuitBreaker(cockatiel.handleAll, {
      halfOpenAfter: 1000,
      breaker: new cockatiel.ConsecutiveBreaker(2),
    });
    return name === undefined ? breaker : Object.assign(breaker, { name });
  }
  const broken = new Error('broken');
  const fail = (): never => {
    throw broken;
  };
  async function seen(name: string) {
    vi.useRealTimers();
    return observeBreaker(telemetry, name);
  }
  async function open(breaker: Cockatiel.CircuitBreakerPolicy) {
    for (let times = 0; times < 2; times++) await expect(breaker.execute(fail)).rejects.toBe(broken);
  }

  test('is told to be linked', async () => {
    const instrumented = (await telemetry.metrics())('brownout.instrumented');
    const links = instrumented.filter(({ attributes }) => attributes['brownout.sdk'] === 'cockatiel');
    expect(links.map(({ attributes }) => attributes['brownout.link'])).toEqual(['linked', 'linked']);
  });

  test('a breaker opens by its failures, rejects, probes and closes', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const name = `${version} cycle`;
    const breaker = create(name);
    expect(await breaker.execute(() => 'answer')).toBe('answer');
    await open(breaker);
    await expect(breaker.execute(() => 'answer')).rejects.toThrow('circuit breaker is open');
    vi.setSystemTime(Date.now() + 1000);
    expect(await breaker.execute(() => 'answer')).toBe('answer');
    expect(await seen(name)).toEqual({
      state: ['closed'],
      transitions: ['closed probe 1', 'half_open probe 1', 'open failure_rate 1'],
      rejections: 1,
      events: ['open failure_rate', 'half_open probe', 'closed probe'],
    });
  });

  test('what waits for a probe that fails is rejected', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const name = `${version} relapse`;
    const breaker = create(name);
    await open(breaker);
    vi.setSystemTime(Date.now() + 1000);
    const probe = breaker.execute(async () => fail());
    const waiting = breaker.execute(() => 'answer');
    await expect(probe).rejects.toBe(broken);
    await expect(waiting).rejects.not.toBe(broken);
    expect(await seen(name)).toMatchObject({
      state: ['open'],
      rejections: 1,
      events: ['open failure_rate', 'half_open probe', 'open probe'],
    });
  });

  test('a breaker that is held open by hand rejects, and is closed once it is let go', async () => {
    const name = `${version} isolated`;
    const breaker = create(name);
    const handle = breaker.isolate();
    await expect(breaker.execute(() => 'answer')).rejects.toThrow('circuit breaker is open');
    expect(await seen(name)).toMatchObject({ state: ['open'], rejections: 1, events: ['open manual'] });
    handle.dispose();
    expect((await seen(name)).state).toEqual(['closed']);
    expect((await seen(name)).events).toEqual(['open manual', 'closed manual']);
  });

  test('a breaker inside other policies is seen, and has a number where it has no name', async () => {
    const cockatiel = modules.get(version) as typeof Cockatiel;
    const before = (await telemetry.metrics())('brownout.breaker.state').map(({ attributes }) => attributes);
    const retry = cockatiel.retry(cockatiel.handleAll, { maxAttempts: 3, backoff: new cockatiel.ConstantBackoff(0) });
    const breaker = create();
    await expect(cockatiel.wrap(retry, breaker).execute(fail)).rejects.toThrow('circuit breaker is open');
    const after = (await telemetry.metrics())('brownout.breaker.state').map(({ attributes }) => attributes);
    const names = after.map((attributes) => attributes['brownout.breaker']);
    const added = names.filter((name) => !before.some((attributes) => attributes['brownout.breaker'] === name));
    expect(added).toEqual([expect.stringMatching(/^cockatiel-\d+$/)]);
    expect(await seen(String(added[0]))).toMatchObject({
      state: ['open'],
      rejections: 2,
      events: ['open failure_rate'],
    });
    expect(breaker.state).toBe(cockatiel.CircuitState.Open);
  });

  test('the application sees its own keys, results and errors only', async () => {
    const breaker = create();
    const keys = Reflect.ownKeys(breaker);
    const answer = { text: 'answer' };
    expect(await breaker.execute(() => answer)).toBe(answer);
    expect(Reflect.ownKeys(breaker)).toEqual(keys);
    const cockatiel = modules.get(version) as typeof Cockatiel;
    const execute = Reflect.get(cockatiel.CircuitBreakerPolicy.prototype, 'execute') as Function;
    expect([execute.name, execute.length]).toEqual(['execute', 1]);
    const fallback = cockatiel.fallback(cockatiel.handleAll, () => answer);
    const fallbackKeys = Reflect.ownKeys(fallback);
    expect(await fallback.execute(fail)).toBe(answer);
    expect(Reflect.ownKeys(fallback)).toEqual(fallbackKeys);
  });
});
