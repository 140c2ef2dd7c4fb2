import { ATTRIBUTE, EVENTS, METRICS } from '@brownout/signals';
import { describe, expect, test, vi } from 'vitest';
import { OtlpSink } from '../support/otlp-sink.ts';
import { playStory, type StoryName } from '../support/play-story.ts';
import { toldBy, type Labels } from '../support/told.ts';

const OPENAI: Labels = { [ATTRIBUTE.vendor]: 'openai', [ATTRIBUTE.providerName]: 'openai' };
const MINI: Labels = { [ATTRIBUTE.providerName]: 'openai', [ATTRIBUTE.requestModel]: 'gpt-5-mini' };
/** HTTP said success, and the vendor gave no usable answer in time. */
const SPOILED: Labels = { ...MINI, [ATTRIBUTE.transport]: 'up', [ATTRIBUTE.fault]: 'vendor' };
const USABLE: Labels = { ...MINI, [ATTRIBUTE.verdict]: 'usable' };

async function play(name: StoryName) {
  // What a global hook of a concurrent test would end is whichever test is running.
  await using resources = new AsyncDisposableStack();
  const sink = resources.use(await OtlpSink.start());
  const story = resources.use(await playStory(name, sink.environment));
  const poller = toldBy(sink, 'brownout-vendor-status');
  const service = toldBy(sink, 'support-assistant');
  const calls = (labels: Labels) => service.sum(METRICS.calls.name, labels);
  const lastSuccess = () => poller.sum(METRICS.vendorLastSuccess.name, { [ATTRIBUTE.vendor]: 'openai' });
  const kept = resources.move();
  return {
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
    /** Moves on to a phase and waits until what is expected of it is so. */
    step: async (phase: string, isSo: () => void) => {
      story.goTo(phase);
      await vi.waitFor(isSo, { timeout: 15_000, interval: 50 });
    },
    /** Waits until that many more calls of the model had that outcome than when it was asked. */
    more: async (labels: Labels, count: number) => {
      const before = calls(labels);
      await vi.waitFor(() => expect(calls(labels) - before).toBeGreaterThanOrEqual(count), { timeout: 15_000 });
    },
    calls,
    lastSuccess,
    /** Waits for a reading of the page that is younger than this moment. */
    reading: async () => {
      const now = Date.now() / 1000;
      await vi.waitFor(() => expect(lastSuccess()).toBeGreaterThan(now), { timeout: 15_000 });
    },
    /** Status by component, as it was sent last. */
    status: () =>
      Object.fromEntries(
        poller
          .values(METRICS.vendorStatus.name, OPENAI)
          .map(({ labels, value }) => [labels[ATTRIBUTE.vendorComponent], value]),
      ),
    /** Open incidents by impact, those of which there are none left out; `null` where the series are absent. */
    incidents: () => {
      const values = poller.values(METRICS.vendorIncidents.name, OPENAI);
      const some = values.filter(({ value }) => value > 0);
      return values.length === 0
        ? null
        : Object.fromEntries(some.map(({ labels, value }) => [labels[ATTRIBUTE.vendorImpact], value]));
    },
    events: () => poller.events(EVENTS.vendorIncident.name).filter((event) => event[ATTRIBUTE.vendor] === 'openai'),
  };
}

const ALL_WELL = { 'Chat Completions': 0, Responses: 0, Embeddings: 0 };

/** Seconds, told as text. */
const between = (event: Labels | undefined, later: string, earlier: string) =>
  Number(event?.[later]) - Number(event?.[earlier]);

describe.concurrent('a brownout and what the vendor says of it', () => {
  test('the vendor says fine, we are hurt', async () => {
    await using story = await play('vendor-says-fine');
    const { step, more, reading, calls, status, incidents, events } = story;
    await step('well', () => {
      expect(calls(USABLE)).toBeGreaterThan(10);
      expect(status()).toEqual(ALL_WELL);
      expect(incidents()).toEqual({});
    });
    expect(calls(SPOILED)).toBe(0);

    await step('hurt', () => expect(calls(SPOILED)).toBeGreaterThan(20));
    // Read after the harm was done, and still all is well by the vendor.
    await reading();
    expect(status()).toEqual(ALL_WELL);
    expect(incidents()).toEqual({});

    await step('recovered', () => expect(status()).toEqual(ALL_WELL));
    await more(USABLE, 10);
    expect(events()).toEqual([]);
  });

  test('the vendor declares, we are fine', async () => {
    await using story = await play('vendor-declares-we-are-fine');
    const { step, more, calls, status, incidents, events } = story;
    await step('well', () => expect(status()).toEqual(ALL_WELL));
    await step('declared', () => {
      expect(status()).toEqual({ ...ALL_WELL, Responses: 2 });
      expect(incidents()).toEqual({ major: 1 });
      expect(events()).toMatchObject([
        {
          ...OPENAI,
          [ATTRIBUTE.vendorIncidentChange]: 'opened',
          [ATTRIBUTE.vendorIncidentStatus]: 'investigating',
          [ATTRIBUTE.vendorImpact]: 'major',
          [ATTRIBUTE.vendorIncidentName]: 'Elevated error rates on the Responses API',
        },
      ]);
    });
    await more(USABLE, 20);
    expect(calls(SPOILED)).toBe(0);

    await step('resolved', () => {
      expect(status()).toEqual(ALL_WELL);
      expect(incidents()).toEqual({});
      expect(events().map((event) => event[ATTRIBUTE.vendorIncidentChange])).toEqual(['opened', 'resolved']);
    });
    expect(calls(SPOILED)).toBe(0);
  });

  test('the vendor declares late, and says afterwards that it was worse', async () => {
    await using story = await play('vendor-declares-late');
    const { step, more, reading, calls, status, incidents, events } = story;
    await step('well', () => expect(calls(USABLE)).toBeGreaterThan(10));
    await step('hurt', () => expect(calls(SPOILED)).toBeGreaterThan(10));
    await reading();
    expect(status()).toEqual(ALL_WELL);
    expect(events()).toEqual([]);

    await step('posted', () => {
      expect(status()).toEqual({ ...ALL_WELL, Responses: 1 });
      expect(incidents()).toEqual({ minor: 1 });
      expect(events()).toHaveLength(1);
    });
    await more(SPOILED, 5);

    await step('edited', () => {
      expect(incidents()).toEqual({ major: 1 });
      expect(events().at(-1)).toMatchObject({
        [ATTRIBUTE.vendorIncidentChange]: 'updated',
        [ATTRIBUTE.vendorImpact]: 'major',
        [ATTRIBUTE.vendorIncidentName]: 'Degraded performance of several models',
      });
    });

    await step('recovered', () => expect(incidents()).toEqual({ major: 1 }));
    await more(USABLE, 20);

    await step('resolved', () => {
      expect(status()).toEqual(ALL_WELL);
      expect(incidents()).toEqual({});
      expect(events().at(-1)?.[ATTRIBUTE.vendorIncidentChange]).toBe('resolved');
    });
    const [opened, ...later] = events();
    // The first post stays when it was, whatever is edited, and is by the page's own clock, which skips minutes.
    expect(between(opened, ATTRIBUTE.vendorIncidentUpdated, ATTRIBUTE.vendorIncidentPosted)).toBeCloseTo(0);
    expect(later.map((event) => event[ATTRIBUTE.vendorIncidentPosted])).toEqual(
      later.map(() => opened?.[ATTRIBUTE.vendorIncidentPosted]),
    );
    expect(between(later.at(-1), ATTRIBUTE.vendorIncidentResolved, ATTRIBUTE.vendorIncidentPosted)).toBeCloseTo(
      36 * 60,
    );
  });

  test('the page goes blind in the middle, which is not the same as fine', async () => {
    await using story = await play('page-goes-blind');
    const { step, more, reading, lastSuccess, calls, status, incidents, events } = story;
    await step('well', () => expect(status()).toEqual(ALL_WELL));
    await step('hurt', () => expect(calls(SPOILED)).toBeGreaterThan(10));
    await reading();
    expect(status()).toEqual(ALL_WELL);

    await step('blind', () => {
      expect(status()).toEqual({});
      expect(incidents()).toBeNull();
    });
    const read = lastSuccess();
    expect(read).toBeGreaterThan(0);
    await more(SPOILED, 10);
    expect(lastSuccess()).toBe(read);
    expect(status()).toEqual({});
    expect(events()).toEqual([]);

    await step('seeing', () => {
      expect(status()).toEqual({ ...ALL_WELL, Responses: 1 });
      expect(incidents()).toEqual({ minor: 1 });
      expect(events()).toMatchObject([{ [ATTRIBUTE.vendorIncidentChange]: 'opened' }]);
    });
    expect(lastSuccess()).toBeGreaterThan(read);
  });
});
