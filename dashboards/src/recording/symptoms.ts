import type { AttributeValue, MetricId } from '@brownout/signals';
import { type Expression, maxBy, sumBy } from '../promql/expression.ts';
import type { LabelId } from '../promql/labels.ts';
import type { Matchers } from '../promql/matchers.ts';
import { type Recorded, recorded } from '../promql/series.ts';
import { CALLS, SUBSETS } from './calls.ts';
import { NORMALISED } from './normalised.ts';
import { countOver, LEVELS, RATE_WINDOW, shareOf, SYMPTOM_WINDOW, word } from './record.ts';

const MODEL = LEVELS.provider_model;
type ModelLabel = (typeof MODEL)[number];

/** Calls that did not get a 2xx status line, by the vendor's fault or the network's. */
const DOWN = { transport: 'down', fault: { anyOf: ['vendor', 'network'] } } as const;

/** Calls that the provider answered with an error of its own, or never. */
const FAILED = { reason: { anyOf: ['server_error', 'overloaded', 'timeout', 'connection'] } } as const;

/** A share over the symptoms' window, and what it is made of over the shorter one: a sudden trouble must not wait. */
export interface Symptom extends Recorded<ModelLabel> {
  /** Rates a second. */
  readonly lately: { readonly bad: Expression; readonly of: Expression };
}

/** Shares of a model's calls in which something went wrong, each named for what it is a share of. */
export const SYMPTOMS = {
  vendorFault: calls('vendor_fault', { fault: 'vendor' }, 'counted'),
  rateLimited: calls('rate_limited', { reason: 'rate_limited' }, 'counted'),
  rejected: calls('auth', { reason: 'auth' }, 'made'),
  badRequests: calls('bad_request', { reason: 'bad_request' }, 'made'),
  failed: calls('failed', FAILED, 'counted'),
  cut: calls('stream_cut', { reason: 'stream_cut' }, 'answered'),
  foreign: calls('malformed_response', { reason: 'malformed_response' }, 'answered'),
  late: breaches('first_chunk', 'streamed'),
  silent: breaches('gap', 'streamed'),
  overdue: breaches('total', 'counted'),
  empty: anomalies('empty_output'),
  truncated: anomalies('truncated'),
  malformed: anomalies('malformed_output', 'schema_violation', 'invalid_tool_arguments'),
  repeating: anomalies('repetition'),
  blocked: anomalies('blocked'),
  garbled: anomalies('garbled', 'language_switch'),
  substituted: anomalies('model_substituted'),
  outlying: anomalies('length_outlier'),
  miscounted: anomalies('usage_implausible'),
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

/** How a part of the calls is counted: over one of the windows. */
type Count = typeof inWindow | typeof lately;

function inWindow<Label extends LabelId>(
  by: readonly LabelId[],
  rates: Recorded<Label>,
  where: Matchers<Label>,
): Expression {
  return countOver(by, rates, SYMPTOM_WINDOW, where);
}

function lately<Label extends LabelId>(
  by: readonly LabelId[],
  rates: Recorded<Label>,
  where: Matchers<Label>,
): Expression {
  return sumBy(by, recorded(rates, { where }));
}

function calls(
  name: string,
  where: Matchers<(typeof NORMALISED.calls.labels)[number]>,
  of: 'made' | 'counted' | 'answered',
): Symptom {
  return share('calls', name, (count) => count(MODEL, NORMALISED.calls, where), of);
}

function breaches(budget: AttributeValue<'brownout.budget'>, of: 'streamed' | 'counted'): Symptom {
  return share('budgetBreaches', budget, (count) => count(MODEL, NORMALISED.breaches, { budget }), of);
}

/** Of several anomalies the most frequent one: a call may have more than one of them. */
function anomalies(...names: readonly AttributeValue<'brownout.anomaly'>[]): Symptom {
  const [first = 'truncated'] = names;
  const part = (count: Count): Expression =>
    names.length === 1
      ? count(MODEL, NORMALISED.anomalies, { anomaly: first })
      : maxBy(MODEL, count([...MODEL, 'anomaly'], NORMALISED.anomalies, { anomaly: { anyOf: names } }));
  return share('outputAnomalies', first, part, 'answered');
}

function share(
  metric: MetricId,
  name: string,
  part: (count: Count) => Expression,
  of: 'made' | 'counted' | 'answered' | 'streamed',
): Symptom {
  return {
    record: `provider_model:${word(metric)}_${name}_per_calls_${of}:ratio_increase${SYMPTOM_WINDOW}`,
    labels: MODEL,
    expression: shareOf(part(inWindow), recorded(CALLS[of])),
    lately: { bad: part(lately), of: lately(MODEL, NORMALISED.calls, SUBSETS[of]) },
  };
}
