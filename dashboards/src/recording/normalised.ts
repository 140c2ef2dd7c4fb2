import type { MetricId } from '@brownout/signals';
import { above, call, countBy, maxBy, minBy, number, sumBy } from '../promql/expression.ts';
import type { LabelOfMetric, Matchers } from '../promql/matchers.ts';
import { type Part, raw, type Recorded } from '../promql/series.ts';
import { LEVELS, RATE_WINDOW, word } from './record.ts';

const FALLBACK = [...LEVELS.call, 'fallbackFromProvider', 'fallbackFromModel', 'verdict'] as const;
const RATE_LIMIT = ['providerName', 'requestModel', 'rateLimitResource'] as const;
const BREAKER_STATE = ['job', 'breaker', 'breakerState'] as const;
const TASK = ['task', 'taskOutcome', 'taskDegraded'] as const;

/**
 * The only rules that read our own metrics as they arrive (those of the GenAI conventions are read in `gen-ai.ts`). Each
 * sums over processes and keeps what later rules tell calls apart by. What did not happen in the window is left out
 * instead of being recorded as 0: that is most of a healthy service's series.
 */
export const NORMALISED = {
  calls: rates('call', 'calls', [...LEVELS.call, 'verdict', 'reason', 'fault', 'transport', 'streaming']),
  anomalies: rates('call', 'outputAnomalies', [...LEVELS.call, 'anomaly']),
  breaches: rates('call', 'budgetBreaches', [...LEVELS.call, 'budget']),
  attempts: rates('call', 'attemptDuration', [...LEVELS.call, 'attemptKind'], { part: 'count' }),
  retryWaits: rates('call', 'retryDelay', LEVELS.call, { part: 'sum' }),
  fallbacks: rates('call', 'fallbacks', FALLBACK),
  tasks: rates('task', 'tasks', TASK),
  /** The same calls by the service that made them: whether a trouble is everybody's or one's own. */
  callsByService: rates('provider_service', 'calls', [...LEVELS.provider_service, 'verdict', 'fault']),
  transitions: rates('breaker', 'breakerTransitions', BREAKER_STATE),
  selfFaults: rates('service', 'selfFaults', ['job', 'site']),
  overflow: rates('service', 'selfOverflow', ['job', 'dimension']),
} as const satisfies Readonly<Record<string, Recorded>>;

/** What is now. Of several processes that say it, the worst. */
export const GAUGES = {
  rateLimit: gauge('provider_model', 'rateLimitRemainingRatio', 'min', RATE_LIMIT, minBy),
  breaker: gauge('breaker', 'breakerState', 'max', BREAKER_STATE, maxBy),
  vendorLastSuccess: gauge('vendor', 'vendorLastSuccess', 'max', ['vendor'], maxBy),
  /** How many series there are, whether or not anything happened in them: what vanishes if a service goes silent. */
  presence: gauge('provider_service', 'calls', 'count', LEVELS.provider_service, countBy),
} as const satisfies Readonly<Record<string, Recorded>>;

function rates<Id extends MetricId, Label extends LabelOfMetric<Id> | 'job'>(
  level: string,
  id: Id,
  labels: readonly Label[],
  options: { readonly where?: Matchers<LabelOfMetric<Id>>; readonly part?: Part } = {},
): Recorded<Label> {
  const part = options.part === undefined ? '' : `_${options.part}`;
  return {
    record: `${level}:${word(id)}${part}:rate${RATE_WINDOW}`,
    labels,
    expression: above(sumBy(labels, call('rate', raw(id, { ...options, over: RATE_WINDOW }))), number(0)),
  };
}

function gauge<Id extends MetricId, Label extends LabelOfMetric<Id> | 'job'>(
  level: string,
  id: Id,
  operation: string,
  labels: readonly Label[],
  aggregate: typeof maxBy,
): Recorded<Label> {
  return { record: `${level}:${word(id)}:${operation}`, labels, expression: aggregate(labels, raw(id)) };
}
