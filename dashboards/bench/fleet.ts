import { ATTRIBUTES, DURATION_BUCKETS, METRICS, prometheusName } from '@brownout/signals';
import { type LabelId, labelName } from '../src/promql/labels.ts';
import type { Recorded } from '../src/promql/series.ts';

export type Labels = Readonly<Partial<Record<LabelId, string>>>;

/** A series by its name and labels, and by how much it grows in a minute. */
export interface Grown {
  readonly name: string;
  readonly labels: Labels;
  readonly pace: number;
}

/** Who calls what, so many combinations of provider, model and use case: ten providers, a model for every ten use cases. */
const combinationsOf = (count: number) =>
  Array.from(
    { length: count },
    (_, index) =>
      ({
        job: `service-${index % 7}`,
        providerName: `provider-${index % 10}`,
        requestModel: `model-${index % Math.ceil(count / 10)}`,
        operationName: 'chat',
        useCase: `use-case-${index}`,
      }) as const,
  );

const USABLE = { verdict: 'usable', reason: 'ok', fault: 'none', transport: 'up' } as const;
/** What happens to calls of a service that is mostly well. */
const OUTCOMES: readonly Labels[] = [
  { ...USABLE, streaming: 'true' },
  { ...USABLE, streaming: 'false' },
  ...['empty_output', 'stream_cut', 'stalled'].map((reason) => ({
    ...USABLE,
    verdict: 'unusable',
    fault: 'vendor',
    reason,
    streaming: 'true',
  })),
];

/** Labels that a recorded series has beside who calls what, with the values that they come with. */
const BESIDE: readonly Labels[] = OUTCOMES.map((outcome) => ({
  ...outcome,
  anomaly: 'truncated',
  budget: 'gap',
  attemptKind: outcome.streaming === 'true' ? 'first' : 'retry',
  fallbackFromProvider: 'provider-0',
  fallbackFromModel: 'model-0',
  task: 'task',
  taskOutcome: 'success',
  taskDegraded: 'false',
  site: 'site',
  dimension: 'dimension',
  breaker: 'breaker',
  breakerState: 'open',
  rateLimitResource: 'tokens',
  vendor: 'vendor',
}));
const BOUNDS = [...DURATION_BUCKETS, '+Inf'].map(String);

/** The series that a rule records of them. */
export function recordedSeries({ record, labels }: Recorded, combinations: number): readonly Grown[] {
  const beside = labels.includes('le')
    ? BESIDE.slice(0, 1).flatMap((one) => BOUNDS.map((le): Labels => ({ ...one, le })))
    : BESIDE;
  const all = combinationsOf(combinations).flatMap((who) =>
    beside.map((other) => {
      const every: Labels = { ...other, ...who };
      return Object.fromEntries(labels.map((id) => [id, every[id] ?? '']));
    }),
  );
  const distinct = new Map(all.map((one) => [JSON.stringify(one), one]));
  return [...distinct.values()].map((one) => ({ name: record, labels: one, pace: 0 }));
}

/** The series that arrive of them, one process for each combination. */
export const arrivingSeries = (combinations: number): readonly Grown[] =>
  combinationsOf(combinations).flatMap((who, index) => {
    const call: Labels = { ...who, instance: `process-${index}` };
    const { useCase: _, ...conventions } = call;
    const series = (name: string, labels: Labels, pace: number): Grown => ({ name, labels, pace });
    const calls = prometheusName(METRICS.calls);
    const firstChunk = prometheusName(METRICS.inferenceTimeToFirstChunk);
    return [
      ...OUTCOMES.map((outcome, place) => series(calls, { ...call, ...outcome }, place < 2 ? 40 : 1)),
      // Started at 0, and never come to pass.
      ...ATTRIBUTES.reason.values.map((reason) =>
        series(calls, { ...call, ...USABLE, verdict: 'unusable', fault: 'network', reason, streaming: 'true' }, 0),
      ),
      ...ATTRIBUTES.anomaly.values.map((anomaly) =>
        series(prometheusName(METRICS.outputAnomalies), { ...call, anomaly }, anomaly === 'truncated' ? 1 : 0),
      ),
      ...ATTRIBUTES.budget.values.map((budget) =>
        series(prometheusName(METRICS.budgetBreaches), { ...call, budget }, budget === 'gap' ? 1 : 0),
      ),
      ...['first', 'retry'].map((attemptKind) =>
        series(
          `${prometheusName(METRICS.attemptDuration)}_count`,
          { ...call, attemptKind, serverAddress: 'api.example.com' },
          40,
        ),
      ),
      series(`${prometheusName(METRICS.retryDelay)}_sum`, call, 1),
      series(prometheusName(METRICS.fallbacks), { ...call, verdict: 'usable' }, 1),
      series(prometheusName(METRICS.rateLimitRemainingRatio), { ...call, rateLimitResource: 'tokens' }, 0),
      ...BOUNDS.map((le, place) => series(`${firstChunk}_bucket`, { ...conventions, le }, 5 * place)),
      series(`${firstChunk}_count`, conventions, 80),
      ...['inferenceDuration', 'inputTokensPerOperation', 'outputTokensPerOperation'].map((id) =>
        series(`${prometheusName(METRICS[id as keyof typeof METRICS])}_sum`, conventions, 90),
      ),
      ...['inputTokensPerOperation', 'outputTokensPerOperation'].map((id) =>
        series(`${prometheusName(METRICS[id as keyof typeof METRICS])}_count`, conventions, 40),
      ),
      series(prometheusName(METRICS.inputTokens), conventions, 900),
      series(prometheusName(METRICS.cacheReadInputTokens), conventions, 90),
    ];
  });

/** As Prometheus' text format has it, a sample at each of these Unix seconds. */
export const asText = (series: readonly Grown[], at: readonly number[]): string =>
  series
    .map(({ name, labels, pace }) => {
      const told = Object.entries(labels).map(([id, value]) => `${labelName(id as LabelId)}=${JSON.stringify(value)}`);
      return at.map((seconds, place) => `${name}{${told.join(',')}} ${1 + pace * place} ${seconds}\n`).join('');
    })
    .join('');
