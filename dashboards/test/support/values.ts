import type { Phases, Values } from './scenario.ts';

/** Series as promtool's tests write them: one sample a minute. */

export type Case =
  | 'fires'
  | 'below'
  | 'low traffic'
  | 'enough traffic'
  | 'no traffic'
  | 'reset'
  | 'newborn'
  | 'bystander';

const SECONDS = 60;

/** The samples of a series in one of the cases; `lowTraffic` is what is left of a counter's pace in that case. */
export function samplesOf(values: Values, phases: Phases, which: Case, lowTraffic: number): string {
  const { healthy, bad, after } = phases;
  switch (values.kind) {
    case 'samples':
      return values.text;
    case 'late':
      return which === 'below' || isHealthy(which)
        ? '_'
        : join(`_x${healthy + 1}`, same(values.value, bad), `_x${after}`);
    case 'once':
      return String(which === 'below' || isHealthy(which) ? values.healthy : values.bad);
    case 'clock':
      return clock(values, phases, which);
    case 'gauge':
      return join(same(values.healthy, healthy + 1), same(during(values, which), bad), same(values.healthy, after));
    case 'ramp': {
      const step = (during(values, which) - values.healthy) / bad;
      return join(
        same(values.healthy, healthy + 1),
        line(values.healthy + step, step, bad),
        same(values.healthy, after),
      );
    }
    case 'gone': {
      const pace = values.perMinute * leftOf(which, lowTraffic);
      const before = growth([[pace, healthy]], []);
      const end = START + pace * healthy;
      const isGone = which !== 'below' && which !== 'bystander';
      return join(before, isGone ? `_x${bad}` : same(end, bad), line(end + pace, pace, after));
    }
    case 'counter': {
      const times = leftOf(which, lowTraffic);
      if (which === 'newborn' && isBornBad(values)) {
        const pace = values.after ?? 0;
        return join(
          `_x${healthy + 1}`,
          line(values.bad, values.bad, bad),
          line(values.bad * bad + pace + slackOf(values.bad), pace, after),
        );
      }
      const paces = [
        [values.healthy * times, healthy],
        [during(values, which) * times, bad],
        [(isHealthy(which) ? values.healthy : (values.after ?? values.healthy)) * times, after],
      ] as const;
      return growth(paces, which === 'reset' ? [Math.round(healthy / 2), healthy + Math.round(bad / 2)] : []);
    }
  }
}

/** Whether it begins to count only where it is bad, so that its series may be born with the first of it. */
export const isBornBad = (values: Values): boolean =>
  values.kind === 'counter' && values.healthy === 0 && values.bad > 0;

/** Half as much again as what is too little is just enough. */
const leftOf = (which: Case, lowTraffic: number): number =>
  which === 'no traffic' ? 0 : which === 'low traffic' ? lowTraffic : which === 'enough traffic' ? 1.5 * lowTraffic : 1;

const during = (
  values: { readonly healthy: number; readonly bad: number; readonly below: number },
  which: Case,
): number => (which === 'below' ? values.below : isHealthy(which) ? values.healthy : values.bad);

/** Where there is no traffic, what is no counter is as it is in good times. */
const isHealthy = (which: Case): boolean => which === 'bystander' || which === 'no traffic';

function clock(values: Extract<Values, { kind: 'clock' }>, { healthy, bad, after }: Phases, which: Case): string {
  const runs = (from: number, minutes: number): string => line(from * SECONDS - (values.lag ?? 0), SECONDS, minutes);
  const start = runs(0, healthy + 1);
  const end = runs(healthy + bad + 1, after);
  if (isHealthy(which) || values.bad === 'runs') return join(start, runs(healthy + 1, bad), end);
  if (which === 'below') {
    // The last time that it was set, which is every so many minutes.
    const set = Array.from({ length: bad }, (_, minute) => (healthy + minute - (minute % values.below)) * SECONDS);
    return join(start, set.join(' '), end);
  }
  return join(start, values.bad === 'gone' ? `_x${bad}` : same(healthy * SECONDS, bad), end);
}

/** Counters have counted before anybody looked. */
const START = 7;

const join = (...parts: readonly string[]): string => parts.filter(Boolean).join(' ');

/** `1x30` stands for 31 samples. */
const same = (value: number, samples: number): string => line(value, 0, samples);

const line = (first: number, step: number, samples: number): string =>
  samples <= 0 ? '' : `${rounded(first)}${step < 0 ? '-' : '+'}${rounded(Math.abs(step))}x${samples - 1}`;

/** A counter that grows at several paces, and begins again from 0 at some minutes. */
function growth(paces: readonly (readonly [perMinute: number, minutes: number])[], resets: readonly number[]): string {
  const parts = [String(START)];
  let [value, minute] = [START, 0];
  for (const [pace, minutes] of paces) {
    const end = minute + minutes;
    for (const stop of [...resets.filter((at) => at > minute && at < end), end]) {
      parts.push(line(value + pace, pace, stop - minute));
      value = stop === end ? value + pace * (stop - minute) + slackOf(pace) : 0;
      minute = stop;
    }
  }
  return join(...parts);
}

/** promtool adds up fractions with small errors: without it, a counter would seem to begin again where its pace changes. */
const slackOf = (pace: number): number => (Number.isInteger(pace) ? 0 : 1e-6);

const rounded = (value: number): number => Number(value.toPrecision(12));
