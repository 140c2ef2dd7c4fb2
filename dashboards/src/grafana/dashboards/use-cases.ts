import { dividedBy } from '../../promql/expression.ts';
import type { LabelId } from '../../promql/labels.ts';
import { OBJECTIVES } from '../../recording/objectives.ts';
import type { Dashboard } from '../panel.ts';
import { countOf, pickRecorded, quantile, rateOf, share, some } from '../queries.ts';
import { COUNT, PER_SECOND, SHARE, unitOf } from '../units.ts';
import { callShare, callShareInRange, NOT_SERVED } from '../verdict-queries.ts';

const MODEL = ['providerName', 'requestModel'] as const satisfies readonly LabelId[];
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
        {
          kind: 'lines',
          title: 'The objective, over an hour',
          shows: 'The share that the budget burn alert of use cases looks at, over one hour.',
          bad: 'Above the dashed line the budget is spent faster than it is given.',
          of: 'Calls of the use case in the last hour.',
          unit: SHARE,
          queries: [{ expression: pickRecorded(OBJECTIVES.use_case.share['1h']), by: ['useCase'] }],
          threshold: { alert: 'BrownoutUseCaseBudgetBurn', setting: 'objective', bad: 'above' },
          width: 12,
        },
        {
          kind: 'table',
          title: 'Which models serve it',
          shows: 'Calls of each use case by model, in the range that is shown.',
          bad: 'A model with a high share that a use case depends on alone.',
          of: 'Calls that say something of the vendor.',
          unit: COUNT,
          queries: [
            {
              expression: some(countOf(['useCase', ...MODEL], 'calls', { where: NOT_SERVED.whole })),
              by: ['useCase', ...MODEL],
              name: 'Calls',
            },
            {
              expression: callShareInRange(['useCase', ...MODEL], NOT_SERVED),
              by: ['useCase', ...MODEL],
              name: 'Not served',
              unit: SHARE,
            },
          ],
          width: 12,
          leadsTo: 'model',
        },
        {
          kind: 'stacked',
          title: 'Why calls were not usable',
          shows: 'The reasons of calls that were degraded or unusable.',
          bad: 'Yellows are late, reds broken off, purples useless, oranges refused or not reached.',
          of: 'Calls per second.',
          unit: PER_SECOND,
          queries: [
            {
              expression: some(
                rateOf(['reason'], 'calls', { where: { verdict: { anyOf: ['degraded', 'unusable'] } } }),
              ),
              by: ['reason'],
            },
          ],
          colours: 'reason',
          width: 12,
          traces: true,
          empty: 'Every call was usable',
        },
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
          unit: PER_SECOND,
          queries: [{ expression: rateOf(['taskOutcome'], 'tasks'), by: ['taskOutcome'] }],
          colours: 'taskOutcome',
          width: 8,
          empty: 'The application names no tasks: see task()',
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
          empty: 'The application names no tasks: see task()',
        },
        {
          kind: 'lines',
          title: 'Time that tasks take',
          shows: 'Half of the tasks, and 19 of 20, take no longer.',
          bad: 'A step. The panels below say where it is.',
          of: 'All runs of the task.',
          unit: unitOf('taskDuration'),
          queries: [
            { expression: quantile(0.5, ['task'], 'taskDuration'), by: ['task'], name: 'p50', exemplars: true },
            { expression: quantile(0.95, ['task'], 'taskDuration'), by: ['task'], name: 'p95', exemplars: true },
          ],
          width: 8,
          empty: 'The application names no tasks: see task()',
        },
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
          empty: 'The application names no tasks: see task()',
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
          empty: 'The application names no tasks: see task()',
        },
      ],
    },
  ],
});
