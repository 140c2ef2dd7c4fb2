import { expect, test } from 'vitest';
import type { CallFrame } from '../link/call-frame.ts';
import { endingOf } from './ending.ts';
import type { BreakOff } from './ending.ts';

const abortError = new DOMException('aborted', 'AbortError');
const timeoutError = new DOMException('too late', 'TimeoutError');
const callers = (signal: AbortSignal | null): CallFrame =>
  ({
    sdk: 'openai',
    vendor: 'openai',
    startedAt: 0,
    scope: { recent: [], reports: [] },
    options: { signal },
    open: undefined,
  }) satisfies CallFrame;

const CASES: readonly (readonly [title: string, given: Partial<BreakOff>, ending: object])[] = [
  [
    'a caller without an SDK who aborts before a status line',
    { error: abortError, signal: AbortSignal.abort() },
    { type: 'aborted' },
  ],
  [
    'a caller without an SDK who aborts in the body',
    { error: abortError, signal: AbortSignal.abort(), hasStatus: true },
    { type: 'cancelled' },
  ],
  [
    'an abort with a reason of its own',
    { error: new Error('enough'), signal: AbortSignal.abort(new Error('enough')) },
    { type: 'aborted' },
  ],
  ['AbortSignal.timeout', { error: timeoutError, signal: AbortSignal.abort(timeoutError) }, { type: 'deadline' }],
  [
    "an SDK's timer before a status line",
    { error: abortError, signal: AbortSignal.abort(), frame: callers(null) },
    { type: 'deadline' },
  ],
  [
    "an SDK's timer over a whole body",
    { error: abortError, signal: AbortSignal.abort(), frame: callers(null), hasStatus: true, streaming: false },
    { type: 'deadline' },
  ],
  [
    'a stream that its reader aborts',
    { error: abortError, signal: AbortSignal.abort(), frame: callers(null), hasStatus: true },
    { type: 'cancelled' },
  ],
  [
    "the caller's own signal, through an SDK",
    { error: abortError, signal: AbortSignal.abort(), frame: callers(AbortSignal.abort()) },
    { type: 'aborted' },
  ],
  [
    "the caller's own deadline, through an SDK",
    { error: abortError, signal: AbortSignal.abort(), frame: callers(AbortSignal.abort(timeoutError)) },
    { type: 'deadline' },
  ],
  [
    'a bundled SDK at its stated time limit',
    { error: abortError, signal: AbortSignal.abort(), statedTimeoutMs: 1_000, elapsedMs: 1_000 },
    { type: 'deadline' },
  ],
  [
    'a bundled SDK before its stated time limit',
    { error: abortError, signal: AbortSignal.abort(), statedTimeoutMs: 1_000, elapsedMs: 900 },
    { type: 'aborted' },
  ],
  [
    'no headers in the time that undici waits',
    { error: new TypeError('fetch failed', { cause: { code: 'UND_ERR_HEADERS_TIMEOUT' } }) },
    { type: 'deadline' },
  ],
  [
    'silence for as long as undici waits',
    { error: new TypeError('terminated', { cause: { code: 'UND_ERR_BODY_TIMEOUT' } }), hasStatus: true },
    { type: 'cut', code: 'UND_ERR_BODY_TIMEOUT' },
  ],
  [
    'a refused connection',
    { error: new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } }) },
    { type: 'unreachable', code: 'ECONNREFUSED' },
  ],
  [
    'several addresses, all refused',
    { error: new TypeError('fetch failed', { cause: { errors: [{ code: 'ECONNREFUSED' }] } }) },
    { type: 'unreachable', code: 'ECONNREFUSED' },
  ],
  [
    'a cut body',
    { error: new TypeError('terminated', { cause: { code: 'UND_ERR_SOCKET' } }), hasStatus: true },
    { type: 'cut', code: 'UND_ERR_SOCKET' },
  ],
  ['something thrown that is no error', { error: 'no' }, { type: 'unreachable', code: '_OTHER' }],
];

test.each(CASES)('%s', (_title, given, ending) => {
  const breakOff: BreakOff = {
    error: undefined,
    signal: undefined,
    frame: undefined,
    hasStatus: false,
    streaming: true,
    elapsedMs: 0,
    statedTimeoutMs: undefined,
    ...given,
  };
  expect(endingOf(breakOff)).toEqual(ending);
});
