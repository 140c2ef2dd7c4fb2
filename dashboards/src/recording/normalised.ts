import type { MetricId } from '@brownout/signals';
import { above, and, call, countBy, dividedBy, maxBy, minBy, number, or, sumBy, unless } from '../promql/expression.ts';
import type { LabelOfMetric, Matchers } from '../promql/matchers.ts';
import { type Part, raw, rawNamed, type Recorded } from '../promql/series.ts';
import { LEVELS, RATE_SECONDS, RATE_WINDOW, word } from './record.ts';

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
  selfFaults: ratesFromBirth('service', 'selfFaults', ['job', 'site']),
  overflow: ratesFromBirth('service', 'selfOverflow', ['job', 'dimension']),
} as const satisfies Readonly<Record<string, Recorded>>;

/** What is now. Of several processes that say it, the worst. */
export const GAUGES = {
  rateLimit: gauge('provider_model', 'rateLimitRemainingRatio', 'min', RATE_LIMIT, minBy),
  breaker: gauge('breaker', 'breakerState', 'max', BREAKER_STATE, maxBy),
  vendorLastSuccess: gauge('vendor', 'vendorLastSuccess', 'max', ['vendor'], maxBy),
  /** How many metrics of a service OpenTelemetry's SDK has folded the series of: what it folds has no label of ours. */
  folded: {
    record: 'service:otel_metric_overflow:count',
    labels: ['job'],
    expression: countBy(
      ['job'],
      countBy(['job', 'name'], rawNamed('', { where: { name: { like: '(brownout|gen_ai)_.+' }, folded: 'true' } })),
    ),
  },
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

/**
 * The same where one event is worth telling, and its series is born with it: a rate would see no growth. What a series
 * holds within its first five minutes has happened within them, if its service was seen before: else it may be that Prometheus
 * was not looking.
 */
function ratesFromBirth<Id extends MetricId, Label extends LabelOfMetric<Id> | 'job'>(
  level: string,
  id: Id,
  labels: readonly Label[],
): Recorded<Label> {
  const before = { offset: RATE_WINDOW } as const;
  const born = and(unless(raw(id), raw(id, before)), raw('instrumented', before), { on: ['job'] });
  const rated = or(dividedBy(born, number(RATE_SECONDS)), call('rate', raw(id, { over: RATE_WINDOW })));
  return {
    record: `${level}:${word(id)}:rate${RATE_WINDOW}`,
    labels,
    expression: above(sumBy(labels, rated), number(0)),
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
