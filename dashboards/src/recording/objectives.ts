import { call, dividedBy, type Expression, number, or, sumBy, times } from '../promql/expression.ts';
import type { Matchers } from '../promql/matchers.ts';
import { type Duration, type Recorded, recorded } from '../promql/series.ts';
import { type CallLabel, type Subset, SUBSETS } from './calls.ts';
import { NORMALISED } from './normalised.ts';
import {
  SECONDS_BETWEEN_EVALUATIONS,
  type LabelsOf,
  type Level,
  LEVELS,
  RATE_WINDOW,
  recordedOver,
  word,
} from './record.ts';

/** The windows of burn rates: each is recorded once, whatever looks at it. */
export const BURN_WINDOWS = [RATE_WINDOW, '30m', '1h', '2h', '6h', '1d', '3d'] as const satisfies readonly Duration[];
export type BurnWindow = (typeof BURN_WINDOWS)[number];

/** Those of them whose calls are counted: the long ones of the pairs. */
const LONG_WINDOWS = ['1h', '6h', '1d', '3d'] as const satisfies readonly BurnWindow[];
export type LongWindow = (typeof LONG_WINDOWS)[number];

/** What the windows of days are put together from: 72 samples of three days instead of 4,320, at most an hour late. */
const PIECE = '1h' satisfies LongWindow;
const IN_PIECES: readonly BurnWindow[] = ['1d', '3d'];

/** What an objective on usable responses counts, over every window that burn rates look at. */
export interface Objective<Name extends Level = Level> {
  readonly calls: Recorded<LabelsOf<Name>>;
  readonly missed: Recorded<LabelsOf<Name>>;
  /** Both in an hour. */
  readonly pieces: Readonly<Record<'calls' | 'missed', Recorded<LabelsOf<Name>>>>;
  /** Share of the calls that missed it. */
  readonly share: Readonly<Record<BurnWindow, Recorded<LabelsOf<Name>>>>;
  /** How many calls it is a share of. */
  readonly volume: Readonly<Record<LongWindow, Recorded<LabelsOf<Name>>>>;
}

/** In the order in which they build on each other. */
export const recordedFor = ({ calls, missed, pieces, share, volume }: Objective): readonly Recorded[] => [
  calls,
  missed,
  ...Object.values(pieces),
  ...Object.values(share),
  ...Object.values(volume).filter((series) => series !== pieces.calls),
];

function objective<Name extends Level>(level: Name, subset: Subset, bad: Matchers<CallLabel>): Objective<Name> {
  const labels = LEVELS[level] as readonly LabelsOf<Name>[];
  const series = (metric: string, operation: string, expression: Recorded['expression']): Recorded<LabelsOf<Name>> => ({
    record: `${level}:${word('calls')}_${metric}:${operation}`,
    labels,
    expression,
  });
  const rate = (where: Matchers<CallLabel>) => sumBy(labels, recorded(NORMALISED.calls, { where }));
  const calls = series(subset, `rate${RATE_WINDOW}`, rate(SUBSETS[subset]));
  const missed = series('missed', `rate${RATE_WINDOW}`, or(rate(bad), times(number(0), recorded(calls))));
  const sum = (of: Recorded<LabelsOf<Name>>, over: BurnWindow, every?: Duration) =>
    call('sum_over_time', recorded(of, { over: recordedOver(over), ...(every && { every }) }));
  const inPiece = (metric: string, of: Recorded<LabelsOf<Name>>) =>
    series(metric, `increase${PIECE}`, times(number(SECONDS_BETWEEN_EVALUATIONS), sum(of, PIECE)));
  const pieces = { calls: inPiece(subset, calls), missed: inPiece('missed', missed) };
  const each = { calls, missed };
  const inWindow = (which: keyof typeof each, window: BurnWindow): Expression => {
    if (window === RATE_WINDOW) return recorded(each[which]);
    if (window === PIECE) return recorded(pieces[which]);
    return IN_PIECES.includes(window) ? sum(pieces[which], window, PIECE) : sum(each[which], window);
  };
  return {
    calls,
    missed,
    pieces,
    share: forEach(BURN_WINDOWS, (window) =>
      series(
        `missed_per_${subset}`,
        `ratio_rate${window}`,
        dividedBy(inWindow('missed', window), inWindow('calls', window)),
      ),
    ),
    volume: forEach(LONG_WINDOWS, (window) => {
      if (window === PIECE) return pieces.calls;
      const count = inWindow('calls', window);
      return series(
        subset,
        `increase${window}`,
        IN_PIECES.includes(window) ? count : times(number(SECONDS_BETWEEN_EVALUATIONS), count),
      );
    }),
  };
}

const forEach = <Key extends string, Value>(
  keys: readonly Key[],
  make: (key: Key) => Value,
): Readonly<Record<Key, Value>> =>
  Object.fromEntries(keys.map((key) => [key, make(key)])) as Readonly<Record<Key, Value>>;

export const OBJECTIVES = {
  /** The brownout share: answered, and by the vendor's fault not usable. What was cancelled is nobody's fault. */
  provider_model: objective('provider_model', 'answered', { transport: 'up', fault: 'vendor' }),
  /** What a use case got, whoever of the vendor, its limits and the network was at fault. */
  use_case: objective('use_case', 'counted', { fault: { anyOf: ['vendor', 'capacity', 'network'] } }),
} as const satisfies { readonly [Name in Level]?: Objective<Name> };
