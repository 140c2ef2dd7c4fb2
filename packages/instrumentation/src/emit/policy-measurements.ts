import type { ATTRIBUTES } from '@brownout/signals';
import { ATTRIBUTE } from '@brownout/signals';
import { createPolicyNames } from '../breakers/policy-names.ts';
import type { PolicyNames } from '../breakers/policy-names.ts';
import type { RecordMetric } from './instruments.ts';
import { createLimiter } from './limiter.ts';

export type PolicyKind = (typeof ATTRIBUTES)['policyKind']['values'][number];
export type PolicyAction = (typeof ATTRIBUTES)['policyAction']['values'][number];

/** The retries, timeouts and bulkheads of this process. Their names are bounded here. */
export interface PolicyMeasurements {
  readonly nameOf: PolicyNames;
  /** A call was made through the policy. */
  readonly executed: (name: string, kind: PolicyKind) => void;
  readonly acted: (name: string, kind: PolicyKind, action: PolicyAction) => void;
}

/** Policies that a person can tell apart are few; what comes after is recorded as `_other`. */
const MOST_POLICIES = 100;

/** What each kind can do: these series start at 0, so that the first event of each is not lost to `rate()`. */
const ACTIONS = {
  retry: ['retried', 'gave_up'],
  timeout: ['timed_out'],
  bulkhead: ['queued', 'rejected'],
} as const satisfies Record<PolicyKind, readonly PolicyAction[]>;

export function createPolicyMeasurements(measure: RecordMetric): PolicyMeasurements {
  const started = new Set<string>();
  const boundName = createLimiter(MOST_POLICIES, () =>
    measure('selfOverflow', 1, { [ATTRIBUTE.dimension]: ATTRIBUTE.policy }),
  );

  function acted(name: string, kind: PolicyKind, action: PolicyAction, times: number): void {
    measure('policyActions', times, {
      [ATTRIBUTE.policy]: name,
      [ATTRIBUTE.policyKind]: kind,
      [ATTRIBUTE.policyAction]: action,
    });
  }

  return {
    nameOf: createPolicyNames(),
    acted: (name, kind, action) => acted(boundName(name), kind, action, 1),
    executed(given, kind) {
      const name = boundName(given);
      const key = `${kind} ${name}`;
      if (!started.has(key)) {
        started.add(key);
        for (const action of ACTIONS[kind]) acted(name, kind, action, 0);
      }
      measure('policyExecutions', 1, { [ATTRIBUTE.policy]: name, [ATTRIBUTE.policyKind]: kind });
    },
  };
}
