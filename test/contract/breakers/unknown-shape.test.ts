import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { diag, DiagLogLevel } from '@opentelemetry/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTelemetry } from '../../support/telemetry.ts';
import type { Telemetry } from '../../support/telemetry.ts';

const require = createRequire(import.meta.url);
const warnings: string[] = [];
let telemetry: Telemetry;
let directory: string;

beforeAll(async () => {
  telemetry = startTelemetry();
  directory = await mkdtemp(path.join(tmpdir(), 'brownout-breakers-'));
  const ignore = (): void => undefined;
  const warn = (text: string): void => void warnings.push(text);
  diag.setLogger({ error: warn, warn, info: ignore, debug: ignore, verbose: ignore }, DiagLogLevel.WARN);
});

afterAll(async () => {
  diag.disable();
  await rm(directory, { recursive: true });
  await telemetry.shutdown();
});

type Class = new () => { run(): string; execute(run: () => string): Promise<string> };

/** Loads a class from a module that stands where the library's own would. */
async function load(library: string, file: string, source: string, name: string): Promise<Class> {
  const module = path.join(directory, 'node_modules', library, file);
  await mkdir(path.dirname(module), { recursive: true });
  await writeFile(path.join(directory, 'node_modules', library, 'package.json'), '{"version":"99.0.0"}');
  await writeFile(module, source);
  const loaded = require(module) as Record<string, Class> | Class;
  return name in loaded ? ((loaded as Record<string, Class>)[name] as Class) : (loaded as Class);
}

/** Modules of later majors, after a rewrite that has given their methods other names. */
const UNKNOWN = [
  ['opossum', 'lib/circuit.js', 'module.exports = class CircuitBreaker { run() { return "answer"; } };'],
  ['cockatiel', 'dist/CircuitBreakerPolicy.js', 'exports.CircuitBreakerPolicy = class { run() { return "answer"; } };'],
] as const;

test.each(UNKNOWN)('a %s whose shape is not known is said once, and left alone', async (library, file, source) => {
  warnings.length = 0;
  const Breaker = await load(library, file, source, 'CircuitBreakerPolicy');
  expect(new Breaker().run()).toBe('answer');
  expect(Reflect.ownKeys(Breaker.prototype)).toEqual(['constructor', 'run']);
  expect(warnings).toEqual([
    `brownout: ${library} 99.0.0 has a shape that is not known here; its circuit breakers are not reported.`,
  ]);
  const instrumented = (await telemetry.metrics())('brownout.instrumented').map(({ attributes }) => attributes);
  expect(instrumented).toContainEqual({
    'brownout.sdk': library,
    'brownout.sdk.version': '99.0.0',
    'brownout.link': 'unsupported',
  });
});

/** Classes of cockatiel that would no longer have what is read of them. */
const CLASSES = [
  ['RetryPolicy', 'dist/RetryPolicy.js', 'it is not reported'],
  ['TimeoutPolicy', 'dist/TimeoutPolicy.js', 'it is not reported'],
  ['BulkheadPolicy', 'dist/BulkheadPolicy.js', 'it is not reported'],
  ['EventEmitter', 'dist/common/Event.js', 'what its policies do is not reported'],
] as const;

test.each(CLASSES)(
  'a %s of cockatiel whose methods are not known is said once, and left alone',
  async (name, file, said) => {
    warnings.length = 0;
    const Class = await load('cockatiel', file, `exports.${name} = class { run() { return "answer"; } };`, name);
    expect(new Class().run()).toBe('answer');
    expect(Reflect.ownKeys(Class.prototype)).toEqual(['constructor', 'run']);
    expect(warnings).toEqual([`brownout: cockatiel 99.0.0 has a ${name} that is not known here; ${said}.`]);
  },
);

test('a policy of cockatiel without the emitters that are known works, and is not reported', async () => {
  warnings.length = 0;
  const source = 'exports.RetryPolicy = class { async execute(run) { return run(); } };';
  const Retry = await load('cockatiel', 'dist/esm/RetryPolicy.js', source, 'RetryPolicy');
  const policy = new Retry();
  expect([await policy.execute(() => 'answer'), await policy.execute(() => 'answer')]).toEqual(['answer', 'answer']);
  expect(warnings).toEqual([expect.stringContaining('telemetry for breakers.cockatiel failed and was left out')]);
  expect((await telemetry.metrics())('brownout.policy.executions')).toEqual([]);
});
