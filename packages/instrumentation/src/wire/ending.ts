import type { AttemptEnding } from '@brownout/core';
import type { CallFrame } from '../link/call-frame.ts';

/** What is known of an attempt when it breaks off. */
export interface BreakOff {
  readonly error: unknown;
  readonly signal: AbortSignal | null | undefined;
  readonly frame: CallFrame | undefined;
  readonly hasStatus: boolean;
  readonly streaming: boolean;
  readonly elapsedMs: number;
  /** The client's own deadline in ms, where its request states one (`x-stainless-timeout`). */
  readonly statedTimeoutMs: number | undefined;
}

/** Who broke an attempt off: the caller, the client's deadline, or the network. */
export function endingOf(breakOff: BreakOff): AttemptEnding {
  const { error, signal, hasStatus } = breakOff;
  const code = errorCode(error);
  if (signal?.aborted || isNamed(error, 'AbortError') || isNamed(error, 'TimeoutError')) {
    if (isDeadline(breakOff)) return { type: 'deadline' };
    return hasStatus ? { type: 'cancelled' } : { type: 'aborted' };
  }
  if (code === HEADERS_TIMEOUT) return { type: 'deadline' };
  return hasStatus ? { type: 'cut', code } : { type: 'unreachable', code };
}

/** undici's own limit on waiting for headers. Its limit between body chunks is no deadline: it tells that the stream went silent. */
const HEADERS_TIMEOUT = 'UND_ERR_HEADERS_TIMEOUT';

function isDeadline(breakOff: BreakOff): boolean {
  const { error, signal, frame, hasStatus, streaming, elapsedMs, statedTimeoutMs } = breakOff;
  if (isNamed(error, 'TimeoutError') || isNamed(signal?.reason, 'TimeoutError')) return true;
  if (frame?.options !== undefined) {
    const callers = frame.options.signal;
    if (callers?.aborted) return isNamed(callers.reason, 'TimeoutError');
    // An SDK aborts by itself only when its timer fires, and no timer of an SDK runs once a stream is in its caller's hands.
    return !(hasStatus && streaming);
  }
  return !hasStatus && statedTimeoutMs !== undefined && elapsedMs + HEAD_START_MS >= statedTimeoutMs;
}

/** A client starts its timer before its request gets here. */
const HEAD_START_MS = 20;

function isNamed(error: unknown, name: string): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === name;
}

/** The system's or undici's code, from the error or from what caused it; else the error's class. */
function errorCode(error: unknown): string {
  for (let current = error, depth = 0; typeof current === 'object' && current !== null && depth < 4; depth += 1) {
    if ('code' in current && typeof current.code === 'string') return current.code;
    if ('errors' in current && Array.isArray(current.errors) && current.errors.length > 0) {
      current = current.errors[0];
    } else {
      current = 'cause' in current ? current.cause : undefined;
    }
  }
  return error instanceof Error ? error.constructor.name : '_OTHER';
}
