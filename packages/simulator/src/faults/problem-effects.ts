import type { Problem, ProblemKind } from '../content/problem.ts';
import type { PROBLEM_FAULTS } from './catalogue-problem.ts';
import { numberAt, type Effect } from './effect.ts';

const refuse = (kind: ProblemKind): Effect => ({ at: 'problem', problem: () => ({ kind }) });

const refuseForAWhile: Effect = {
  at: 'problem',
  problem: (values) => ({ kind: 'rate_limited', retryAfterSeconds: numberAt(values, 'retryAfterSeconds') }),
};

export const PROBLEM_EFFECTS = {
  rate_limited: refuse('rate_limited'),
  rate_limited_short_wait: refuseForAWhile,
  rate_limited_long_wait: refuseForAWhile,
  insufficient_quota: {
    at: 'problem',
    problem: (values, provider): Problem =>
      provider === 'anthropic' && numberAt(values, 'status') === 402
        ? { kind: 'payment_required' }
        : { kind: 'quota_exhausted' },
  },
  unauthorized: refuse('unauthorized'),
  forbidden: refuse('forbidden'),
  bad_request: refuse('bad_request'),
  not_found: refuse('not_found'),
  internal_server_error: refuse('server_error'),
  bad_gateway: refuse('bad_gateway'),
  service_unavailable: refuse('unavailable'),
  overloaded: refuse('overloaded'),
} as const satisfies Record<keyof typeof PROBLEM_FAULTS, Effect>;
