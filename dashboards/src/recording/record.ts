import { METRICS, type MetricId, prometheusName } from '@brownout/signals';
import { call as fn, dividedBy, type Expression, number, or, sumBy, times } from '../promql/expression.ts';
import type { LabelId } from '../promql/labels.ts';
import type { Matchers } from '../promql/matchers.ts';
import { type Duration, type Recorded, recorded } from '../promql/series.ts';

/** How often every rule is evaluated. Sums over recorded rates count on it, so it is no setting. */
export const EVALUATED_EVERY = '1m';
export const SECONDS_BETWEEN_EVALUATIONS = 60;

/** How often alerts that wait for nothing look at what was recorded, so as not to be another minute behind it. */
export const PROMPT_ALERTS_EVALUATED_EVERY = '30s';

/** The window of the rates that everything else is made of: four scrapes a minute apart, and one that may be late. */
export const RATE_WINDOW = '5m';
export const RATE_SECONDS = 300;

/** The window of symptoms: long enough for some twenty calls of a small service, short enough to act upon. */
export const SYMPTOM_WINDOW = '15m';

/** The window of what calls take of tokens: it differs more from call to call than whether they work. */
export const TOKEN_WINDOW = '1h';

/** What a recorded series is told apart by. Never a process: a vendor's trouble is not one process's. */
export const LEVELS = {
  provider: ['providerName'],
  provider_model: ['providerName', 'requestModel'],
  provider_service: ['providerName', 'job'],
  use_case: ['useCase'],
  task: ['task'],
  call: ['providerName', 'requestModel', 'operationName', 'useCase'],
} as const satisfies Readonly<Record<string, readonly LabelId[]>>;

export type Level = keyof typeof LEVELS;
export type LabelsOf<Name extends Level> = (typeof LEVELS)[Name][number];

/**
 * A window over what was recorded: a second shorter than its name. Prometheus 2 takes both ends of a window, so it would
 * find one sample more than Prometheus 3 does where the two rules are evaluated at the same moment.
 */
export function recordedOver(window: Duration): Duration {
  const seconds = Number.parseInt(window) * SECONDS[window.at(-1) as keyof typeof SECONDS] - 1;
  let rest = seconds;
  return Object.entries(SECONDS)
    .map(([unit, size]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return count === 0 ? '' : `${count}${unit}`;
    })
    .join('') as Duration;
}

const SECONDS = { d: 86_400, h: 3600, m: 60, s: 1 } as const;

/** A metric's name within the name of a recorded series: without `_total`, since a rate is none. */
export const word = (id: MetricId): string => prometheusName(METRICS[id]).replace(/_total$/, '');

/**
 * How many there were in a window, from a recorded rate per second. Where a rate is absent nothing happened, so a series
 * that was born within the window counts only for as long as it has lived.
 */
export const countOver = <Label extends LabelId>(
  by: readonly LabelId[],
  rates: Recorded<Label>,
  over: Duration,
  where: Matchers<Label> = {},
): Expression => {
  const counted = fn('sum_over_time', recorded(rates, { over: recordedOver(over), where }));
  // What is told apart by nothing else has nothing to add up.
  const isApart = rates.labels.every((label) => by.includes(label));
  return times(number(SECONDS_BETWEEN_EVALUATIONS), isApart ? counted : sumBy(by, counted));
};

/** A share: 0, not absent, where there is none of the part; absent, not NaN, where there is nothing to take a part of. */
export const shareOf = (part: Expression, total: Expression): Expression =>
  dividedBy(or(part, times(number(0), total)), total);
