import { METRICS } from '@brownout/signals';
import {
  InMemoryMetricExporter,
  AggregationTemporality,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { expect, test } from 'vitest';
import type { CommonDimensions } from './dimensions.ts';
import { createRateLimitGauges } from './rate-limit-gauges.ts';

const COMMON: CommonDimensions = {
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-5',
  'gen_ai.operation.name': 'chat',
  'brownout.use_case': 'support',
};

const SECOND = 1000;

/** Gauges under a clock that is set by hand, and what is collected of them at a moment: left and seconds until it is full. */
function gaugesAt() {
  let now = 0;
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const gauges = createRateLimitGauges(() => now);
  gauges.observe(new MeterProvider({ readers: [reader] }).getMeter('test'));
  return {
    keep: (headers: Readonly<Record<string, string>>, at: number) => gauges.keep(COMMON, new Headers(headers), at),
    async collect(at: number) {
      now = at;
      exporter.reset();
      await reader.forceFlush();
      const metrics = exporter
        .getMetrics()
        .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
      const valueOf = (name: string) =>
        metrics.find(({ descriptor }) => descriptor.name === name)?.dataPoints.map(({ value }) => value) ?? [];
      return { left: valueOf(METRICS.rateLimitRemainingRatio.name), reset: valueOf(METRICS.rateLimitReset.name) };
    },
  };
}

const rejected = {
  'x-ratelimit-limit-requests': '500',
  'x-ratelimit-remaining-requests': '0',
  'x-ratelimit-reset-requests': '1m0s',
};

test('a limit that was used up is full again when its window has ended, without another call', async () => {
  const gauges = gaugesAt();
  gauges.keep(rejected, 5 * SECOND);
  expect(await gauges.collect(20 * SECOND)).toEqual({ left: [0], reset: [45] });
  expect(await gauges.collect(64 * SECOND)).toEqual({ left: [0], reset: [1] });
  expect(await gauges.collect(65 * SECOND)).toEqual({ left: [1], reset: [0] });
  gauges.keep({ ...rejected, 'x-ratelimit-remaining-requests': '100' }, 70 * SECOND);
  expect(await gauges.collect(80 * SECOND)).toEqual({ left: [0.2], reset: [50] });
});

test('what ends at no known moment stays as it was', async () => {
  const gauges = gaugesAt();
  const { 'x-ratelimit-reset-requests': _, ...others } = rejected;
  gauges.keep(others, 0);
  expect(await gauges.collect(3600 * SECOND)).toEqual({ left: [0], reset: [] });
});

test('a window of which only the end is known has nothing left or used up', async () => {
  const gauges = gaugesAt();
  gauges.keep({ 'x-ratelimit-remaining-requests': '7', 'x-ratelimit-reset-requests': '10' }, 0);
  expect(await gauges.collect(30 * SECOND)).toEqual({ left: [], reset: [0] });
});
