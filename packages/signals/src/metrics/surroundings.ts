import { ATTRIBUTE } from '../attributes.ts';
import { DURATION_BUCKETS } from '../buckets.ts';
import type { MetricRow } from '../metric.ts';

const PLANNED = { status: 'planned', optional: [] } as const;
const COUNTER = { ...PLANNED, instrument: 'counter', valueType: 'int' } as const;
const DURATION = {
  ...PLANNED,
  instrument: 'histogram',
  valueType: 'double',
  unit: 's',
  buckets: DURATION_BUCKETS,
} as const;
const GAUGE = { ...PLANNED, instrument: 'gauge', valueType: 'int' } as const;

const TASK_DIMENSIONS = [ATTRIBUTE.task, ATTRIBUTE.taskOutcome, ATTRIBUTE.taskDegraded] as const;

const POLICY_DIMENSIONS = [ATTRIBUTE.policy, ATTRIBUTE.policyKind] as const;

/** What surrounds the calls: the application's tasks, its circuit breakers and other policies, and what the vendors say of themselves. */
export const SURROUNDINGS_METRICS = {
  tasks: {
    ...COUNTER,
    name: 'brownout.tasks',
    group: 'task',
    status: 'emitted',
    unit: '{task}',
    required: TASK_DIMENSIONS,
    description: 'One per task, as the application reports it; an exception out of `task()` is a failure.',
  },
  taskDuration: {
    ...DURATION,
    name: 'brownout.task.duration',
    group: 'task',
    status: 'emitted',
    required: TASK_DIMENSIONS,
    description: 'Time that a task took.',
  },
  taskPhaseDuration: {
    ...DURATION,
    name: 'brownout.task.phase.duration',
    group: 'task',
    status: 'emitted',
    required: [ATTRIBUTE.task, ATTRIBUTE.taskPhase],
    description: 'Exclusive time of a task per phase: where the request spent its time.',
  },
  breakerState: {
    ...GAUGE,
    name: 'brownout.breaker.state',
    group: 'breaker',
    status: 'emitted',
    unit: '1',
    required: [ATTRIBUTE.breaker, ATTRIBUTE.breakerState],
    description: 'One series per breaker and state: 1 for the state that it is in, 0 for the others.',
  },
  breakerTransitions: {
    ...COUNTER,
    name: 'brownout.breaker.transitions',
    group: 'breaker',
    status: 'emitted',
    unit: '{transition}',
    required: [ATTRIBUTE.breaker, ATTRIBUTE.breakerState, ATTRIBUTE.breakerTrigger],
    description: 'Changes of state; the state is the new one.',
  },
  breakerRejections: {
    ...COUNTER,
    name: 'brownout.breaker.rejections',
    group: 'breaker',
    status: 'emitted',
    unit: '{rejection}',
    required: [ATTRIBUTE.breaker],
    description: 'Calls that were not made because the breaker was open.',
  },
  policyExecutions: {
    ...COUNTER,
    name: 'brownout.policy.executions',
    group: 'policy',
    status: 'emitted',
    unit: '{execution}',
    required: POLICY_DIMENSIONS,
    description: 'Calls that the application made through the policy; the tries of a retry policy are one.',
  },
  policyActions: {
    ...COUNTER,
    name: 'brownout.policy.actions',
    group: 'policy',
    status: 'emitted',
    unit: '{action}',
    required: [...POLICY_DIMENSIONS, ATTRIBUTE.policyAction],
    description: 'What the policy did to them. What the caller cancelled is none.',
  },
  vendorStatus: {
    ...GAUGE,
    status: 'emitted',
    name: 'brownout.vendor.status',
    group: 'vendor',
    unit: '1',
    required: [ATTRIBUTE.vendor, ATTRIBUTE.vendorComponent, ATTRIBUTE.providerName],
    description:
      '0 operational, 1 degraded, 2 partial outage, 3 major outage, 4 maintenance; absent where it is unknown, never 0 by default.',
  },
  vendorIncidents: {
    ...GAUGE,
    status: 'emitted',
    name: 'brownout.vendor.incidents',
    group: 'vendor',
    unit: '{incident}',
    required: [ATTRIBUTE.vendor, ATTRIBUTE.providerName, ATTRIBUTE.vendorImpact],
    description: 'Incidents that are open.',
  },
  vendorLastSuccess: {
    ...GAUGE,
    status: 'emitted',
    name: 'brownout.vendor.last_success',
    group: 'vendor',
    valueType: 'double',
    unit: 's',
    required: [ATTRIBUTE.vendor],
    description: 'Unix time of the last poll that was understood.',
  },
} as const satisfies Readonly<Record<string, MetricRow>>;
