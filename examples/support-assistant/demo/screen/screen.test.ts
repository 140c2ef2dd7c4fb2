import { describe, expect, it } from 'vitest';
import type { Moment } from '../run-demo.ts';
import { readSample } from '../telemetry/sample.ts';
import { renderBoard } from './board.ts';
import { reasonLines } from './format.ts';

const values = {
  'gen_ai.request.model': 'gpt-5-mini',
  'gen_ai.operation.name': 'chat',
  'brownout.verdict': 'unusable',
  'brownout.reason': 'stalled',
  'brownout.fault': 'vendor',
  'brownout.transport': 'up',
};
const dataPoint = {
  attributes: Object.entries(values).map(([key, stringValue]) => ({ key, value: { stringValue } })),
  asInt: 8,
};
const MOMENT: Moment = {
  now: 30,
  telemetry: {
    samples: [readSample(10, []), readSample(29, [{ name: 'brownout.calls', sum: { dataPoints: [dataPoint] } }])],
    calls: [],
    tickets: [],
    pages: {
      samples: [
        {
          at: 29,
          components: [{ vendor: 'openai', provider: 'openai', status: 1 }],
          readAt: new Map([['openai', 29]]),
        },
      ],
      events: [
        {
          at: 27,
          vendor: 'openai',
          provider: 'openai',
          change: 'opened',
          id: 'i1',
          name: 'Elevated error rates on GPT-5 mini and on other models, in all regions',
          url: null,
          models: [],
          posted: 26,
          started: null,
          resolved: null,
          firstSeen: 27,
        },
      ],
    },
  },
  brownout: { model: 'gpt-5-mini', provider: 'openai', onset: 16, end: null, calls: 8, hurtCalls: 8 },
};
const OPTIONS = {
  totalSeconds: 60,
  phases: [
    { name: 'healthy', atMs: 0 },
    { name: 'stalling', atMs: 15_000 },
  ],
  paint: (_: unknown, text: string) => text,
};

describe('renderBoard', () => {
  it.each([80, 100, 120])('stays within a terminal of %i columns', (columns) => {
    const widths = renderBoard(MOMENT, { ...OPTIONS, columns })
      .split('\n')
      .map((line) => line.length);
    expect(Math.max(...widths)).toBeLessThan(columns);
    expect(Math.max(...widths)).toBeGreaterThan(70);
  });

  it('fits a terminal of 24 rows', () => {
    expect(renderBoard(MOMENT, { ...OPTIONS, columns: 80 }).split('\n').length).toBeLessThan(24);
  });

  it('shows that transport was up and nothing usable', () => {
    const board = renderBoard(MOMENT, { ...OPTIONS, columns: 80 });
    expect(board).toMatch(/transport up +│ +100 % │ Usable +│ +0 %/);
    expect(board).toContain('BROWNOUT of gpt-5-mini since 14 s');
    expect(board).toContain('stalled 8');
  });

  it("shows what the vendor's page says, and when it first said so", () => {
    const board = renderBoard(MOMENT, { ...OPTIONS, columns: 160 });
    expect(board).toContain(`openai's status page says: degraded – "Elevated error rates on GPT-5 mini`);
    const unread = { ...MOMENT, now: 40 };
    expect(renderBoard(unread, { ...OPTIONS, columns: 80 })).toContain("openai's status page says: unknown");
  });

  it('can be drawn before anything was exported', () => {
    const pages = { samples: [], events: [] };
    const nothing = { ...MOMENT, telemetry: { samples: [], calls: [], tickets: [], pages }, brownout: null };
    expect(renderBoard(nothing, { ...OPTIONS, columns: 80 })).toContain('no brownout');
  });
});

describe('reasonLines', () => {
  it('breaks lines between reasons', () => {
    expect(reasonLines({ stalled: 8, stream_cut: 2, overloaded: 1 }, 25)).toEqual([
      'stalled 8 · stream_cut 2',
      'overloaded 1',
    ]);
  });
});
