import type { MetricId } from '@brownout/signals';
import type { AlertName } from '../../src/alerts/alerts.ts';
import type { LabelId } from '../../src/promql/labels.ts';
import type { Part } from '../../src/promql/series.ts';

/**
 * What one alert is tested with: series that are healthy for a while, bad for a while and healthy again, and when that
 * has to be told. Every case of the tests is made from it (see `promtool-test.ts`).
 */
export interface Scenario {
  readonly alert: AlertName;
  /** Labels that tell the rules of one alert apart, where it has several. */
  readonly rule?: Readonly<Record<string, string>>;
  readonly series: readonly Series[];
  /** Minutes of each phase. */
  readonly phases: Phases;
  /** The minute at which it fires; two minutes before, it is still pending. */
  readonly fires: number;
  /** A minute of steady trouble, at which labels and annotations are looked at. */
  readonly steady: number;
  /** The first minute at which it does not fire any more. */
  readonly over: number;
  /** By how many minutes Prometheus 2 and 3 differ in that, where it is not two. */
  readonly within?: number;
  /** What is left of all traffic where there is too little to say anything; as bad as otherwise. */
  readonly lowTraffic: number | { readonly notApplicable: string };
  /** The label by which a second subject, healthy all along, is told from the first one. */
  readonly bystander: LabelId;
  /** Exactly what fires at the steady minute. */
  readonly expected: readonly ExpectedAlert[];
  /** More that has to stay silent, with why. */
  readonly silent?: readonly Other[];
  /** More that has to fire, with what it is, at a minute. */
  readonly told?: readonly (Other & { readonly at: number })[];
}

interface Other {
  readonly why: string;
  readonly series: readonly Series[];
  /** Where they are not the scenario's. */
  readonly phases?: Phases;
}

export interface Phases {
  readonly healthy: number;
  readonly bad: number;
  readonly after: number;
}

/** A series of a metric of the registry, or one that was recorded before the test begins. */
export type Series = ({ readonly metric: MetricId; readonly part?: Part } | { readonly record: string }) & {
  readonly labels: Readonly<Partial<Record<LabelId, string>>>;
  readonly values: Values;
};

/** In each of the phases, and where it is bad but just not bad enough. */
export type Values =
  /** By how much a counter grows in a minute. */
  | {
      readonly kind: 'counter';
      readonly healthy: number;
      readonly bad: number;
      readonly below: number;
      /** Where it does not become healthy again, but something in between. */
      readonly after?: number;
    }
  | { readonly kind: 'gauge'; readonly healthy: number; readonly bad: number; readonly below: number }
  /** A gauge that goes from one value to another while it is bad, in a straight line. */
  | { readonly kind: 'ramp'; readonly healthy: number; readonly bad: number; readonly below: number }
  /** A counter whose series is gone while it is bad, and stands still instead where that is not enough. */
  | { readonly kind: 'gone'; readonly perMinute: number }
  /** There only while it is bad. */
  | { readonly kind: 'late'; readonly value: number }
  /** One value at the very beginning, where it was healthy, and where that is just not bad enough. */
  | { readonly kind: 'once'; readonly bad: number; readonly healthy: number }
  /** The samples themselves, as promtool writes them, in every case. */
  | { readonly kind: 'samples'; readonly text: string }
  /** A gauge that holds the time; while it is bad it is stuck, or set every so many minutes where that is not enough. */
  | { readonly kind: 'clock'; readonly bad: 'runs' | 'stuck' | 'gone'; readonly below: number; readonly lag?: number };

export interface ExpectedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export const counter = (healthy: number, bad = healthy, below = bad, after = healthy): Values => ({
  kind: 'counter',
  healthy,
  bad,
  below,
  after,
});
export const gauge = (healthy: number, bad = healthy, below = bad): Values => ({ kind: 'gauge', healthy, bad, below });
/** So many seconds late. */
export const clock = (lag: number): Values => ({ kind: 'clock', bad: 'runs', below: 1, lag });
export const samples = (text: string): Values => ({ kind: 'samples', text });

/** 1 for a minute of every nine, else 0. */
export const nowAndThen = (minutes: number): Values =>
  samples(Array.from({ length: minutes }, (_, minute) => (minute % 9 === 0 ? 1 : 0)).join(' '));

/** Whether it goes on for so long that it takes promtool seconds. */
export const hasLongPhases = ({ phases }: Scenario): boolean => lengthOf(phases) > 350;

/** Minutes. */
export const lengthOf = ({ healthy, bad, after }: Phases): number => healthy + bad + after;

export const nameOf = ({ alert, rule = {} }: Scenario): string => [alert, ...Object.values(rule)].join(' ');
