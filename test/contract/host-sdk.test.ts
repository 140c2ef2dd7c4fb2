import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { faultUrl, startSimulator } from '@brownout/simulator';
import type { Simulator } from '@brownout/simulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runNode } from '../support/node-process.ts';

const MAJORS = ['2', '3'] as const;
type Major = (typeof MAJORS)[number];

const here = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const PROGRAM = here('../e2e/programs/host-sdk/host.cjs');
/** Where the packages of a host with that major are installed. */
const INSTALLED: Record<Major, string> = {
  '2': here('../hosts/opentelemetry-2/node_modules/@opentelemetry'),
  '3': here('../node_modules/@opentelemetry'),
};
const OURS = ['api', 'instrumentation', 'core', 'dialects', 'signals'];

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

const projects = new Map<Major, string>();
let simulator: Simulator;
let runs = 0;

/**
 * An application's project: its own OpenTelemetry, our built packages, and `openai`. Ours are copied, as a package manager
 * would do it, so that they find the one OpenTelemetry API that is installed there.
 */
async function createProject(major: Major): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), `brownout-host-${major}-`));
  const modules = path.join(directory, 'node_modules');
  const link = async (from: string, to: string) => {
    await mkdir(path.dirname(path.join(modules, to)), { recursive: true });
    await symlink(await realpath(from), path.join(modules, to), 'dir');
  };
  for (const name of await readdir(INSTALLED[major])) {
    await link(path.join(INSTALLED[major], name), `@opentelemetry/${name}`);
  }
  await link(here('../node_modules/openai'), 'openai');
  const linked = new Set<string>();
  for (const name of OURS) {
    const source = here(`../../packages/${name}`);
    for (const part of ['dist', 'package.json']) {
      await cp(path.join(source, part), path.join(modules, '@brownout', name, part), { recursive: true });
    }
    const { dependencies = {} } = JSON.parse(await readFile(path.join(source, 'package.json'), 'utf8')) as Manifest;
    for (const dependency of Object.keys(dependencies)) {
      if (dependency.startsWith('@brownout/') || linked.has(dependency)) continue;
      linked.add(dependency);
      await link(path.join(source, 'node_modules', dependency), dependency);
    }
  }
  await cp(PROGRAM, path.join(directory, 'host.cjs'));
  return directory;
}

beforeAll(async () => {
  simulator = await startSimulator({ timing: { instant: true } });
  for (const major of MAJORS) projects.set(major, await createProject(major));
});

afterAll(async () => {
  await simulator.close();
  for (const directory of projects.values()) await rm(directory, { recursive: true });
});

interface Exported {
  readonly spans: readonly {
    readonly name: string;
    readonly scope: string;
    readonly id: string;
    readonly parent?: string;
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
  readonly records: readonly string[];
  readonly metrics: readonly string[];
  readonly warnings: readonly string[];
}

async function run(
  major: Major,
  order: string,
  httpSpans: 'none' | 'plain' | 'hooked',
  ...inTask: readonly 'in a task'[]
): Promise<Exported> {
  runs += 1;
  const { stdout, stderr, code } = await runNode({
    command: [path.join(projects.get(major) ?? '', 'host.cjs'), major, order, httpSpans, ...inTask],
    environment: { BASE_URL: faultUrl(simulator.url, 'internal_server_error', { times: 1, id: `run-${runs}` }) },
    limit: 30_000,
  });
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  return JSON.parse(stdout) as Exported;
}

const OUR_SCOPE = '@brownout/instrumentation';
const UNDICI_SCOPE = '@opentelemetry/instrumentation-undici';

describe.each(MAJORS)('a host with OpenTelemetry SDK %s.x', (major) => {
  for (const order of ['given to the SDK', 'registered first', 'registered later']) {
    test(`gets everything through its own providers, the instrumentation ${order}`, async () => {
      const { spans, metrics, records, warnings } = await run(major, order, 'none');
      expect(warnings).toEqual([]);
      const [call, ...others] = spans.filter(({ name }) => name === 'chat gpt-5');
      expect(others).toEqual([]);
      expect(call).toMatchObject({
        scope: OUR_SCOPE,
        attributes: { 'brownout.verdict': 'usable', 'brownout.attempts': 2 },
      });
      const attempts = spans.filter(({ parent }) => parent === call?.id);
      expect(attempts.map(({ scope, attributes }) => [scope, attributes['http.request.resend_count']])).toEqual([
        [OUR_SCOPE, undefined],
        [OUR_SCOPE, 1],
      ]);
      expect(spans).toHaveLength(3);
      expect(metrics).toEqual(
        expect.arrayContaining([
          'brownout.calls',
          'brownout.retries',
          'brownout.attempt.duration',
          'brownout.instrumented',
          'gen_ai.client.inference.duration',
        ]),
      );
      expect(records).toEqual(['gen_ai.client.inference.operation.details']);
    });
  }

  test('that registers nothing still gets spans and metrics, by the globals', async () => {
    const { spans, metrics, records, warnings } = await run(major, 'only made', 'none');
    expect(warnings).toEqual([]);
    expect(spans.map(({ name }) => name)).toEqual(['POST', 'POST', 'chat gpt-5']);
    expect(metrics).toContain('brownout.calls');
    // The API has logs since 1.10: with an SDK 2.x nobody has told where events should go.
    expect(records).toEqual(major === '2' ? [] : ['gen_ai.client.inference.operation.details']);
  });

  test('whose HTTP instrumentation makes the attempt spans gets no second ones', async () => {
    const { spans } = await run(major, 'given to the SDK', 'plain');
    expect(spans.map(({ scope }) => scope).toSorted()).toEqual([OUR_SCOPE, UNDICI_SCOPE, UNDICI_SCOPE]);
    const call = spans.find(({ scope }) => scope === OUR_SCOPE);
    expect(spans.filter(({ parent }) => parent === call?.id).map(({ scope }) => scope)).toEqual([
      UNDICI_SCOPE,
      UNDICI_SCOPE,
    ]);
  });

  test('which passes our hook on to it reads there which attempt a span is', async () => {
    const { spans } = await run(major, 'given to the SDK', 'hooked');
    const attempts = spans.filter(({ scope }) => scope === UNDICI_SCOPE);
    expect(spans).toHaveLength(3);
    expect(
      attempts.map(({ attributes }) => [attributes['brownout.attempt.kind'], attributes['http.request.resend_count']]),
    ).toEqual([
      ['first', undefined],
      ['retry', 1],
    ]);
  });

  test('that adds the span processor gets the phases of its tasks', async () => {
    const { spans, metrics, warnings } = await run(major, 'given to the SDK', 'none', 'in a task');
    expect(warnings).toEqual([]);
    const task = spans.find(({ name }) => name === 'task host');
    const call = spans.find(({ name }) => name === 'chat gpt-5');
    expect([task?.scope, call?.parent]).toEqual([OUR_SCOPE, task?.id]);
    expect(task?.attributes['brownout.task.phase.inference']).toBeGreaterThan(0);
    expect(metrics).toEqual(expect.arrayContaining(['brownout.tasks', 'brownout.task.phase.duration']));
  });
});
