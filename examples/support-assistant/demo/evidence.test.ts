import { describe, expect, it } from 'vitest';
import { evidenceOf, summarizePage } from './evidence.ts';
import type { ModelBrownout } from './summary.ts';
import type { Telemetry } from './telemetry/collector.ts';
import { pageStateAt, type IncidentEvent, type PageSample } from './telemetry/status-page.ts';

const ORIGIN = 1_800_000_000;
const BROWNOUT: ModelBrownout = {
  provider: 'openai',
  model: 'gpt-5-mini',
  onset: 16,
  end: 40,
  calls: 72,
  hurtCalls: 50,
};
const OPENED: IncidentEvent = {
  at: 38,
  vendor: 'openai',
  provider: 'openai',
  change: 'opened',
  id: 'i1',
  name: 'Elevated error rates',
  url: null,
  models: ['unclear'],
  posted: 37.2,
  started: 12,
  resolved: null,
  firstSeen: 37.9,
};
const RESOLVED: IncidentEvent = { ...OPENED, at: 52, change: 'resolved', resolved: 51 };

/** The page, read once a second from one second up to another. */
const read = (from: number, to: number, status = 0): readonly PageSample[] =>
  Array.from({ length: to - from }, (_, index) => ({
    at: from + index,
    components: [{ vendor: 'openai', provider: 'openai', status }],
    readAt: new Map([['openai', from + index - 0.1]]),
  }));

const summaryOf = (
  pages: Telemetry['pages'],
  brownout: ModelBrownout | null = BROWNOUT,
): ReturnType<typeof summarizePage> =>
  summarizePage(evidenceOf({ samples: [], calls: [], tickets: [], pages }, brownout, { origin: ORIGIN, endedAt: 55 }));

describe("what the vendor's page had to say of a brownout", () => {
  it('is when it first posted and how late that was, and apart from it when the vendor claims that it began', () => {
    const summary = summaryOf({ samples: read(0, 55), events: [OPENED, RESOLVED] });
    expect(summary).toMatchObject({ vendor: 'openai', outcome: 'posted', incident: 'Elevated error rates' });
    expect(summary?.firstPost).toBeCloseTo(37.2);
    expect(summary?.lag).toBeCloseTo(21.2);
    expect(summary?.claimedStart).toBeCloseTo(12);
  });

  it('does not believe a post that is dated back before readings that did not have it', () => {
    const summary = summaryOf({ samples: read(0, 55), events: [{ ...OPENED, posted: 20 }] });
    expect(summary?.firstPost).toBeCloseTo(37.9);
  });

  it('is that it never posted where the page was read and said nothing', () => {
    expect(summaryOf({ samples: read(0, 55), events: [] })).toMatchObject({
      vendor: 'openai',
      outcome: 'never_posted',
      firstPost: null,
      lag: null,
    });
  });

  it('is unknown where the page was not read', () => {
    expect(summaryOf({ samples: read(0, 12), events: [] })).toMatchObject({ outcome: 'not_read', vendor: null });
  });

  it('is nothing without a brownout', () => {
    expect(summaryOf({ samples: read(0, 55), events: [OPENED] }, null)).toBeNull();
  });
});

describe('what the page says at a moment', () => {
  const pages = { samples: [...read(0, 30), ...read(38, 50, 1)], events: [OPENED, RESOLVED] };
  it.each([
    [10, 'operational', null],
    [36, 'unknown', null],
    [40, 'degraded', 'i1'],
    [53, 'degraded', null],
    [70, 'unknown', null],
  ])('at %i s is %s, with the incident %s', (at, status, id) => {
    const state = pageStateAt(pages, 'openai', at);
    expect([state.status, state.incident?.id ?? null]).toEqual([status, id]);
  });

  it('is unknown of a vendor whose page nobody reads', () => {
    expect(pageStateAt(pages, 'anthropic', 10).status).toBe('unknown');
  });
});
