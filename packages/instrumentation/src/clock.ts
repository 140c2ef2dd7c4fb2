import type { Clock, Schedule } from '@brownout/core';

const { performance } = globalThis;
// Taken when the module loads, so that an application's fake timers never hold up or fire ours.
const { setTimeout, clearTimeout } = globalThis;

/** Monotonic milliseconds. */
export const clock: Clock = () => performance.now();

/** Timers that never keep the process alive. */
export const schedule: Schedule = (delayMs, run) => {
  const timer = setTimeout(run, delayMs);
  timer.unref();
  return () => clearTimeout(timer);
};

/** The wall clock was set, and did not merely drift or round, where it is off by more than this, ms. */
const SET_CLOCK = 100;

let offset = Date.now() - clock();

/**
 * Epoch milliseconds of a moment on `clock`. The offset between the two is kept: `Date.now()` knows whole milliseconds
 * only, so an offset taken anew for a span's start and for its end could put the end first.
 */
export function epochMs(at: number): number {
  const current = Date.now() - clock();
  if (Math.abs(current - offset) > SET_CLOCK) offset = current;
  return offset + at;
}
