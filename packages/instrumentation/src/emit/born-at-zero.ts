import { VERDICTS } from '@brownout/core';
import type { Outcome, Reason } from '@brownout/core';
import { ATTRIBUTE, ATTRIBUTES } from '@brownout/signals';
import type { CommonDimensions } from './dimensions.ts';
import type { RecordMetric } from './instruments.ts';

/**
 * A counter series that is born with its first bad event loses that event to `rate()` and `increase()`. So the first
 * sight of a provider, model, operation and use case starts the series that rules depend on at 0.
 */
export function createSeriesStarter(record: RecordMetric): (common: CommonDimensions, streaming: boolean) => void {
  const started = { true: new Set<CommonDimensions>(), false: new Set<CommonDimensions>() };
  return (common, streaming) => {
    const seen = started[`${streaming}`];
    if (seen.has(common) || seen.size >= MOST_COMBINATIONS) return;
    seen.add(common);
    const startCalls = (reason: Reason, transport: Outcome['transport']): void => {
      const { verdict, fault } = VERDICTS[reason];
      record('calls', 0, {
        ...common,
        [ATTRIBUTE.verdict]: verdict,
        [ATTRIBUTE.reason]: reason,
        [ATTRIBUTE.fault]: fault,
        [ATTRIBUTE.transport]: transport,
        [ATTRIBUTE.streaming]: streaming,
      });
    };
    for (const reason of Object.keys(VERDICTS) as Reason[]) startCalls(reason, USUAL_TRANSPORT[reason] ?? 'up');
    for (const reason of IN_BAND) startCalls(reason, 'up');
    for (const reason of RETRIED) record('retries', 0, { ...common, [ATTRIBUTE.reason]: reason });
    for (const anomaly of ATTRIBUTES.anomaly.values)
      record('outputAnomalies', 0, { ...common, [ATTRIBUTE.anomaly]: anomaly });
    for (const budget of ATTRIBUTES.budget.values)
      record('budgetBreaches', 0, { ...common, [ATTRIBUTE.budget]: budget });
  };
}

/**
 * OpenTelemetry's SDK folds what exceeds 2,000 series of a metric into one. A combination starts 27 series of
 * `brownout.calls`, so this many, streamed and not, leave nearly half of the room to the calls themselves.
 */
const MOST_COMBINATIONS = 20;

/** A reason comes with one transport as a rule; with the other one, unless it is `IN_BAND`, its series is born with its event. */
const USUAL_TRANSPORT: Partial<Record<Reason, Outcome['transport']>> = {
  timeout: 'down',
  overloaded: 'down',
  server_error: 'down',
  rate_limited: 'down',
  quota_exhausted: 'down',
  auth: 'down',
  bad_request: 'down',
  connection: 'down',
};

/** What vendors also say inside a response that began with 200. */
const IN_BAND = ['overloaded', 'server_error', 'rate_limited'] as const satisfies Reason[];

const RETRIED = ['rate_limited', 'overloaded', 'server_error', 'timeout', 'connection'] as const satisfies Reason[];
