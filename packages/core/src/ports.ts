import type { Attempt, Call, Outcome } from './call.ts';
import type { Reason } from './verdict-table.ts';

/** Monotonic time, ms. */
export type Clock = () => number;

/** Runs something later and never keeps the process alive for it. Returns what cancels it. */
export type Schedule = (delayMs: number, run: () => void) => () => void;

/** Where calls are reported, in the order in which things happen. Implementations must not throw. */
export interface Sink {
  /** A further output chunk came, `gapMs` after the one before it. On the path of every chunk: O(1) and without allocation. */
  readonly outputGap: (call: Call, gapMs: number) => void;
  /** An attempt is over. Fires once for every attempt, before `callEnded`. */
  readonly attemptEnded: (call: Call, attempt: Attempt) => void;
  /** The call may be over: this is what it is worth unless a retry comes after all. Fires only where one may still come. */
  readonly callMayEnd: (call: Call, outcome: Outcome) => void;
  /** A further attempt of the same call is on its way because the one before it failed for `reason`. */
  readonly retried: (call: Call, attempt: Attempt, reason: Reason) => void;
  /** The call is over and judged. Fires exactly once for every call. */
  readonly callEnded: (call: Call) => void;
}
