import { ATTRIBUTE } from '@brownout/signals';
import type { Context } from '@opentelemetry/api';
import { PHASES } from '../tasks/phase.ts';
import type { FinishedTask } from '../tasks/run-task.ts';
import type { DimensionLimits } from './dimensions.ts';
import type { RecordMetric } from './instruments.ts';

/** Everything that is measured of a task. `context` carries its span, for exemplars. */
export function recordTask(record: RecordMetric, task: FinishedTask, limits: DimensionLimits, context: Context): void {
  const name = limits.task(task.name);
  const dimensions = {
    [ATTRIBUTE.task]: name,
    [ATTRIBUTE.taskOutcome]: task.outcome,
    [ATTRIBUTE.taskDegraded]: task.degraded,
  };
  record('tasks', 1, dimensions, context);
  record('taskDuration', (task.endedAt - task.startedAt) / 1000, dimensions, context);
  for (const phase of task.phases ? PHASES : []) {
    const attributes = { [ATTRIBUTE.task]: name, [ATTRIBUTE.taskPhase]: phase };
    record('taskPhaseDuration', (task.phases?.[phase] ?? 0) / 1000, attributes, context);
  }
}
