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

/** Epoch milliseconds of a moment on `clock`. Computed late, so that a clock that was set meanwhile does not shift spans. */
export function epochMs(at: number): number {
  return Date.now() - (clock() - at);
}
