import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { faultUrl, startSimulator } from '@brownout/simulator';
import type { Simulator } from '@brownout/simulator';
import { diag, DiagLogLevel } from '@opentelemetry/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTelemetry } from '../support/telemetry.ts';
import type { Telemetry } from '../support/telemetry.ts';
import { observe, underUseCase } from '../support/use-case.ts';

const require = createRequire(import.meta.url);

/** A client as Stainless generates it, as far as a call is concerned. */
const KNOWN_SHAPE = `
class OpenAI {
  constructor({ baseURL, fetch }) { this.baseURL = baseURL; this.fetch = fetch ?? ((...args) => globalThis.fetch(...args)); }
  ask(body) { return this.request({ path: '/chat/completions', body }); }
  request(options) { return this.makeRequest(options, 1, undefined); }
  async makeRequest(options, retriesRemaining, retryOf) {
    const { req, url } = await this.buildRequest(options, { retryCount: 1 - retriesRemaining });
    const response = await this.fetchWithTimeout(url, req, 1000, new AbortController());
    if (response.status < 500) return response.json();
    await response.text();
    return retriesRemaining > 0 ? this.retryRequest(options, retriesRemaining) : undefined;
  }
  async buildRequest({ path, body }, { retryCount }) {
    const headers = { 'content-type': 'application/json', 'x-stainless-retry-count': String(retryCount) };
    return { url: this.baseURL + path, req: { method: 'POST', headers, body: JSON.stringify(body) } };
  }
  async retryRequest(options, retriesRemaining) { return this.makeRequest(options, retriesRemaining - 1, 'log_1'); }
  async fetchWithTimeout(url, init) { return this.fetch.call(undefined, url, init); }
}`;
/** The same, after a rewrite that has given its methods other names. */
const UNKNOWN_SHAPE = KNOWN_SHAPE.replaceAll('makeRequest', 'perform').replaceAll('retryRequest', 'performAgain');

const MODULES = { cjs: ['client.js', 'exports.OpenAI = OpenAI;'], esm: ['client.mjs', 'export { OpenAI };'] } as const;
type ModuleSystem = keyof typeof MODULES;

type Client = new (options: { baseURL: string }) => { ask(body: object): Promise<unknown> };

const directories: string[] = [];
const warnings: string[] = [];
let telemetry: Telemetry;
let simulator: Simulator;

beforeAll(async () => {
  telemetry = startTelemetry();
  const ignore = (): void => undefined;
  const warn = (text: string): void => void warnings.push(text);
  diag.setLogger({ error: warn, warn, info: ignore, debug: ignore, verbose: ignore }, DiagLogLevel.WARN);
  simulator = await startSimulator({ timing: { instant: true } });
});

afterAll(async () => {
  diag.disable();
  await simulator.close();
  await telemetry.shutdown();
  for (const directory of directories) await rm(directory, { recursive: true });
});

/** Installs a package `openai` into a project of its own, and loads it. */
async function load(version: string, shape: string, modules: ModuleSystem): Promise<Client> {
  const [file, exported] = MODULES[modules];
  const directory = await mkdtemp(path.join(tmpdir(), 'brownout-shape-'));
  directories.push(directory);
  const folder = path.join(directory, 'node_modules/openai');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ name: 'openai', version }));
  await writeFile(path.join(folder, file), `${shape}\n${exported}\n`);
  const module = path.join(folder, file);
  const loaded: unknown = modules === 'cjs' ? require(module) : await import(pathToFileURL(module).href);
  return (loaded as { OpenAI: Client }).OpenAI;
}

/** A call that is retried once. */
async function ask(OpenAI: Client, useCase: string) {
  const baseURL = `${faultUrl(simulator.url, 'internal_server_error', { times: 1, id: useCase.replaceAll(/\W/g, '-') })}/v1`;
  const body = { model: 'gpt-5', messages: [{ role: 'user', content: 'Where is my order?' }] };
  await underUseCase(useCase, () => new OpenAI({ baseURL }).ask(body));
  const { calls, attempts, callSpans } = await observe(telemetry, useCase);
  return { calls, attempts, spans: callSpans.length };
}

async function linkOf(version: string): Promise<readonly unknown[]> {
  const instrumented = (await telemetry.metrics())('brownout.instrumented');
  return instrumented
    .filter(({ attributes }) => attributes['brownout.sdk.version'] === version)
    .map(({ attributes, value }) => [attributes['brownout.sdk'], attributes['brownout.link'], value]);
}

for (const [patch, modules] of (['cjs', 'esm'] as const).entries()) {
  test(`a later major whose shape is known is linked (${modules})`, async () => {
    warnings.length = 0;
    const version = `99.0.${patch}`;
    const OpenAI = await load(version, KNOWN_SHAPE, modules);
    expect(await ask(OpenAI, `known ${modules}`)).toEqual({ calls: ['usable ok'], attempts: 2, spans: 1 });
    expect(await linkOf(version)).toEqual([['openai', 'linked', 1]]);
    expect(warnings).toEqual([]);
  });

  test(`a shape that is not known is said once, and its calls are inferred (${modules})`, async () => {
    warnings.length = 0;
    const version = `99.1.${patch}`;
    const OpenAI = await load(version, UNKNOWN_SHAPE, modules);
    expect(await ask(OpenAI, `unknown ${modules}`)).toEqual({ calls: ['usable ok'], attempts: 2, spans: 1 });
    expect(await ask(OpenAI, `unknown ${modules} again`)).toEqual({ calls: ['usable ok'], attempts: 2, spans: 1 });
    expect(await linkOf(version)).toEqual([['openai', 'unsupported', 1]]);
    expect(warnings).toEqual([
      `brownout: openai ${version} has a shape that is not known here; its calls are inferred from the wire instead, retries included.`,
    ]);
  });
}

test('a module that does not have the class at all is said once, and harms nobody', async () => {
  warnings.length = 0;
  const empty = await load('99.3.0', 'const OpenAI = undefined;', 'esm');
  expect(empty).toBeUndefined();
  expect(await linkOf('99.3.0')).toEqual([['openai', 'unsupported', 1]]);
  expect(warnings).toHaveLength(1);
});
