import { RESILIENCE } from '../recording/resilience.ts';
import { SYMPTOMS } from '../recording/symptoms.ts';
import { worstFirst } from './diagnosis.ts';
import { shareAlert } from './symptom.ts';

export const TASK_ALERTS = {
  BrownoutTaskFailingUndegraded: shareAlert({
    category: 'task',
    dashboard: 'useCase',
    share: RESILIENCE.taskFailures,
    threshold: 0.1,
    of: RESILIENCE.tasks,
    ofWhat: 'tasks',
    floor: 20,
    says: 'failed although every model call in them was usable',
    summary: 'Tasks fail while the model looks fine.',
    runbook: {
      meaning:
        'The application reports its tasks as failed, and no call in them fell back or was less than usable. Either something else than the model is broken, or the answers are wrong in a way that no detector sees.',
      impact: 'Users do not get what they came for, and nothing else here tells it.',
      us: {
        text: 'Look first at what the tasks do beside the model: retrieval, tools, databases. Their time is on the phases of the task, their errors in the traces.',
        queries: [worstFirst(RESILIENCE.taskFailures), worstFirst(RESILIENCE.tasks)],
      },
      vendor: {
        text: 'Answers that are well formed and wrong: a new version of the model, or another model in its name.',
        queries: [worstFirst(SYMPTOMS.substituted)],
      },
      mitigation: [
        'Read some traces of failed tasks.',
        'Roll back the last change of a prompt, a tool or the data.',
        'Run your evaluation on the model as it is now.',
      ],
      falsePositives: ['A task that reports a failure for what the user did wrong.'],
    },
  }),
} as const;
