import type { OpenTask, RunningSpan } from './open-task.ts';
import { openTasks } from './open-task.ts';
import { phaseOf } from './phase.ts';
import type { Interval } from './phase.ts';

/** OpenTelemetry's `SpanProcessor`, as far as SDK 2.x and 3.x agree on it. */
export interface TaskSpanProcessor {
  readonly onStart: (span: object) => void;
  readonly onEnd: (span: object) => void;
  readonly forceFlush: () => Promise<void>;
  readonly shutdown: () => Promise<void>;
}

/** A task with more spans than this is judged by the first of them: its memory stays bounded. */
const MOST_SPANS = 1000;

/** Learns from the spans of a task, whoever makes them, what its time is spent on. Costs one look-up per span outside of tasks. */
export function createTaskSpanProcessor(): TaskSpanProcessor & { readonly attached: boolean } {
  /** Weak, for spans that nobody ever ends. */
  const tasks = new WeakMap<object, OpenTask>();
  let attached = false;
  return {
    get attached() {
      return attached;
    },
    onStart(span) {
      attached = true;
      const task = openTasks.getStore();
      if (task === undefined) return;
      let isKept = false;
      for (let each: OpenTask | undefined = task; each !== undefined; each = each.parent) {
        if (each.isOver || each.spans.size + each.intervals.length >= MOST_SPANS) continue;
        each.spans.add(span as RunningSpan);
        isKept = true;
      }
      if (isKept) tasks.set(span, task);
    },
    onEnd(span) {
      const task = tasks.get(span);
      if (task === undefined) return;
      tasks.delete(span);
      const running = span as RunningSpan;
      const interval = intervalOf(running, epochMs(running.endTime));
      // A task that is over keeps none: what was started in it may go on after it.
      for (let each: OpenTask | undefined = task; each !== undefined; each = each.parent) {
        if (each.spans.delete(running)) each.intervals.push(interval);
      }
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
}

/** Until when a span lasted that goes on: until `end`. */
export function intervalOf(span: RunningSpan, end: number): Interval {
  return { phase: phaseOf(span), start: epochMs(span.startTime), end };
}

function epochMs([seconds, nanoseconds]: readonly [number, number]): number {
  return seconds * 1e3 + nanoseconds / 1e6;
}
