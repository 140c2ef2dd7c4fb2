import { describe, expect, it } from 'vitest';
import { costOf } from './cost.ts';
import type { CallSpan, TicketSpan } from './spans.ts';

const call = (trace: string, start: number, changes: Partial<CallSpan> = {}): CallSpan => ({
  trace,
  provider: 'openai',
  model: 'gpt-5-mini',
  start,
  end: start + 1,
  attempts: 1,
  tokens: 100,
  fallbackFrom: null,
  verdict: 'usable',
  reason: 'ok',
  fault: 'none',
  transport: 'up',
  ...changes,
});
const STALLED = { verdict: 'unusable', reason: 'stalled', fault: 'vendor', tokens: 0 };
const STAND_IN = { model: 'claude-haiku-5-5', fallbackFrom: 'gpt-5-mini', tokens: 150 };
const ticket = (trace: string, start: number, seconds: number, status = 200): TicketSpan => ({
  trace,
  start,
  end: start + seconds,
  status,
});

describe('costOf', () => {
  it('follows each call of the brownout to its ticket and to what stood in for it', () => {
    const calls = [
      call('before', 5),
      call('rescued', 11, STALLED),
      call('rescued', 14, STAND_IN),
      call('served', 12, { ...STALLED, reason: 'stream_cut', tokens: 40 }),
      call('failed', 13, STALLED),
      call('failed', 16, { ...STAND_IN, ...STALLED }),
      call('late', 14, { verdict: 'degraded', reason: 'slow_first_chunk', fault: 'vendor', attempts: 3 }),
      call('after', 30, STALLED),
    ];
    const tickets = [
      ticket('before', 5, 1),
      ticket('rescued', 11, 5),
      ticket('served', 12, 0.5),
      ticket('failed', 13, 6, 502),
      ticket('late', 14, 3),
    ];
    expect(costOf({ onset: 10, end: 20 }, 'gpt-5-mini', { calls, tickets })).toEqual({
      degradedCalls: 1,
      unusableCalls: 3,
      rescuedByFallback: 1,
      servedUnusable: 1,
      extraAttempts: 2 + 2,
      extraTokens: 150 + 40,
      extraSecondsWaited: 4 + 5 + 2,
    });
  });
});
