import type { Summary } from '../summary.ts';
import type { CallSpan } from '../telemetry/spans.ts';
import type { StackPrograms } from './get-programs.ts';
import type { ModelSight, Sight, ToldAlert } from './watch.ts';

/** What became of a brownout in Prometheus, Alertmanager and the trace store. All times are in seconds. */
export interface StackSummary {
  readonly timeUnit: 'seconds since the load began';
  /** How long the load took. */
  readonly seconds: number;
  /** All times of rules and routes were divided by this. */
  readonly factor: number;
  /** When the vendor began and stopped to misbehave, by the schedule that was played. */
  readonly onset: number | null;
  readonly end: number | null;
  /** The model with the smallest usable share while it lasted, and what it got then. */
  readonly model: ModelSight | null;
  /** Those that fired. */
  readonly alerts: readonly AlertReport[];
  /** Those that were pending and never fired, or not yet. */
  readonly pendingOnly: readonly AlertReport[];
  /** When the vendor's page first told of it, and how long after the onset; `null` where it did not. */
  readonly statusPage: { readonly firstPost: number | null; readonly lag: number | null };
  /** Calls as the metrics counted them, and those of them whose spans came out of the sampler. */
  readonly traces: Readonly<Record<'bad' | 'healthy', { readonly counted: number; readonly kept: number }>>;
  readonly programs: StackPrograms;
  readonly prometheus: string;
  readonly alertmanager: string;
}

interface AlertReport extends ToldAlert {
  /** Seconds from the onset. */
  readonly afterOnset: Readonly<Record<'pending' | 'firing' | 'ended', number | null>>;
}

export interface StackFacts {
  readonly factor: number;
  readonly seconds: number;
  readonly truth: Summary['truth'];
  readonly suspect: ModelSight | null;
  readonly firstPost: number | null;
  readonly traces: StackSummary['traces'];
  readonly sight: Sight;
  readonly programs: StackPrograms;
  readonly urls: { readonly prometheusUrl: string; readonly alertmanagerUrl: string };
}

export function summarize({
  factor,
  seconds,
  truth,
  suspect,
  firstPost,
  traces,
  sight,
  ...rest
}: StackFacts): StackSummary {
  const since = (time: number | null) => (time === null || truth.onset === null ? null : time - truth.onset);
  const reports = sight.alerts.map((alert) => ({
    ...alert,
    afterOnset: { pending: since(alert.pending), firing: since(alert.firing), ended: since(alert.ended) },
  }));
  return {
    timeUnit: 'seconds since the load began',
    seconds,
    factor,
    ...truth,
    model: suspect,
    alerts: reports.filter(({ firing }) => firing !== null),
    pendingOnly: reports.filter(({ firing }) => firing === null),
    statusPage: { firstPost, lag: since(firstPost) },
    traces,
    programs: rest.programs,
    prometheus: rest.urls.prometheusUrl,
    alertmanager: rest.urls.alertmanagerUrl,
  };
}

/** The model that was hit the hardest, or `null`. */
export function worstModel(sight: Sight | null): ModelSight | null {
  const known = (sight?.models ?? []).filter(({ usableShare }) => usableShare !== null);
  return known.toSorted((a, b) => (a.usableShare ?? 1) - (b.usableShare ?? 1))[0] ?? null;
}

/** @param counted calls by verdict */
export function tracesOf(
  counted: Readonly<Record<string, number>>,
  spans: readonly CallSpan[],
): StackSummary['traces'] {
  const isBad = (verdict: string) => verdict === 'unusable' || verdict === 'degraded';
  const kept = (bad: boolean) => spans.filter(({ verdict }) => isBad(verdict) === bad).length;
  const sum = (bad: boolean) =>
    Object.entries(counted).reduce((total, [verdict, count]) => total + (isBad(verdict) === bad ? count : 0), 0);
  return { bad: { counted: sum(true), kept: kept(true) }, healthy: { counted: sum(false), kept: kept(false) } };
}
