import type { ATTRIBUTE, AttributeId, AttributeValue } from '@brownout/signals';

/** Colours by meaning, the same in every panel. They are names of Grafana's own palette, which has a dark and a light side. */
const GOOD = 'green';
const LATE = 'yellow';
const BAD = 'red';
const OTHERS = 'gray';
const OURS = 'blue';
const LIMITS = 'orange';
const NETWORK = 'purple';

type Colours<Id extends AttributeId> = Readonly<
  Record<Extract<AttributeValue<(typeof ATTRIBUTE)[Id]>, string>, string>
>;

const VERDICT: Colours<'verdict'> = { usable: GOOD, degraded: LATE, unusable: BAD, cancelled: OTHERS };

const FAULT: Colours<'fault'> = {
  none: GOOD,
  vendor: BAD,
  capacity: LIMITS,
  network: NETWORK,
  caller: OURS,
  policy: 'light-blue',
};

/**
 * Late ones yellow, broken ones red, useless ones purple, refused ones and those that were not reached orange, refusals by
 * policy and our own mistakes blue.
 */
const REASON: Colours<'reason'> = {
  ok: GOOD,
  slow_first_chunk: 'light-yellow',
  slow_total: LATE,
  slow_stream: 'dark-yellow',
  truncated: 'super-light-yellow',
  model_substituted: 'super-light-green',
  blocked: 'light-blue',
  empty_output: 'light-purple',
  malformed_output: 'purple',
  repetition: 'dark-purple',
  malformed_response: 'super-light-purple',
  stream_cut: 'super-light-red',
  stalled: BAD,
  gave_up: 'dark-red',
  timeout: 'dark-orange',
  overloaded: 'semi-dark-orange',
  server_error: 'light-orange',
  rate_limited: LIMITS,
  quota_exhausted: 'super-light-orange',
  auth: OURS,
  bad_request: 'dark-blue',
  connection: 'super-light-blue',
  cancelled: OTHERS,
  abandoned: OTHERS,
};

const ANOMALY: Colours<'anomaly'> = {
  truncated: REASON.truncated,
  empty_output: REASON.empty_output,
  malformed_output: REASON.malformed_output,
  invalid_tool_arguments: 'semi-dark-purple',
  schema_violation: 'super-light-purple',
  repetition: REASON.repetition,
  blocked: REASON.blocked,
  garbled: 'semi-dark-orange',
  language_switch: 'light-orange',
  stream_cut: REASON.stream_cut,
  stalled: REASON.stalled,
  model_substituted: REASON.model_substituted,
  usage_missing: OTHERS,
  usage_implausible: 'light-green',
  length_outlier: 'dark-green',
};

/** The attributes whose values have colours. */
export const COLOURS = {
  verdict: VERDICT,
  fault: FAULT,
  reason: REASON,
  anomaly: ANOMALY,
  transport: { up: GOOD, down: BAD },
  budget: { first_chunk: 'light-yellow', total: LATE, gap: BAD, output_rate: 'dark-yellow' },
  attemptKind: { first: GOOD, retry: LIMITS, continuation: OURS },
  taskOutcome: { success: GOOD, failure: BAD },
  taskPhase: { inference: NETWORK, retrieval: OURS, tool: LIMITS, http: 'light-blue', app: OTHERS },
  breakerState: { closed: GOOD, half_open: LATE, open: BAD },
  policyAction: { retried: LIMITS, gave_up: BAD, timed_out: 'dark-red', queued: LATE, rejected: 'light-red' },
  fallbackMechanism: { policy: OURS, framework: 'light-blue', vendor: BAD, gateway: LIMITS, inferred: OTHERS },
} as const satisfies { readonly [Id in AttributeId]?: Colours<Id> };

export type ColouredId = keyof typeof COLOURS;

/** From good to bad: what thresholds are drawn in. */
export const SIGNAL = { good: GOOD, warning: LATE, bad: BAD, unknown: OTHERS } as const;
