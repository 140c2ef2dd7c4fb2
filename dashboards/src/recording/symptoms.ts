import type { AttributeValue, MetricId } from '@brownout/signals';
import { maxBy, sumBy } from '../promql/expression.ts';
import type { LabelId } from '../promql/labels.ts';
import type { Matchers } from '../promql/matchers.ts';
import { type Recorded, recorded } from '../promql/series.ts';
import { CALLS } from './calls.ts';
import { NORMALISED } from './normalised.ts';
import { countOver, LEVELS, RATE_WINDOW, shareOf, SYMPTOM_WINDOW, word } from './record.ts';

const MODEL = LEVELS.provider_model;
type ModelLabel = (typeof MODEL)[number];

/** Calls that did not get a 2xx status line, by the vendor's fault or the network's. */
const DOWN = { transport: 'down', fault: { anyOf: ['vendor', 'network'] } } as const;

/** Shares of a model's calls in which something went wrong, each named for what it is a share of. */
export const SYMPTOMS = {
  vendorFault: calls('vendor_fault', { fault: 'vendor' }, 'counted'),
  rateLimited: calls('rate_limited', { reason: 'rate_limited' }, 'counted'),
  rejected: calls('auth', { reason: 'auth' }, 'made'),
  cut: calls('stream_cut', { reason: 'stream_cut', streaming: 'true' }, 'streamed'),
  late: breaches('first_chunk'),
  silent: breaches('gap'),
  empty: anomalies('empty_output'),
  truncated: anomalies('truncated'),
  malformed: anomalies('malformed_output', 'schema_violation', 'invalid_tool_arguments'),
  repeating: anomalies('repetition'),
  blocked: anomalies('blocked'),
  garbled: anomalies('garbled', 'language_switch'),
  substituted: anomalies('model_substituted'),
  /** Over the shorter window: an outage must not wait. */
  down: {
    record: `provider:${word('calls')}_down_per_calls_counted:ratio_rate${RATE_WINDOW}`,
    labels: LEVELS.provider,
    expression: shareOf(
      sumBy(LEVELS.provider, recorded(NORMALISED.calls, { where: DOWN })),
      recorded(CALLS.countedRateByProvider),
    ),
  },
} as const satisfies Readonly<Record<string, Recorded>>;

/** The same share for each kind of requests, to compare them. */
export const KINDS = {
  byStreaming: vendorFaultBy('provider_model_streaming', CALLS.countedByStreaming),
  byOperation: vendorFaultBy('provider_operation', CALLS.countedByOperation),
} as const satisfies Readonly<Record<string, Recorded>>;

function vendorFaultBy<Label extends LabelId>(level: string, total: Recorded<Label>): Recorded<Label> {
  return {
    record: `${level}:${word('calls')}_vendor_fault_per_calls_counted:ratio_increase${SYMPTOM_WINDOW}`,
    labels: total.labels,
    expression: shareOf(
      countOver(total.labels, NORMALISED.calls, SYMPTOM_WINDOW, { fault: 'vendor' }),
      recorded(total),
    ),
  };
}

function calls(
  name: string,
  where: Matchers<(typeof NORMALISED.calls.labels)[number]>,
  of: 'made' | 'counted' | 'streamed',
): Recorded<ModelLabel> {
  return share('calls', name, countOver(MODEL, NORMALISED.calls, SYMPTOM_WINDOW, where), of);
}

function breaches(budget: AttributeValue<'brownout.budget'>): Recorded<ModelLabel> {
  return share('budgetBreaches', budget, countOver(MODEL, NORMALISED.breaches, SYMPTOM_WINDOW, { budget }), 'streamed');
}

/** Of several anomalies the most frequent one: a call may have more than one of them. */
function anomalies(...names: readonly AttributeValue<'brownout.anomaly'>[]): Recorded<ModelLabel> {
  const [first = 'truncated'] = names;
  const part =
    names.length === 1
      ? countOver(MODEL, NORMALISED.anomalies, SYMPTOM_WINDOW, { anomaly: first })
      : maxBy(
          MODEL,
          countOver([...MODEL, 'anomaly'], NORMALISED.anomalies, SYMPTOM_WINDOW, { anomaly: { anyOf: names } }),
        );
  return share('outputAnomalies', first, part, 'answered');
}

function share(
  metric: MetricId,
  name: string,
  part: ReturnType<typeof countOver>,
  of: 'made' | 'counted' | 'answered' | 'streamed',
): Recorded<ModelLabel> {
  return {
    record: `provider_model:${word(metric)}_${name}_per_calls_${of}:ratio_increase${SYMPTOM_WINDOW}`,
    labels: MODEL,
    expression: shareOf(part, recorded(CALLS[of])),
  };
}
