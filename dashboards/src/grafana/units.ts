import { METRICS, type MetricId, type MetricIdOf } from '@brownout/signals';
import * as units from '@grafana/grafana-foundation-sdk/units';

/** How Grafana formats a number; `count:` is its own for things that are counted: `count:tokens` gives `1.2 K tokens`. */
export type PanelUnit = (typeof UNITS)[keyof typeof UNITS] | `count:${string}`;

const UNITS = {
  s: units.Seconds,
  '1': units.PercentUnit,
  short: units.Short,
  whole: units.LocaleFormat,
  moment: units.DatetimeISONotToday,
} as const;

/** A part of a whole, from 0 to 1. */
export const SHARE = UNITS['1'];
/** So many for each of something. */
export const RATIO = UNITS.short;
/** Of what a counter counts, in the range that is shown: in full, since one row is compared with the next. */
export const COUNT = UNITS.whole;
/** States and other codes, which have words instead. */
export const CODE = UNITS.short;

/** Whether there are only whole ones of it. */
export const isWhole = (unit: PanelUnit): boolean => unit === COUNT || /^count:[^/]+$/.test(unit);

/** What a counter counts, per second: `3.2 calls/s`. */
export const perSecond = (id: MetricIdOf<'counter'>): PanelUnit => `count:${thingsOf(METRICS[id].unit)}/s`;

/** What a histogram or a gauge measures. */
export function unitOf(id: Exclude<MetricId, MetricIdOf<'counter'>>): PanelUnit {
  const { unit } = METRICS[id];
  return unit === 's' || unit === '1' ? UNITS[unit] : `count:${thingsOf(unit)}`;
}

/** `{retry}` as `retries`, `{token}/s` as `tokens/s`. */
const thingsOf = (unit: string): string =>
  unit.replace(/^\{(\w+)\}/, (_, thing: string) =>
    thing.endsWith('y') ? `${thing.slice(0, -1)}ies` : `${thing}${thing.endsWith('ch') ? 'es' : 's'}`,
  );

/** Unix time in milliseconds, as a time of day, with the date where it is not today's. */
export const MOMENT = UNITS.moment;
