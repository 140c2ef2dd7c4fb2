import type { Declaration, Evidence, Hurt, Readings } from './evidence.ts';
import { type DeclaredSample, findDeclared } from './declared-spells.ts';
import { addUp, type CountSample, findHurts, type HurtRule, type Increase, increasesOf } from './find-hurts.ts';
import { LagError, type Prometheus, type PrometheusSeries, queryRange, type TimeRange } from './prometheus.ts';
import { LABEL, NAME, QUERIES } from './queries.ts';

export interface PrometheusEvidence extends Evidence {
  /** What is missing and what that means, for people. */
  readonly warnings: readonly string[];
}

/** Reads both sides from a Prometheus. Throws `LagError` where it cannot be asked, or has neither side. */
export async function readPrometheus(
  prometheus: Prometheus,
  range: TimeRange,
  rule: HurtRule,
): Promise<PrometheusEvidence> {
  const ask = (query: string) => queryRange(prometheus, query, range);
  // The first by itself: where nobody answers, one message is enough.
  const calls = await ask(QUERIES.calls);
  const [hurtCalls, incidents, status, lastSuccess] = await Promise.all([
    ask(QUERIES.hurtCalls),
    ask(QUERIES.incidents),
    ask(QUERIES.status),
    ask(QUERIES.lastSuccess),
  ]);
  const warnings = [
    ...(calls.length > 0 ? [] : [`there is no ${NAME.calls}: no application with the instrumentation was seen`]),
    ...(lastSuccess.length > 0 ? [] : [`there is no ${NAME.lastSuccess}: no status page was read`]),
  ];
  if (warnings.length === 2) {
    const from = new Date(range.from * 1000).toISOString();
    const to = new Date(range.to * 1000).toISOString();
    throw new LagError(`${prometheus.url} has nothing from ${from} to ${to}: ${warnings.join('; ')}`);
  }
  const counted = countModels(calls, hurtCalls);
  const readings = readingsOf([...incidents, ...status], lastSuccess);
  return {
    from: range.from,
    to: range.to,
    hurts: counted.flatMap(({ provider, model, increases }) =>
      findHurts(increases, rule, range.to).map((spell): Hurt => ({ provider, model, ...spell })),
    ),
    declarations: readings.flatMap(({ vendor, providers }) =>
      providers.flatMap((provider) => declarationsOf(vendor, provider, { incidents, status, lastSuccess }, counted)),
    ),
    readings,
    warnings,
  };
}

interface CountedModel {
  readonly provider: string;
  readonly model: string;
  readonly increases: readonly Increase[];
}

function countModels(calls: readonly PrometheusSeries[], hurtCalls: readonly PrometheusSeries[]): CountedModel[] {
  const identityOf = ({ labels }: PrometheusSeries) =>
    JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const hurtBy = new Map(hurtCalls.map((series) => [identityOf(series), series]));
  const models = Map.groupBy(calls, ({ labels }) => JSON.stringify([labels[LABEL.provider], labels[LABEL.model]]));
  return [...models.values()].map((processes) => ({
    provider: processes[0]?.labels[LABEL.provider] ?? '',
    model: processes[0]?.labels[LABEL.model] ?? '',
    increases: addUp(processes.map((series) => increasesOf(samplesOf(series, hurtBy.get(identityOf(series)))))),
  }));
}

/** A process that counts calls, and none that was spoiled yet, has spoiled none. */
function samplesOf(calls: PrometheusSeries, hurtCalls: PrometheusSeries | undefined): readonly CountSample[] {
  const hurtAt = new Map(hurtCalls?.points.map(({ at, value }) => [at, value]));
  return calls.points.map(({ at, value }) => ({ at, calls: value, hurtCalls: hurtAt.get(at) ?? 0 }));
}

/** The value of the gauge is the time of the reading. */
function readingsOf(told: readonly PrometheusSeries[], lastSuccess: readonly PrometheusSeries[]): readonly Readings[] {
  return lastSuccess.map(({ labels, points }) => {
    const vendor = labels[LABEL.vendor] ?? '';
    const own = told.filter((series) => series.labels[LABEL.vendor] === vendor);
    return {
      vendor,
      providers: [...new Set(own.map((series) => series.labels[LABEL.provider] ?? ''))],
      times: [...new Set(points.map(({ value }) => value))],
    };
  });
}

type VendorSeries = Readonly<Record<'incidents' | 'status' | 'lastSuccess', readonly PrometheusSeries[]>>;

function declarationsOf(
  vendor: string,
  provider: string,
  { incidents, status, lastSuccess }: VendorSeries,
  counted: readonly CountedModel[],
): readonly Declaration[] {
  const about = ({ labels }: PrometheusSeries) =>
    labels[LABEL.vendor] === vendor && labels[LABEL.provider] === provider;
  const readAt = new Map(
    lastSuccess.find(({ labels }) => labels[LABEL.vendor] === vendor)?.points.map(({ at, value }) => [at, value]),
  );
  const byTime = new Map<number, DeclaredSample>();
  for (const { at, value } of [...incidents, ...status].filter(about).flatMap(({ points }) => points)) {
    const isDeclared = value > 0 || byTime.get(at)?.isDeclared === true;
    byTime.set(at, { at, isDeclared, readAt: readAt.get(at) ?? at });
  }
  const samples = [...byTime.values()].toSorted((a, b) => a.at - b.at);
  return findDeclared(samples).map(({ firstPost, end }) => ({
    vendor,
    providers: [provider],
    models: 'unclear',
    id: null,
    name: null,
    url: null,
    firstPost,
    claimedStart: null,
    end,
    callsMeanwhile: counted
      .filter((model) => model.provider === provider)
      .flatMap(({ increases }) => increases)
      .filter(({ at }) => at >= firstPost.at && at <= (end ?? Infinity))
      .reduce((sum, { calls }) => sum + calls, 0),
  }));
}
