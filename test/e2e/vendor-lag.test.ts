import { ATTRIBUTE, METRICS } from '@brownout/signals';
import { expect, test, vi } from 'vitest';
import { findProgram } from '../../tools/programs/find-program.ts';
import { startPrometheus } from '../../tools/programs/start-program.ts';
import { serveExposition } from '../support/exposition.ts';
import { runNode } from '../support/node-process.ts';
import { OtlpSink } from '../support/otlp-sink.ts';
import { playStory, VENDOR_STATUS, type StoryName } from '../support/play-story.ts';
import { toldBy } from '../support/told.ts';

const prometheus = await findProgram('prometheus');

/** What the model and the page must have done before the story goes on; waited for, whatever the machine. */
const SPOILED = { [ATTRIBUTE.requestModel]: 'gpt-5-mini', [ATTRIBUTE.fault]: 'vendor' };
const USABLE = { [ATTRIBUTE.requestModel]: 'gpt-5-mini', [ATTRIBUTE.verdict]: 'usable' };

/** The rule for a story of seconds: what minutes are in production. */
const RULE = ['--since', '90s', '--step', '1s', '--window', '5s', '--calls', '5', '--slack', '20s'];

interface Answer {
  readonly correlations: readonly {
    readonly kind: string;
    readonly lag?: { readonly seconds: number; readonly least: number; readonly most: number };
    readonly hurts?: readonly { readonly onset: { readonly at: number } }[];
    readonly declaration?: { readonly firstPost: { readonly at: number } };
  }[];
}

/** A story whose telemetry a real Prometheus scrapes. */
async function watch(name: StoryName, path: string) {
  await using resources = new AsyncDisposableStack();
  const sink = resources.use(await OtlpSink.start());
  const service = toldBy(sink, 'support-assistant');
  const poller = toldBy(sink, 'brownout-vendor-status');
  const jobs = { 'support-assistant': service, 'brownout-vendor-status': poller };
  const metrics = ['calls', 'vendorStatus', 'vendorIncidents', 'vendorLastSuccess'] as const;
  const exposition = resources.use(await serveExposition(jobs, metrics));
  const server = resources.adopt(await startPrometheus({ path, config: exposition.scrapeConfig }), (one) => one.stop());
  const story = resources.use(await playStory(name, sink.environment));
  const count = (metric: 'calls' | 'vendorIncidents', labels = {}) =>
    (metric === 'calls' ? service : poller).sum(METRICS[metric].name, labels);
  const until = (isSo: () => void) => vi.waitFor(isSo, { timeout: 20_000, interval: 100 });
  const kept = resources.move();
  return {
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
    goTo: story.goTo,
    /** Waits for that many more calls, at least. */
    more: async (labels: Readonly<Record<string, string>>, calls: number) => {
      const before = count('calls', labels);
      await until(() => expect(count('calls', labels)).toBeGreaterThanOrEqual(before + calls));
    },
    openIncidents: (open: number) => until(() => expect(count('vendorIncidents')).toBe(open)),
    lag: async (...options: readonly string[]) => {
      const command = [VENDOR_STATUS, 'lag', '--prometheus', server.url, ...RULE, ...options];
      const { code, stdout, stderr } = await runNode({ command, environment: {}, limit: 20_000 });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      return stdout;
    },
  };
}

test('the lag comes out of a real Prometheus: late, and never', async (context) => {
  if (prometheus.kind === 'missing') return context.skip(prometheus.why);
  await using story = await watch('vendor-declares-late', prometheus.path);
  await story.more(USABLE, 20);
  await vi.waitFor(async () => expect(await story.lag()).toContain('No calls were hurt'), { timeout: 20_000 });
  story.goTo('hurt');
  const hurtAt = Date.now() / 1000;
  await story.more(SPOILED, 30);
  // So far the vendor has not posted.
  await vi.waitFor(async () => expect(await story.lag()).toContain('openai: never posted'), { timeout: 20_000 });

  story.goTo('posted');
  const postedAt = Date.now() / 1000;
  await story.openIncidents(1);
  await story.more(SPOILED, 20);
  story.goTo('resolved');
  await story.openIncidents(0);
  await story.more(USABLE, 20);

  const [one, ...others] = (JSON.parse(await story.lag('--json')) as Answer).correlations;
  expect(others).toEqual([]);
  expect(one).toMatchObject({ kind: 'posted', hurts: [{ provider: 'openai', model: 'gpt-5-mini' }], claimedLag: null });
  // Exports, scrapes and steps are a second apart at most, on a machine that does nothing else.
  expect(Math.abs((one?.hurts?.[0]?.onset.at ?? 0) - hurtAt)).toBeLessThan(5);
  expect(Math.abs((one?.declaration?.firstPost.at ?? 0) - postedAt)).toBeLessThan(5);
  const { seconds = 0, least = 0, most = 0 } = one?.lag ?? {};
  expect(Math.abs(seconds - (postedAt - hurtAt))).toBeLessThan(5);
  expect(least).toBeLessThanOrEqual(seconds);
  expect(most).toBeGreaterThanOrEqual(seconds);
  expect(await story.lag()).toMatch(/openai: first posted \d.* s after the onset/);
});
