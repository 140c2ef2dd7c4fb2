import { dividedBy } from '../../promql/expression.ts';
import type { Dashboard } from '../panel.ts';
import { objectiveOverAnHour, reasons, useCasesOfModels } from '../panels/calls.ts';
import { spread } from '../panels/histograms.ts';
import { rateOf, share, some } from '../queries.ts';
import { perSecond, SHARE, unitOf } from '../units.ts';
import { callShare, NOT_SERVED } from '../verdict-queries.ts';

const NO_TASKS = 'The application names no tasks: see task()';
const TASK_TIME = { part: 'sum' } as const;

/** What the application does for its users: which of it works, and where its time goes. */
export const useCases = (): Dashboard => ({
  description:
    'What your application does with models: which use cases are served, which tasks succeed, and where their time goes.',
  explains: [],
  rows: [
    {
      title: 'Use cases',
      panels: [
        {
          kind: 'lines',
          title: 'Calls that did not serve',
          shows:
            'Calls of each use case without a usable answer in time, by the fault of the vendor, of limits or of the network.',
          bad: 'Above the dashed line: more than the objective allows.',
          of: 'Calls of the use case without those that the caller stopped or got wrong. What a fallback then served counts here as well.',
          unit: SHARE,
          queries: [{ expression: callShare(['useCase'], NOT_SERVED), by: ['useCase'] }],
          threshold: { alert: 'BrownoutUseCaseBudgetBurn', setting: 'objective', bad: 'above' },
          width: 12,
          traces: true,
        },
        objectiveOverAnHour('use_case'),
        useCasesOfModels({
          title: 'Which models serve it',
          shows: 'Calls of each use case by model, in the range that is shown.',
          bad: 'A model with a high share that a use case depends on alone.',
          leadsTo: 'model',
        }),
        reasons(),
      ],
    },
    {
      title: 'Tasks',
      panels: [
        {
          kind: 'stacked',
          title: 'Tasks by outcome',
          shows: 'How tasks ended, as the application reports it.',
          bad: 'Red.',
          of: 'Tasks per second.',
          unit: perSecond('tasks'),
          queries: [{ expression: rateOf(['taskOutcome'], 'tasks'), by: ['taskOutcome'] }],
          colours: 'taskOutcome',
          width: 8,
          empty: NO_TASKS,
        },
        {
          kind: 'lines',
          title: 'Tasks that failed',
          shows:
            'Failures of each task, with a call in them that fell back or was not usable (true), and without (false).',
          threshold: { alert: 'BrownoutTaskFailingUndegraded', setting: 'share', bad: 'above' },
          bad: 'Failures without such a call are not the vendor.',
          of: 'All runs of that task with, or without, such a call.',
          unit: SHARE,
          queries: [
            {
              expression: share(
                rateOf(['task', 'taskDegraded'], 'tasks', { where: { taskOutcome: 'failure' } }),
                rateOf(['task', 'taskDegraded'], 'tasks'),
              ),
              by: ['taskDegraded', 'task'],
              name: 'model in trouble:',
            },
          ],
          width: 8,
          empty: NO_TASKS,
        },
        spread(
          'taskDuration',
          {
            title: 'Time that tasks take',
            shows: 'Half of the tasks (dashed), and 19 of 20, take no longer.',
            bad: 'A step. The panels below say where it is.',
            of: 'All runs of the task.',
            width: 8,
            empty: NO_TASKS,
          },
          { by: ['task'], exemplars: true },
        ),
      ],
    },
    {
      title: 'Where the time goes',
      panels: [
        {
          kind: 'stacked',
          title: 'Time of a task by phase',
          shows:
            'Seconds that a task spends in each phase, in the mean; time is counted once, for the innermost phase.',
          bad: 'Another colour than inference that grew: it is not the model that became slow.',
          of: 'Runs of tasks.',
          unit: unitOf('taskPhaseDuration'),
          queries: [
            {
              expression: dividedBy(
                rateOf(['taskPhase'], 'taskPhaseDuration', TASK_TIME),
                some(rateOf([], 'taskDuration', { part: 'count' })),
                {
                  on: [],
                  manyToOne: true,
                },
              ),
              by: ['taskPhase'],
            },
          ],
          colours: 'taskPhase',
          width: 12,
          empty: NO_TASKS,
        },
        {
          kind: 'lines',
          title: 'Share of inference',
          shows: 'How much of the time of a task its model calls take.',
          bad: 'A rise: the model. A fall while tasks take longer: retrieval, tools or your own code.',
          of: 'All time of the task.',
          unit: SHARE,
          queries: [
            {
              expression: share(
                rateOf(['task'], 'taskPhaseDuration', { ...TASK_TIME, where: { taskPhase: 'inference' } }),
                rateOf(['task'], 'taskPhaseDuration', TASK_TIME),
              ),
              by: ['task'],
            },
          ],
          width: 12,
          empty: NO_TASKS,
        },
      ],
    },
  ],
});
