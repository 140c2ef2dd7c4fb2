import { readRateLimits } from '@brownout/dialects';
import type { HeaderSource, RateLimit } from '@brownout/dialects';
import { ATTRIBUTE, METRICS } from '@brownout/signals';
import type { Meter, ObservableGauge } from '@opentelemetry/api';
import type { CommonDimensions } from './dimensions.ts';

/**
 * The last reading of every rate limit, for as long as it is true: when the window has ended that the headers told, the limit
 * is full again, whether or not a call came to say so. A service that calls rarely would report its last rejection for hours.
 *
 * Every response carries some, so only the last headers are kept here, and read when metrics are collected.
 */
export interface RateLimitGauges {
  /** The headers of a response that came at `epochMs`. */
  readonly keep: (common: CommonDimensions, headers: HeaderSource, epochMs: number) => void;
  readonly observe: (meter: Meter) => void;
}

/** `commonOf` hands out one object per set of dimensions, so this map is as bounded as they are. */
export function createRateLimitGauges(now: () => number): RateLimitGauges {
  const latest = new Map<CommonDimensions, LastSeen>();
  return {
    keep(common, headers, epochMs) {
      const seen = latest.get(common);
      if (seen === undefined) latest.set(common, { unread: { headers, epochMs }, byResource: new Map() });
      else seen.unread = { headers, epochMs };
    },
    observe(meter) {
      const observe = (
        row: GaugeRow,
        valueOf: (reading: RateLimit, secondsLeft: number) => number | undefined,
      ): void => {
        createGauge(meter, row).addCallback((result) => {
          for (const [common, seen] of latest) {
            for (const { reading, fullAt } of readingsOf(seen)) {
              const value = valueOf(reading, Math.max(0, (fullAt - now()) / 1000));
              const attributes = { ...common, [ATTRIBUTE.rateLimitResource]: reading.resource };
              if (value !== undefined) result.observe(value, attributes);
            }
          }
        });
      };
      observe(METRICS.rateLimitRemainingRatio, ({ remainingRatio }, secondsLeft) =>
        remainingRatio !== undefined && secondsLeft === 0 ? 1 : remainingRatio,
      );
      observe(METRICS.rateLimitReset, ({ resetSeconds }, secondsLeft) =>
        resetSeconds === undefined ? undefined : secondsLeft,
      );
    },
  };
}

interface LastSeen {
  unread: { readonly headers: HeaderSource; readonly epochMs: number } | undefined;
  /** What a response says nothing of stays as it was. */
  readonly byResource: Map<RateLimit['resource'], Dated>;
}

interface Dated {
  readonly reading: RateLimit;
  /** When the window ends; never, where the headers do not say. */
  readonly fullAt: number;
}

function readingsOf(seen: LastSeen): Iterable<Dated> {
  if (seen.unread !== undefined) {
    const { headers, epochMs } = seen.unread;
    seen.unread = undefined;
    for (const reading of readRateLimits(headers, epochMs))
      seen.byResource.set(reading.resource, { reading, fullAt: epochMs + (reading.resetSeconds ?? Infinity) * 1000 });
  }
  return seen.byResource.values();
}

type GaugeRow = (typeof METRICS)['rateLimitRemainingRatio' | 'rateLimitReset'];

function createGauge(meter: Meter, { name, unit, description }: GaugeRow): ObservableGauge {
  return meter.createObservableGauge(name, { unit, description });
}
