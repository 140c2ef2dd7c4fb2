import type { RateLimit } from '@brownout/dialects';
import { ATTRIBUTE, METRICS } from '@brownout/signals';
import type { Meter, ObservableGauge } from '@opentelemetry/api';
import type { CommonDimensions } from './dimensions.ts';

/**
 * The last reading of every rate limit. Every response carries some, so they are only kept here and observed when metrics
 * are collected, instead of being recorded once per response.
 */
export interface RateLimitGauges {
  readonly keep: (common: CommonDimensions, readings: readonly RateLimit[]) => void;
  readonly observe: (meter: Meter) => void;
}

/** `commonOf` hands out one object per set of dimensions, so this map is as bounded as they are. */
export function createRateLimitGauges(): RateLimitGauges {
  const latest = new Map<CommonDimensions, Map<RateLimit['resource'], RateLimit>>();
  return {
    keep(common, readings) {
      let byResource = latest.get(common);
      if (byResource === undefined) latest.set(common, (byResource = new Map()));
      for (const reading of readings) byResource.set(reading.resource, reading);
    },
    observe(meter) {
      const observe = (row: GaugeRow, valueOf: (reading: RateLimit) => number | undefined): void => {
        createGauge(meter, row).addCallback((result) => {
          for (const [common, byResource] of latest) {
            for (const reading of byResource.values()) {
              const value = valueOf(reading);
              const attributes = { ...common, [ATTRIBUTE.rateLimitResource]: reading.resource };
              if (value !== undefined) result.observe(value, attributes);
            }
          }
        });
      };
      observe(METRICS.rateLimitRemainingRatio, (reading) => reading.remainingRatio);
      observe(METRICS.rateLimitReset, (reading) => reading.resetSeconds);
    },
  };
}

type GaugeRow = (typeof METRICS)['rateLimitRemainingRatio' | 'rateLimitReset'];

function createGauge(meter: Meter, { name, unit, description }: GaugeRow): ObservableGauge {
  return meter.createObservableGauge(name, { unit, description });
}
