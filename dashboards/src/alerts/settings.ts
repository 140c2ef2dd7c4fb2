import type { Duration } from '../promql/series.ts';
import type { Severity } from './categories.ts';

/** One number that a user may set, with what it has to be. */
export type Setting =
  /** A share of something, between 0 and 1. */
  | { readonly kind: 'share'; readonly default: number; readonly meaning: string }
  /** What share of calls has to be good; below `least` a burn rate would ask for more calls than there are. */
  | { readonly kind: 'objective'; readonly default: number; readonly meaning: string; readonly least: number }
  /** How many times something, more than 1. */
  | { readonly kind: 'factor'; readonly default: number; readonly meaning: string }
  /** How many of something, a whole number from 1. */
  | { readonly kind: 'count'; readonly default: number; readonly meaning: string }
  /** Seconds, more than 0. */
  | { readonly kind: 'seconds'; readonly default: number; readonly meaning: string };

export type Settings = Readonly<Record<string, Setting>>;

/** The numbers that an alert's rules are made with. */
export type Chosen<Own extends Settings = Settings> = { readonly [Key in keyof Own]: number };

/** What the configuration may say of every alert; where it says nothing, the alert's own table does. */
export interface CommonChosen {
  readonly enabled: boolean;
  readonly severity?: Severity | undefined;
  readonly for?: Duration | undefined;
  readonly keep_firing_for?: Duration | undefined;
}

/** The floor of calls under which a share says nothing: three bad calls of four are no brownout. */
export const atLeastCalls = (count: number, of = 'calls') =>
  ({ kind: 'count', default: count, meaning: `fewest ${of} in a quarter of an hour that say something` }) as const;
