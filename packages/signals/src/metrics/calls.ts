import { ATTRIBUTE } from '../attributes.ts';
import { DURATION_BUCKETS, RATE_BUCKETS } from '../buckets.ts';
import type { MetricRow } from '../metric.ts';

/** Carried by every metric of ours that is about calls. */
export const COMMON_DIMENSIONS = [
  ATTRIBUTE.providerName,
  ATTRIBUTE.requestModel,
  ATTRIBUTE.operationName,
  ATTRIBUTE.useCase,
] as const;

const COUNTER = { status: 'emitted', instrument: 'counter', valueType: 'int', optional: [] } as const;
const DURATION = {
  status: 'emitted',
  instrument: 'histogram',
  valueType: 'double',
  unit: 's',
  buckets: DURATION_BUCKETS,
  optional: [],
} as const;
const GAUGE = { status: 'emitted', instrument: 'gauge', valueType: 'double', optional: [] } as const;

/** What happened to calls, to their attempts and to their fallbacks. */
export const CALL_METRICS = {
  calls: {
    ...COUNTER,
    name: 'brownout.calls',
    group: 'call',
    unit: '{call}',
    required: [
      ...COMMON_DIMENSIONS,
      ATTRIBUTE.verdict,
      ATTRIBUTE.reason,
      ATTRIBUTE.fault,
      ATTRIBUTE.transport,
      ATTRIBUTE.streaming,
    ],
    description: 'One per call, at its end.',
  },
  streamMaxGap: {
    ...DURATION,
    name: 'brownout.stream.max_gap',
    group: 'call',
    required: [...COMMON_DIMENSIONS, ATTRIBUTE.verdict],
    description: 'Longest silence between two output chunks of a streamed call.',
  },
  streamOutputRate: {
    ...DURATION,
    name: 'brownout.stream.output_rate',
    group: 'call',
    unit: '{token}/s',
    buckets: RATE_BUCKETS,
    required: COMMON_DIMENSIONS,
    description:
      'Output tokens over the time from the first to the last output chunk; only where the provider reported tokens.',
  },
  outputAnomalies: {
    ...COUNTER,
    name: 'brownout.output.anomalies',
    group: 'call',
    unit: '{anomaly}',
    required: [...COMMON_DIMENSIONS, ATTRIBUTE.anomaly],
    description: 'Every anomaly found; a call may have several, its reason names the worst.',
  },
  budgetBreaches: {
    ...COUNTER,
    name: 'brownout.budget.breaches',
    group: 'call',
    unit: '{breach}',
    required: [...COMMON_DIMENSIONS, ATTRIBUTE.budget],
    description: 'Every budget that a call broke.',
  },
  attemptDuration: {
    ...DURATION,
    name: 'brownout.attempt.duration',
    group: 'attempt',
    required: [...COMMON_DIMENSIONS, ATTRIBUTE.attemptKind, ATTRIBUTE.streaming, ATTRIBUTE.serverAddress],
    optional: [ATTRIBUTE.httpResponseStatusCode, ATTRIBUTE.errorType],
    description: 'One per request on the wire: from the request sent to the response body finished or failed.',
  },
  attemptTimeToHeaders: {
    ...DURATION,
    name: 'brownout.attempt.time_to_headers',
    group: 'attempt',
    required: [...COMMON_DIMENSIONS, ATTRIBUTE.attemptKind, ATTRIBUTE.streaming, ATTRIBUTE.serverAddress],
    description: 'From the request sent to the status line.',
  },
  retries: {
    ...COUNTER,
    name: 'brownout.retries',
    group: 'attempt',
    unit: '{retry}',
    required: [...COMMON_DIMENSIONS, ATTRIBUTE.reason],
    description: 'One per retry; the reason is why the attempt before it failed.',
  },
  retryDelay: {
    ...DURATION,
    name: 'brownout.retry.delay',
    group: 'attempt',
    required: [...COMMON_DIMENSIONS, ATTRIBUTE.retryAdvised],
    description: 'Wait between two attempts of one call.',
  },
  rateLimitRemainingRatio: {
    ...GAUGE,
    name: 'brownout.rate_limit.remaining_ratio',
    group: 'attempt',
    unit: '1',
    required: [...COMMON_DIMENSIONS, ATTRIBUTE.rateLimitResource],
    description:
      'Remaining share of a rate limit, from 0 to 1, from response headers, failed responses too; 1 when its window has ended since.',
  },
  rateLimitReset: {
    ...GAUGE,
    name: 'brownout.rate_limit.reset',
    group: 'attempt',
    unit: 's',
    required: [...COMMON_DIMENSIONS, ATTRIBUTE.rateLimitResource],
    description: 'Time until that rate limit resets.',
  },
  fallbacks: {
    ...COUNTER,
    name: 'brownout.fallbacks',
    group: 'fallback',
    unit: '{fallback}',
    required: [
      ...COMMON_DIMENSIONS,
      ATTRIBUTE.fallbackFromProvider,
      ATTRIBUTE.fallbackFromModel,
      ATTRIBUTE.fallbackMechanism,
    ],
    optional: [ATTRIBUTE.reason, ATTRIBUTE.verdict],
    description:
      'One per fallback. Provider and model are those fallen back to, `none` where the application answered without a model; the reason is that of the failed call, left out where nothing tells it, as of a gateway; the verdict is that of the fallback call.',
  },
} as const satisfies Readonly<Record<string, MetricRow>>;
