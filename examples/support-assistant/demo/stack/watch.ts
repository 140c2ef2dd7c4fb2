import { ATTRIBUTE, METRICS, prometheusLabel, prometheusName } from '@brownout/signals';
import { sharesOf, type Outcome, type Shares } from '../telemetry/outcome.ts';
import { labelsOf, spellsOf, type Spell } from './alert-history.ts';
import { askPrometheus, type Series } from './ask-prometheus.ts';
import type { Notification, Receivers } from './take-notifications.ts';

/** What Prometheus and Alertmanager know at a moment. Times are seconds since the load began. */
export interface Sight {
  readonly now: number;
  readonly alerts: readonly ToldAlert[];
  readonly models: readonly ModelSight[];
  /** What the vendors' pages say, as 0 (operational) to 4, by provider. */
  readonly pages: ReadonlyMap<string, number>;
}

export interface ToldAlert extends Spell {
  readonly notifications: readonly Notification[];
}

/** Of the last five minutes, in the time that the rules run in. */
export interface ModelSight extends Shares {
  readonly provider: string;
  readonly model: string;
}

export interface WatchOptions {
  readonly prometheusUrl: string;
  readonly receivers: Receivers;
  readonly factor: number;
  /** When the load began, in seconds since the Unix epoch. */
  readonly origin: number;
  readonly signal: AbortSignal;
}

const label = (id: keyof typeof ATTRIBUTE): string => prometheusLabel(ATTRIBUTE[id]);

const OUTCOME = ['verdict', 'reason', 'fault', 'transport'] as const;
const BY = ['providerName', 'requestModel', ...OUTCOME] as const;

/** Answers alone: embeddings answer nobody. */
const CALLS = `sum by (${BY.map(label).join(', ')}) (call:brownout_calls:rate5m{${label('operationName')}="chat"})`;
const PAGES = `max by (${label('providerName')}) (${prometheusName(METRICS.vendorStatus)})`;
/** Since the load began; a counter's first sample counts whole. */
const COUNTED = `sum by (${label('verdict')}) (${prometheusName(METRICS.calls)}{${label('operationName')}="chat"})`;

/** Asks for all of it at once. */
export async function look(options: WatchOptions): Promise<Sight> {
  const { prometheusUrl, origin, signal } = options;
  const ask = (query: string) => askPrometheus(prometheusUrl, query, signal);
  const [alerts, calls, pages] = await Promise.all([lookAtAlerts(options), ask(CALLS), ask(PAGES)]);
  return {
    now: Date.now() / 1000 - origin,
    alerts,
    models: modelsOf(calls),
    pages: new Map(pages.map((series) => [series.labels[label('providerName')] ?? '', valueOf(series)])),
  };
}

async function lookAtAlerts(options: WatchOptions): Promise<readonly ToldAlert[]> {
  const { prometheusUrl, receivers, factor, origin, signal } = options;
  const until = Date.now() / 1000;
  const series = await askPrometheus(prometheusUrl, `ALERTS[${Math.ceil(until - origin) + 1}s]`, signal);
  return spellsOf(series, 60 / factor, until).map((spell) => ({
    ...spell,
    pending: spell.pending - origin,
    firing: spell.firing === null ? null : spell.firing - origin,
    ended: spell.ended === null ? null : spell.ended - origin,
    notifications: receivers.of(labelsOf(spell)).map(({ receiver, told, toldResolved }) => ({
      receiver,
      told: told - origin,
      toldResolved: toldResolved === null ? null : toldResolved - origin,
    })),
  }));
}

/** When a provider's page first said that something is wrong, in seconds since the load began. */
export async function findFirstPost(provider: string, options: WatchOptions): Promise<number | null> {
  const { prometheusUrl, origin, signal } = options;
  const matcher = `{${label('providerName')}="${provider}"}`;
  const range = `[${Math.ceil(Date.now() / 1000 - origin) + 1}s]`;
  const series = await askPrometheus(prometheusUrl, prometheusName(METRICS.vendorStatus) + matcher + range, signal);
  const times = series.flatMap(({ points }) => points.filter(({ value }) => value > 0).map(({ at }) => at));
  return times.length === 0 ? null : Math.min(...times) - origin;
}

/** Calls for an answer by verdict, as the metrics have counted them. */
export async function countCalls({ prometheusUrl, signal }: WatchOptions): Promise<Readonly<Record<string, number>>> {
  const series = await askPrometheus(prometheusUrl, COUNTED, signal);
  return Object.fromEntries(series.map((one) => [one.labels[label('verdict')] ?? '', valueOf(one)]));
}

const valueOf = ({ points }: Series): number => points.at(-1)?.value ?? 0;

function modelsOf(calls: readonly Series[]): readonly ModelSight[] {
  const models = Map.groupBy(
    calls,
    ({ labels }) => `${labels[label('providerName')]} ${labels[label('requestModel')]}`,
  );
  return [...models.values()]
    .map((series) => {
      const labels = series[0]?.labels ?? {};
      const counted = series.map((one) => ({ ...outcomeOf(one.labels), count: valueOf(one) }));
      return {
        provider: labels[label('providerName')] ?? '',
        model: labels[label('requestModel')] ?? '',
        ...sharesOf(counted),
      };
    })
    .toSorted((a, b) => b.provider.localeCompare(a.provider));
}

const outcomeOf = (labels: Series['labels']): Outcome => {
  const [verdict = '', reason = '', fault = '', transport = ''] = OUTCOME.map((id) => labels[label(id)] ?? '');
  return { verdict, reason, fault, transport };
};
