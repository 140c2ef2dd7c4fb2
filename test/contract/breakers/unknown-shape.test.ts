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

/** Modules of later majors, after a rewrite that has given their methods other names. */
const UNKNOWN = [
  ['opossum', 'lib/circuit.js', 'module.exports = class CircuitBreaker { run() { return "answer"; } };'],
  ['cockatiel', 'dist/CircuitBreakerPolicy.js', 'exports.CircuitBreakerPolicy = class { run() { return "answer"; } };'],
] as const;

test.each(UNKNOWN)('a %s whose shape is not known is said once, and left alone', async (library, file, source) => {
  warnings.length = 0;
  const module = path.join(directory, 'node_modules', library, file);
  await mkdir(path.dirname(module), { recursive: true });
  await writeFile(path.join(directory, 'node_modules', library, 'package.json'), '{"version":"99.0.0"}');
  await writeFile(module, source);
  const loaded = require(module) as Record<string, unknown> & (new () => { run(): string });
  const Breaker = (loaded['CircuitBreakerPolicy'] ?? loaded) as new () => { run(): string };
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
