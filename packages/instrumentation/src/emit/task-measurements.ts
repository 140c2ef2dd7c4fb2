import { ATTRIBUTE } from '@brownout/signals';
import { PHASES } from '../tasks/phase.ts';
import type { FinishedTask } from '../tasks/run-task.ts';
import type { DimensionLimits } from './dimensions.ts';
import type { RecordMetric } from './instruments.ts';

/** Everything that is measured of a task. `phasesKnown`: the spans of this process are seen. */
export function recordTask(
  record: RecordMetric,
  task: FinishedTask,
  limits: DimensionLimits,
  phasesKnown: boolean,
): void {
  const name = limits.task(task.name);
  const dimensions = {
    [ATTRIBUTE.task]: name,
    [ATTRIBUTE.taskOutcome]: task.outcome,
    [ATTRIBUTE.taskDegraded]: task.degraded,
  };
  record('tasks', 1, dimensions);
  record('taskDuration', task.durationSeconds, dimensions);
  if (!phasesKnown) return;
  for (const phase of PHASES) {
    record('taskPhaseDuration', task.phases[phase] / 1000, { [ATTRIBUTE.task]: name, [ATTRIBUTE.taskPhase]: phase });
  }
}
