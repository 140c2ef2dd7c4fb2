import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';

const DEMO = join(import.meta.dirname, '../../examples/support-assistant/demo/demo.ts');

interface Told {
  readonly alert: string;
  readonly severity: string;
  readonly category: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly firing: number;
  readonly ended: number | null;
  readonly afterOnset: { readonly pending: number; readonly firing: number; readonly ended: number | null };
  readonly notifications: readonly {
    readonly receiver: string;
    readonly told: number;
    readonly toldResolved: number | null;
  }[];
}

interface Summary {
  readonly onset: number;
  readonly end: number;
  readonly model: { readonly model: string; readonly transportUpShare: number; readonly usableShare: number };
  readonly alerts: readonly Told[];
  readonly statusPage: { readonly lag: number };
  readonly traces: {
    readonly bad: { readonly counted: number; readonly kept: number };
    readonly healthy: { readonly counted: number; readonly kept: number };
  };
}

/** The demo as the leader of a process group of its own, with a folder of its own for what it stores. */
function startDemo(...options: readonly string[]): ChildProcess & { readonly pid: number; readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'stack-demo-'));
  const demo = spawn(process.execPath, [DEMO, '--stack', ...options], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: folder },
  });
  const { pid } = demo;
  if (pid === undefined) throw new Error('the demo could not be started');
  onTestFinished(() => {
    if (isGroupAlive(pid)) process.kill(-pid, 'SIGKILL');
  });
  return Object.assign(demo, { pid, folder });
}

function isGroupAlive(leader: number): boolean {
  try {
    return process.kill(-leader, 0);
  } catch {
    return false;
  }
}

/** What is left in its folder, but for the caches of Node's compiler. */
const leftIn = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => name !== 'node-compile-cache');

test('on the real Collector, Prometheus and Alertmanager, the alerts of the brownout fire, are told and resolve', async () => {
  const demo = startDemo('--json');
  const [stdout, stderr, [code]] = await Promise.all([
    text(demo.stdout ?? Readable.from([])),
    text(demo.stderr ?? Readable.from([])),
    once(demo, 'close'),
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(isGroupAlive(demo.pid)).toBe(false);
  expect(leftIn(demo.folder)).toEqual([]);

  const summary = JSON.parse(stdout) as Summary;
  expect(summary.model.model).toBe('gpt-5-mini');
  expect(summary.model.transportUpShare).toBeGreaterThan(0.9);
  expect(summary.model.usableShare).toBeLessThan(0.5);

  const of = (alert: string) => summary.alerts.filter((one) => one.alert === alert);
  for (const alert of [
    'BrownoutBudgetBurn',
    'BrownoutGrayFailure',
    'BrownoutFirstChunkOverBudget',
    'BrownoutStreamsStalling',
    'BrownoutStreamsCut',
    'BrownoutEmptyAnswers',
    'BrownoutFallbackActive',
  ])
    expect(of(alert), alert).not.toEqual([]);
  for (const { alert, afterOnset } of summary.alerts) {
    expect(afterOnset.pending, alert).toBeGreaterThan(0);
    expect(afterOnset.firing, alert).toBeGreaterThanOrEqual(afterOnset.pending);
    expect(afterOnset.ended, alert).toBeGreaterThan(afterOnset.firing);
  }

  // Somebody was woken up, before the vendor's page said anything and while it lasted, and was told that it is over.
  const pages = summary.alerts.filter(({ severity }) => severity === 'critical');
  const [first] = of('BrownoutBudgetBurn');
  expect(first?.afterOnset.firing).toBeLessThan(summary.statusPage.lag);
  expect(first?.notifications[0]).toMatchObject({ receiver: 'brownout-page' });
  expect(first?.notifications[0]?.toldResolved).toBeGreaterThan(summary.end);
  expect(pages.every(({ firing }) => firing > summary.onset)).toBe(true);

  // Nobody was, for the vendor that was asked instead and was well.
  expect(pages.filter(({ labels }) => labels['gen_ai_provider_name'] === 'anthropic')).toEqual([]);

  // No bad call was sampled away, most healthy ones were.
  const { bad, healthy } = summary.traces;
  expect(bad.counted).toBeGreaterThan(50);
  expect(bad.kept).toBe(bad.counted);
  expect(healthy.kept).toBeLessThan(healthy.counted / 2);
}, 400_000);

test('when it is interrupted, it leaves no program and no file behind', async () => {
  const demo = startDemo();
  const ended = once(demo, 'close');
  for await (const line of demo.stdout ?? []) if (String(line).includes('Alertmanager http')) break;
  demo.kill('SIGINT');
  expect(await ended).toEqual([130, null]);
  expect(isGroupAlive(demo.pid)).toBe(false);
  expect(leftIn(demo.folder)).toEqual([]);
}, 60_000);

test('says which options do not go together', async () => {
  const demo = startDemo('--duration', '30');
  const [stderr, [code]] = await Promise.all([text(demo.stderr ?? Readable.from([])), once(demo, 'close')]);
  expect(stderr).toContain('--stack');
  expect(code).toBe(1);
});
