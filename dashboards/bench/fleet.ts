import { DURATION_BUCKETS, METRICS, prometheusName } from '@brownout/signals';
import { labelName, type LabelId } from '../src/promql/labels.ts';

type Labels = Readonly<Partial<Record<LabelId, string>>>;

/** The series that so many combinations of provider, model and use case have in a service that is mostly well. */
export function fleet(combinations: number, minutes: number) {
  return Array.from({ length: combinations }, (_, index) => index).flatMap((index) => {
    const who = {
      job: `service-${index % 7}`,
      instance: 'a',
      providerName: `provider-${index % 10}`,
      requestModel: `model-${index % 100}`,
      operationName: 'chat',
    } as const;
    const call = { ...who, useCase: `use-case-${index}` } as const;
    const series = (name: string, labels: Labels, pace: number) => ({
      series: `${name}{${Object.entries(labels)
        .map(([id, value]) => `${labelName(id as LabelId)}=${JSON.stringify(value)}`)
        .join(',')}}`,
      values: `0+${pace}x${minutes}`,
    });
    const calls = prometheusName(METRICS.calls);
    const usable = { ...call, verdict: 'usable', reason: 'ok', fault: 'none', transport: 'up' } as const;
    const bad = { ...call, verdict: 'unusable', fault: 'vendor', transport: 'up', streaming: 'true' } as const;
    const firstChunk = prometheusName(METRICS.inferenceTimeToFirstChunk);
    // One process is asked by one use case here, and the conventions' metrics do not say which.
    const conventions = { ...who, instance: `a-${index}` };
    return [
      series(calls, { ...usable, streaming: 'true' }, 60),
      series(calls, { ...usable, streaming: 'false' }, 30),
      ...['empty_output', 'stream_cut', 'stalled'].map((reason) => series(calls, { ...bad, reason }, 1)),
      // Started at 0, and never come to pass.
      ...['repetition', 'timeout', 'overloaded', 'rate_limited', 'auth'].map((reason) =>
        series(calls, { ...bad, reason }, 0),
      ),
      ...['truncated', 'empty_output'].map((anomaly) =>
        series(prometheusName(METRICS.outputAnomalies), { ...call, anomaly }, 1),
      ),
      ...['gap', 'first_chunk'].map((budget) => series(prometheusName(METRICS.budgetBreaches), { ...call, budget }, 1)),
      ...['first', 'retry'].map((kind) =>
        series(
          `${prometheusName(METRICS.attemptDuration)}_count`,
          { ...call, attemptKind: kind, serverAddress: 'a' },
          60,
        ),
      ),
      series(prometheusName(METRICS.fallbacks), { ...call, verdict: 'usable' }, 1),
      ...[...DURATION_BUCKETS, '+Inf'].map((le, place) =>
        series(`${firstChunk}_bucket`, { ...conventions, le: String(le) }, 5 * place),
      ),
      series(`${firstChunk}_count`, conventions, 80),
      series(`${prometheusName(METRICS.inferenceDuration)}_sum`, conventions, 90),
    ];
  });
}
