import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runNode } from '../support/node-process.ts';

const DEMO = join(import.meta.dirname, '../../examples/support-assistant/demo/demo.ts');

/** The demo as the leader of a process group of its own, so that whatever it leaves behind can be found. */
function startDemo(...options: readonly string[]): ChildProcess & { readonly pid: number } {
  const demo = spawn(process.execPath, [DEMO, ...options], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const { pid } = demo;
  if (pid === undefined) throw new Error('the demo could not be started');
  onTestFinished(() => {
    if (isGroupAlive(pid)) process.kill(-pid, 'SIGKILL');
  });
  return Object.assign(demo, { pid });
}

function isGroupAlive(leader: number): boolean {
  try {
    return process.kill(-leader, 0);
  } catch {
    return false;
  }
}

interface Summary {
  readonly transportUpShare: number;
  readonly usableShare: number;
  readonly brownoutShare: number;
  readonly model: string;
  readonly onset: number;
  readonly end: number;
  readonly announced: number;
  readonly truth: { readonly onset: number; readonly end: number };
  readonly calls: number;
  readonly retries: number;
  readonly fallbacks: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly tasksServed: number;
  readonly during: { readonly transportUpShare: number; readonly usableShare: number };
  readonly cost: {
    readonly unusableCalls: number;
    readonly rescuedByFallback: number;
    readonly servedUnusable: number;
  };
  readonly statusPage: {
    readonly vendor: string;
    readonly outcome: string;
    readonly firstPost: number;
    readonly lag: number;
  };
}

const require = createRequire(import.meta.url);
const VENDOR_STATUS = join(dirname(require.resolve('@brownout/vendor-status/package.json')), 'dist/bin.mjs');

describe('the demo', () => {
  it('finds in the telemetry what the schedule played, and leaves nothing behind', async () => {
    const demo = startDemo('--json', '--duration', '24');
    const ended = once(demo, 'close');
    const [stdout, stderr] = await Promise.all([
      text(demo.stdout ?? Readable.from([])),
      text(demo.stderr ?? Readable.from([])),
    ]);
    expect(stderr).toBe('');
    expect(await ended).toEqual([0, null]);
    expect(isGroupAlive(demo.pid)).toBe(false);

    expect(stdout.trim().split('\n')).toHaveLength(1);
    const summary = JSON.parse(stdout) as Summary;
    expect(summary.model).toBe('gpt-5-mini');
    expect(Math.abs(summary.onset - summary.truth.onset)).toBeLessThan(3);
    expect(Math.abs(summary.end - summary.truth.end)).toBeLessThan(3);
    expect(summary.announced).toBeGreaterThan(summary.onset);

    expect(summary.transportUpShare).toBeGreaterThan(0.9);
    expect(summary.during.transportUpShare).toBeGreaterThan(0.85);
    expect(summary.during.usableShare).toBeLessThan(0.6);
    expect(summary.usableShare).toBeLessThan(summary.transportUpShare);
    expect(summary.brownoutShare).toBeGreaterThan(0.1);

    expect(summary.retries).toBeGreaterThan(0);
    expect(summary.fallbacks).toBeGreaterThan(0);
    expect(Object.keys(summary.reasons)).toEqual(
      expect.arrayContaining(['slow_first_chunk', 'stalled', 'stream_cut', 'empty_output']),
    );
    expect(summary.tasksServed).toBe(24 * 3);
    expect(summary.calls).toBe(24 * 3 + summary.fallbacks);
    // An empty or stalled answer sends the service to its other vendor; one that was cut it takes for whole.
    expect(summary.cost.rescuedByFallback).toBeGreaterThan(0);
    expect(summary.cost.rescuedByFallback).toBeLessThanOrEqual(summary.fallbacks);
    expect(summary.cost.servedUnusable).toBeGreaterThan(0);
    expect(summary.cost.rescuedByFallback + summary.cost.servedUnusable).toBe(summary.cost.unusableCalls);

    // The schedule has the vendor post at 37 of its 55 seconds.
    const { statusPage } = summary;
    expect(statusPage).toMatchObject({ vendor: 'openai', outcome: 'posted' });
    expect(Math.abs(statusPage.firstPost - (37 / 55) * 24)).toBeLessThan(2);
    expect(statusPage.lag).toBeCloseTo(statusPage.firstPost - summary.onset, 3);

    const file = join(mkdtempSync(join(tmpdir(), 'demo-')), 'summary.json');
    writeFileSync(file, stdout);
    const lag = await runNode({ command: [VENDOR_STATUS, 'lag', '--from', file], environment: {}, limit: 10_000 });
    expect(lag).toMatchObject({ code: 0, stderr: '' });
    expect(lag.stdout).toContain(
      `openai "Elevated error rates on GPT-5 mini": first posted ${Math.round(statusPage.lag)} s after the onset`,
    );
  });

  it('stops at once and leaves nothing behind when it is interrupted', async () => {
    const demo = startDemo();
    const ended = once(demo, 'close');
    await once(demo.stdout ?? demo, 'data');
    demo.kill('SIGINT');
    const end = await Promise.race([ended, sleep(3000, 'still running after 3 s', { ref: false })]);
    expect(end).toEqual([130, null]);
    expect(isGroupAlive(demo.pid)).toBe(false);
  });

  it('says what is wrong with an option', async () => {
    const demo = startDemo('--duration', '3');
    const [stderr, [code]] = await Promise.all([text(demo.stderr ?? Readable.from([])), once(demo, 'close')]);
    expect(stderr).toContain("'3' is invalid. It must be a number of seconds from 20 to 600.");
    expect(code).toBe(1);
  });
});
