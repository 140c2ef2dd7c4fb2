import { FAULTS, FAULT_NAMES, type FaultDefinition, type FaultName, type Reason } from '@brownout/simulator';
import type { Category } from '../../src/alerts/categories.ts';

/** What an alert on calls with that reason has to be about; `null` where nothing is wrong. */
const CATEGORY_OF_REASON = {
  ok: null,
  cancelled: null,
  abandoned: null,
  slow_first_chunk: 'slow',
  slow_total: 'slow',
  slow_stream: 'stalled',
  stalled: 'stalled',
  gave_up: 'stalled',
  stream_cut: 'stalled',
  truncated: 'content',
  blocked: 'content',
  empty_output: 'content',
  malformed_output: 'content',
  malformed_response: 'content',
  repetition: 'content',
  model_substituted: 'inconsistent',
  timeout: 'availability',
  overloaded: 'availability',
  server_error: 'availability',
  connection: 'availability',
  bad_request: 'availability',
  rate_limited: 'quota',
  quota_exhausted: 'quota',
  auth: 'quota',
} as const satisfies Readonly<Record<Reason, Category | null>>;

/** The same for what leaves a call usable. */
const CATEGORY_OF_ANOMALY: Readonly<Partial<Record<string, Category>>> = {
  garbled: 'content',
  language_switch: 'content',
  schema_violation: 'content',
  length_outlier: 'tokens',
  usage_implausible: 'tokens',
};

/** And for what no call shows by itself: many of them do. */
const CATEGORY_OF_FAULT: Readonly<Partial<Record<FaultName, Category>>> = { overlong_answer: 'tokens' };

/** Reasons of calls that are answered, outside of a budget: everything else that is not `ok` is unusable. */
const DEGRADED: readonly Reason[] = ['slow_first_chunk', 'slow_total', 'slow_stream', 'truncated', 'model_substituted'];

export type Gravity = 'unusable' | 'degraded' | 'usable';

/** A fault of the simulator as something to be noticed. */
export interface Condition {
  readonly fault: FaultName;
  /** The kinds of requests in which it exists; the traffic of its cells is made of them. */
  readonly modes: readonly ('streamed' | 'whole')[];
  readonly reasons: readonly Reason[];
  readonly gravity: Gravity;
  /** What an alert on it has to be about; none where there is nothing in it that an alert could be about. */
  readonly categories: readonly Category[];
}

export const CONDITIONS: readonly Condition[] = FAULT_NAMES.map((fault) => {
  const { appliesTo, expects, expectsAnomaly = '' }: FaultDefinition = FAULTS[fault];
  const modes = appliesTo === 'both' ? (['streamed', 'whole'] as const) : ([appliesTo] as const);
  const perMode = modes.map((mode) => ({
    reason: typeof expects === 'string' ? expects : expects[mode],
    anomaly: typeof expectsAnomaly === 'string' ? expectsAnomaly : (expectsAnomaly[mode] ?? ''),
  }));
  const reasons = [...new Set(perMode.map(({ reason }) => reason))];
  const categories = perMode.flatMap(({ reason, anomaly }) => {
    const category = CATEGORY_OF_REASON[reason] ?? CATEGORY_OF_ANOMALY[anomaly] ?? CATEGORY_OF_FAULT[fault];
    return category === undefined || category === null ? [] : [category];
  });
  return { fault, modes, reasons, gravity: gravityOf(reasons), categories: [...new Set(categories)] };
});

function gravityOf(reasons: readonly Reason[]): Gravity {
  if (reasons.every((reason) => reason === 'ok')) return 'usable';
  return reasons.every((reason) => reason === 'ok' || DEGRADED.includes(reason)) ? 'degraded' : 'unusable';
}
