import type { AttributeRow } from '../attribute.ts';
import { VENDOR_ATTRIBUTES } from './vendor.ts';

/** A metric tells the phases of tasks apart by one attribute, the span of one task has them all. */
const taskTime = <Phase extends string>(phase: Phase, on: string) =>
  ({
    key: `brownout.task.phase.${phase}`,
    type: 'double',
    description: `Exclusive time that the task spent on ${on}, in seconds.`,
  }) as const;

/** The project's own attributes of what surrounds the calls: tasks, breakers and other policies, vendors' status pages. */
export const SURROUNDINGS_ATTRIBUTES = {
  task: { key: 'brownout.task', type: 'string', description: "The application's name for a unit of its own work." },
  taskOutcome: {
    key: 'brownout.task.outcome',
    type: 'string',
    values: ['success', 'failure'],
    description: 'How the task ended, as the application reports it.',
  },
  taskDegraded: {
    key: 'brownout.task.degraded',
    type: 'boolean',
    description: 'Whether a call in the task fell back or was not usable.',
  },
  taskPhase: {
    key: 'brownout.task.phase',
    type: 'string',
    values: ['inference', 'retrieval', 'tool', 'http', 'app'],
    description: 'What the task spent time on.',
  },
  taskTimeInference: taskTime('inference', 'model calls'),
  taskTimeRetrieval: taskTime('retrieval', 'databases and embeddings'),
  taskTimeTool: taskTime('tool', 'tools'),
  taskTimeHttp: taskTime('http', 'other requests over HTTP'),
  taskTimeApp: taskTime('app', 'everything else'),
  breaker: { key: 'brownout.breaker', type: 'string', description: 'Name of a circuit breaker.' },
  breakerState: {
    key: 'brownout.breaker.state',
    type: 'string',
    values: ['closed', 'open', 'half_open'],
    description: 'State of the breaker; on a transition, the new one.',
  },
  breakerTrigger: {
    key: 'brownout.breaker.trigger',
    type: 'string',
    values: ['failure_rate', 'slow_rate', 'probe', 'manual'],
    description: 'What moved the breaker.',
  },
  policy: {
    key: 'brownout.policy',
    type: 'string',
    description: 'Name of a policy that the application has put around its calls, or a running number.',
  },
  policyKind: {
    key: 'brownout.policy.kind',
    type: 'string',
    values: ['retry', 'timeout', 'bulkhead'],
    description: 'What kind of policy it is.',
  },
  policyAction: {
    key: 'brownout.policy.action',
    type: 'string',
    values: ['retried', 'gave_up', 'timed_out', 'queued', 'rejected'],
    description:
      'What it did: `retried` makes the call once more, `gave_up` has no retry left, `timed_out` ran out of its own time, `queued` waits for a slot, `rejected` had none.',
  },
  ...VENDOR_ATTRIBUTES,
} as const satisfies Readonly<Record<string, AttributeRow>>;
