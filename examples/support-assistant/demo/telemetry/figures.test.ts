import { describe, expect, it } from 'vitest';
import { answeringModels, modelFigures, serviceFigures } from './figures.ts';
import type { OtlpMetric } from './otlp.ts';
import { increase, quantile, readSample, sampleAt } from './sample.ts';

type Values = Readonly<Record<string, string>>;

const attributes = (values: Values) =>
  Object.entries(values).map(([key, stringValue]) => ({ key, value: { stringValue } }));

const counter = (name: string, ...points: readonly (readonly [Values, number])[]): OtlpMetric => ({
  name,
  sum: { dataPoints: points.map(([values, asInt]) => ({ attributes: attributes(values), asInt })) },
});

const outcome = (verdict: string, reason: string, fault: string, transport: string, model = 'gpt-5-mini'): Values => ({
  'gen_ai.request.model': model,
  'gen_ai.operation.name': 'chat',
  'brownout.verdict': verdict,
  'brownout.reason': reason,
  'brownout.fault': fault,
  'brownout.transport': transport,
});

const CALLS = counter(
  'brownout.calls',
  [outcome('usable', 'ok', 'none', 'up'), 10],
  [outcome('degraded', 'slow_first_chunk', 'vendor', 'up'), 4],
  [outcome('unusable', 'stalled', 'vendor', 'up'), 5],
  [outcome('unusable', 'overloaded', 'vendor', 'down'), 1],
  [outcome('unusable', 'auth', 'caller', 'down'), 7],
  [outcome('cancelled', 'cancelled', 'none', 'up'), 3],
  [outcome('usable', 'ok', 'none', 'up', 'claude-haiku-5-5'), 6],
);

describe('modelFigures', () => {
  const series = increase(undefined, readSample(1, [CALLS]));

  it('leaves cancelled calls and caller faults out of every share', () => {
    expect(modelFigures(series, ['gpt-5-mini'])).toMatchObject({
      transportUpShare: 19 / 20,
      usableShare: 10 / 20,
      degradedShare: 4 / 20,
      unusableShare: 6 / 20,
      brownoutShare: 9 / 19,
    });
  });

  it('adds models up where several are asked for', () => {
    expect(modelFigures(series, answeringModels(series))).toMatchObject({ calls: 36, usableShare: 16 / 26 });
  });

  it('counts the reasons but ok, most frequent first', () => {
    const { reasons } = modelFigures(series, ['gpt-5-mini']);
    expect(Object.entries(reasons)).toEqual([
      ['auth', 7],
      ['stalled', 5],
      ['slow_first_chunk', 4],
      ['cancelled', 3],
      ['overloaded', 1],
    ]);
  });

  it('counts a fallback for the model that was left', () => {
    const values = { 'gen_ai.request.model': 'claude-haiku-5-5', 'brownout.fallback.from.model': 'gpt-5-mini' };
    const sample = readSample(1, [counter('brownout.fallbacks', [values, 3])]);
    expect(modelFigures(increase(undefined, sample), ['gpt-5-mini']).fallbacks).toBe(3);
    expect(modelFigures(increase(undefined, sample), ['claude-haiku-5-5']).fallbacks).toBe(0);
  });

  it('says that it does not know a share of nothing', () => {
    expect(modelFigures([], ['gpt-5-mini'])).toMatchObject({ calls: 0, usableShare: null, firstChunkP95Seconds: null });
  });
});

describe('serviceFigures', () => {
  it('counts attempts and tickets by their status', () => {
    const status = (code: number) => ({
      attributes: [{ key: 'http.response.status_code', value: { intValue: code } }],
    });
    const histogram = (name: string, ...points: readonly (readonly [number, number])[]): OtlpMetric => ({
      name,
      histogram: {
        dataPoints: points.map(([code, count]) => ({
          ...status(code),
          count,
          bucketCounts: [count],
          explicitBounds: [],
        })),
      },
    });
    const sample = readSample(1, [
      histogram('brownout.attempt.duration', [200, 9], [429, 1]),
      histogram('http.server.request.duration', [200, 3], [502, 1]),
    ]);
    expect(serviceFigures(increase(undefined, sample))).toMatchObject({
      vendorHttp2xxShare: 0.9,
      serviceHttp2xxShare: 0.75,
      serviceErrorShare: 0.25,
    });
  });
});

describe('samples', () => {
  const values = { 'gen_ai.request.model': 'm' };

  it('give what was counted between two of them, new series included', () => {
    const before = readSample(1, [counter('brownout.retries', [values, 2])]);
    const after = readSample(2, [counter('brownout.retries', [values, 5], [{ 'gen_ai.request.model': 'n' }, 1])]);
    expect(increase(before, after).map(({ count }) => count)).toEqual([3, 1]);
    expect(increase(after, after)).toEqual([]);
  });

  it('are found by time', () => {
    const samples = [1, 2, 3].map((at) => readSample(at, []));
    expect(sampleAt(samples, 2.9)?.at).toBe(2);
    expect(sampleAt(samples, 0.5)).toBeUndefined();
  });
});

describe('quantile', () => {
  const histogram = (buckets: readonly number[]) => [
    { metric: 'm', attributes: {}, count: 1, buckets, bounds: [1, 2, 4] },
  ];

  it('interpolates inside the bucket that it falls into', () => {
    expect(quantile(0.5, histogram([0, 10, 0, 0]))).toBe(1.5);
    expect(quantile(0.95, histogram([90, 0, 10, 0]))).toBeCloseTo(3);
  });

  it('adds several histograms up', () => {
    expect(quantile(0.5, [...histogram([10, 0, 0, 0]), ...histogram([0, 0, 10, 0])])).toBe(1);
  });

  it('stays at the highest bound where values lie above it', () => {
    expect(quantile(0.95, histogram([0, 0, 0, 5]))).toBe(4);
  });

  it('knows nothing of no values', () => {
    expect(quantile(0.95, [])).toBeNull();
  });
});
