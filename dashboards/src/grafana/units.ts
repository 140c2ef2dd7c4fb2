import { METRICS, type MetricId, type MetricIdOf } from '@brownout/signals';
import * as units from '@grafana/grafana-foundation-sdk/units';

/** How Grafana formats a number. */
export type PanelUnit = (typeof UNITS)[keyof typeof UNITS];

const UNITS = {
  s: units.Seconds,
  '1': units.PercentUnit,
  count: units.Short,
  perSecond: units.CountsPerSecond,
  moment: units.DatetimeISO,
} as const;

/** A part of a whole, from 0 to 1. */
export const SHARE = UNITS['1'];
/** Of what a counter counts, in the range that is shown. */
export const COUNT = UNITS.count;
/** States and other codes, which have words instead. */
export const CODE = UNITS.count;

/** What a counter counts, per second. */
export const PER_SECOND = UNITS.perSecond;

/** What a histogram or a gauge measures. */
export function unitOf(id: Exclude<MetricId, MetricIdOf<'counter'>>): PanelUnit {
  const { unit } = METRICS[id];
  if (unit === 's' || unit === '1') return UNITS[unit];
  return unit.endsWith('/s') ? UNITS.perSecond : UNITS.count;
}

/** Unix time in milliseconds, as a date. */
export const MOMENT = UNITS.moment;
