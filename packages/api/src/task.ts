import { apiListener } from './listener.ts';
import type { TaskOutcome } from './listener.ts';

/**
 * Makes `run` one task: a unit of the application's own work, such as answering a ticket, with one outcome. A task ends
 * when `run` returns, or when the promise that it returns settles. An exception or a rejection is a failure, everything
 * else a success unless `recordOutcome` says otherwise. Returns what `run` returns and throws what it throws;
 * where the instrumentation is loaded, a plain promise is followed by one that settles the same way.
 */
export function task<Result>(name: string, run: () => Result): Result {
  const listener = apiListener();
  return listener === undefined ? run() : listener.task(name, run);
}

/** Says how the task went in which this is called, the innermost one; the last word counts. Does nothing outside of a task. */
export function recordOutcome(outcome: TaskOutcome): void {
  apiListener()?.recordOutcome(outcome);
}
