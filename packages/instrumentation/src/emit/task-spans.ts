import { ATTRIBUTE } from '@brownout/signals';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Attributes, Context, Span, Tracer } from '@opentelemetry/api';
import { epochMs } from '../clock.ts';
import type { FinishedTask } from '../tasks/run-task.ts';
import type { Phase } from '../tasks/phase.ts';
import { PHASES } from '../tasks/phase.ts';
import { currentUseCase } from '../tasks/use-cases.ts';

/** The span of a task that is going on. */
export interface TaskSpan {
  /** What the task runs in: the spans made in it are this one's children. */
  readonly context: Context;
  /** Whether the SDK keeps it, and so tells of the spans in it: a sampler may have left it out. */
  readonly isRecorded: boolean;
  readonly end: (task: FinishedTask) => void;
}

const TIMES = {
  inference: ATTRIBUTE.taskTimeInference,
  retrieval: ATTRIBUTE.taskTimeRetrieval,
  http: ATTRIBUTE.taskTimeHttp,
  tool: ATTRIBUTE.taskTimeTool,
  app: ATTRIBUTE.taskTimeApp,
} as const satisfies Record<Phase, string>;

/**
 * Starts the span of a task, a child of the active one. Where no SDK has started it records nothing.
 *
 * @param measure records the task's metrics before its span is over
 */
export function startTaskSpan(
  tracer: Tracer,
  name: string,
  startedAt: number,
  measure: (task: FinishedTask, context: Context) => void,
): TaskSpan {
  const parent = context.active();
  const useCase = currentUseCase();
  const span = tracer.startSpan(
    `task ${name}`,
    {
      kind: SpanKind.INTERNAL,
      startTime: epochMs(startedAt),
      attributes: { [ATTRIBUTE.task]: name, ...(useCase !== undefined && { [ATTRIBUTE.useCase]: useCase }) },
    },
    parent,
  );
  const own = trace.setSpan(parent, span);
  return {
    context: own,
    isRecorded: span.isRecording(),
    end(task) {
      measure(task, own);
      endTaskSpan(span, task);
    },
  };
}

function endTaskSpan(span: Span, task: FinishedTask): void {
  const { outcome, degraded, errorType, phases } = task;
  const attributes: Attributes = { [ATTRIBUTE.taskOutcome]: outcome, [ATTRIBUTE.taskDegraded]: degraded };
  if (errorType !== undefined) attributes[ATTRIBUTE.errorType] = errorType;
  for (const phase of phases ? PHASES : []) attributes[TIMES[phase]] = (phases?.[phase] ?? 0) / 1000;
  span.setAttributes(attributes);
  // No message: an application's own error may quote a prompt.
  if (outcome === 'failure') span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(epochMs(task.endedAt));
}
