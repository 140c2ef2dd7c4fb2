import type { TaskOutcome } from '@brownout/api';
import { ATTRIBUTES } from '@brownout/signals';
import { context, diag } from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';
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
  /** Class of the error that its promise was rejected with. */
  readonly errorType: string | undefined;
  /** A call in it fell back or was not usable. */
  readonly degraded: boolean;
  /** On `clock`, ms. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Milliseconds; they add up to its time. Unknown where its spans are not seen. */
  readonly phases: Readonly<Record<Phase, number>> | undefined;
}

/** What is emitted of a task that is going on. */
export interface TaskEmission {
  /** What the task runs in. */
  readonly context: Context;
  /** Whether the spans in it are seen. */
  readonly seesSpans: boolean;
  readonly end: (task: FinishedTask) => void;
}

/**
 * Runs the application's function as a task. What it returns comes back as it is; only a promise is followed by one that
 * settles the same way, since a handler on the application's own promise would hide that nobody handles its rejection.
 */
export function runTask<Result>(
  name: string,
  run: () => Result,
  start: (name: string, startedAt: number) => TaskEmission,
  guard: Guard,
): Result {
  const task: OpenTask = {
    name,
    startedAt: clock(),
    parent: openTasks.getStore(),
    reported: undefined,
    degraded: false,
    failing: new Set(),
    isOver: false,
    intervals: [],
    spans: new Set(),
  };
  const emission = guard('task.start', () => start(name, task.startedAt));
  if (emission === undefined) return run();
  const end = (outcome: TaskOutcome, error?: { readonly thrown: unknown }): void => {
    guard('task.end', () => emission.end(finish(task, emission, outcome, error && errorTypeOf(error.thrown))));
    task.isOver = true;
    // What was started in the task and goes on after it holds the task.
    for (const kept of [task.spans, task.failing]) kept.clear();
    task.intervals.length = 0;
  };
  let result: Result;
  let hasReturned = false;
  try {
    result = openTasks.run(task, () => context.with(emission.context, run));
    hasReturned = true;
  } finally {
    // Not caught: Node would print the line that throws it once more as the place where it came from.
    if (!hasReturned) end('failure');
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
      end('failure', { thrown: error });
      throw error;
    },
  ) as Result;
}

const OUTCOMES: ReadonlySet<unknown> = new Set(ATTRIBUTES.taskOutcome.values);

export function recordOutcome(outcome: TaskOutcome): void {
  const task = openTasks.getStore();
  if (!OUTCOMES.has(outcome)) {
    const known = [...OUTCOMES].join("' or '");
    diag.warn(`brownout: recordOutcome() takes '${known}', not '${outcome}': it changes nothing.`);
    return;
  }
  if (task !== undefined) task.reported = outcome;
}

function finish(task: OpenTask, emission: TaskEmission, outcome: TaskOutcome, errorType?: string): FinishedTask {
  const { name, startedAt } = task;
  const endedAt = clock();
  const degraded = task.degraded || task.failing.size > 0;
  const phases = emission.seesSpans ? phasesOf(task, epochMs(startedAt), epochMs(endedAt)) : undefined;
  return { name, outcome, errorType, degraded, startedAt, endedAt, phases };
}

function phasesOf({ spans, intervals }: OpenTask, start: number, end: number): Record<Phase, number> {
  const running = [...spans].map((span) => intervalOf(span, end));
  return exclusiveTimes([...intervals, ...running], start, end);
}

function errorTypeOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
