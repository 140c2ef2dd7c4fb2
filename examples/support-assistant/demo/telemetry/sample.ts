import { readAttributes, type Attributes, type OtlpMetric } from './otlp.ts';

/** One export of all counters and histograms, as a scrape would have seen them. */
export interface Sample {
  /** Seconds since the load began. */
  readonly at: number;
  readonly series: ReadonlyMap<string, Series>;
}

export interface Series {
  readonly metric: string;
  readonly attributes: Attributes;
  readonly count: number;
  /** Of a histogram: how many values fell into each bucket, and the upper bound of each (the last has none). */
  readonly buckets: readonly number[];
  readonly bounds: readonly number[];
}

export function readSample(at: number, metrics: readonly OtlpMetric[]): Sample {
  const series = metrics.flatMap(({ name, sum, histogram }): Series[] => [
    ...(sum?.dataPoints ?? []).map((point) => ({
      metric: name,
      attributes: readAttributes(point.attributes),
      count: Number(point.asInt ?? point.asDouble ?? 0),
      buckets: [],
      bounds: [],
    })),
    ...(histogram?.dataPoints ?? []).map((point) => ({
      metric: name,
      attributes: readAttributes(point.attributes),
      count: Number(point.count),
      buckets: point.bucketCounts.map(Number),
      bounds: point.explicitBounds,
    })),
  ]);
  return { at, series: new Map(series.map((one) => [`${one.metric} ${JSON.stringify(one.attributes)}`, one])) };
}

/** What was counted between two samples, like PromQL's `increase()`; without an earlier one, everything. */
export function increase(earlier: Sample | undefined, later: Sample | undefined): readonly Series[] {
  return [...(later?.series ?? [])].flatMap(([key, now]) => {
    const before = earlier?.series.get(key);
    const count = now.count - (before?.count ?? 0);
    if (count <= 0) return [];
    return [{ ...now, count, buckets: now.buckets.map((value, index) => value - (before?.buckets[index] ?? 0)) }];
  });
}

/** The newest sample at or before a time. */
export function sampleAt(samples: readonly Sample[], at: number): Sample | undefined {
  return samples.findLast((sample) => sample.at <= at);
}

/** A quantile by linear interpolation inside its bucket, like PromQL's `histogram_quantile()`; `null` without values. */
export function quantile(share: number, histograms: readonly Series[]): number | null {
  const bounds = histograms[0]?.bounds ?? [];
  const buckets = Array.from({ length: bounds.length + 1 }, (_, index) =>
    histograms.reduce((sum, { buckets: counts }) => sum + (counts[index] ?? 0), 0),
  );
  const total = buckets.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let below = 0;
  for (const [index, count] of buckets.entries()) {
    if (below + count >= share * total) {
      const lower = bounds[index - 1] ?? 0;
      const upper = bounds[index] ?? lower;
      return lower + ((upper - lower) * (share * total - below)) / count;
    }
    below += count;
  }
  return null;
}
