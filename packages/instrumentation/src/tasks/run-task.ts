import type { TaskOutcome } from '@brownout/api';
import { clock, epochMs } from '../clock.ts';
import type { Guard } from '../guard.ts';
import { openTasks } from './open-task.ts';
import type { OpenTask } from './open-task.ts';
import { exclusiveTimes } from './phase.ts';
import type { Phase } from './phase.ts';
import { intervalOf } from './watch-spans.ts';

/** A task that is over. */
export interface FinishedTask {
  readonly name: string;
  readonly outcome: TaskOutcome;
  /** A call in it fell back or was not usable. */
  readonly degraded: boolean;
  readonly durationSeconds: number;
  /** Milliseconds; they add up to the duration. */
  readonly phases: Readonly<Record<Phase, number>>;
}

/**
 * Runs the application's function as a task. What it returns comes back as it is; only a promise is followed by one that
 * settles the same way, since a handler on the application's own promise would hide that nobody handles its rejection.
 */
export function runTask<Result>(
  name: string,
  run: () => Result,
  finished: (task: FinishedTask) => void,
  guard: Guard,
): Result {
  const task: OpenTask = {
    name,
    startedAt: clock(),
    parent: openTasks.getStore(),
    reported: undefined,
    degraded: false,
    failing: new Set(),
    intervals: [],
    spans: new Set(),
  };
  const end = (outcome: TaskOutcome): void => {
    guard('task.end', () => finished(finish(task, outcome)));
  };
  let result: Result;
  try {
    result = openTasks.run(task, run);
  } catch (error) {
    end('failure');
    throw error;
  }
  // An SDK's own kind of promise may start something when it is asked for its value: that is left to the application.
  if (!(result instanceof Promise) || Object.getPrototypeOf(result) !== Promise.prototype) {
    end(task.reported ?? 'success');
    return result;
  }
  return result.then(
    (value: unknown) => {
      end(task.reported ?? 'success');
      return value;
    },
    (error: unknown) => {
      end('failure');
      throw error;
    },
  ) as Result;
}

export function recordOutcome(outcome: TaskOutcome): void {
  const task = openTasks.getStore();
  if (task !== undefined) task.reported = outcome;
}

function finish(task: OpenTask, outcome: TaskOutcome): FinishedTask {
  const endedAt = clock();
  const [start, end] = [epochMs(task.startedAt), epochMs(endedAt)];
  const running = [...task.spans].map((span) => intervalOf(span, end));
  return {
    name: task.name,
    outcome,
    degraded: task.degraded || task.failing.size > 0,
    durationSeconds: (endedAt - task.startedAt) / 1000,
    phases: exclusiveTimes([...task.intervals, ...running], start, end),
  };
}
