import type { Scenario, Values } from './scenario.ts';

/** Series as promtool's tests write them: one sample a minute. */

export type Case = 'fires' | 'below' | 'low traffic' | 'no traffic' | 'reset' | 'bystander';

const MINUTE = 60;

export function samplesOf(values: Values, phases: Scenario['phases'], which: Case, lowTraffic: number): string {
  const { healthy, bad, after } = phases;
  const total = healthy + bad + after;
  switch (values.kind) {
    case 'clock':
      return `0+${MINUTE}x${total}`;
    case 'gauge': {
      const during = which === 'below' ? values.below : which === 'bystander' ? values.healthy : values.bad;
      return runs([
        [values.healthy, healthy + 1],
        [during, bad],
        [values.healthy, after],
      ]);
    }
    case 'counter': {
      const times = which === 'low traffic' ? lowTraffic : which === 'no traffic' ? 0 : 1;
      const during = which === 'below' ? values.below : which === 'bystander' ? values.healthy : values.bad;
      return growth(
        START,
        [
          [values.healthy * times, healthy],
          [during * times, bad],
          [values.healthy * times, after],
        ],
        which === 'reset' ? [Math.round(healthy / 2), healthy + Math.round(bad / 2)] : [],
      );
    }
  }
}

/** Counters have counted before anybody looked. */
const START = 7;

/** `1x30` stands for 31 samples. */
const runs = (parts: readonly (readonly [value: number, samples: number])[]): string =>
  parts
    .filter(([, samples]) => samples > 0)
    .map(([value, samples]) => (samples === 1 ? String(value) : `${value}x${samples - 1}`))
    .join(' ');

/** A counter that grows at several paces, and begins again from 0 at some minutes. */
function growth(
  start: number,
  paces: readonly (readonly [perMinute: number, minutes: number])[],
  resets: readonly number[],
): string {
  const parts = [String(start)];
  let [value, minute] = [start, 0];
  for (const [pace, minutes] of paces) {
    const end = minute + minutes;
    for (const reset of [...resets.filter((at) => at > minute && at < end), end]) {
      const steps = reset - minute;
      if (steps > 0) parts.push(`${rounded(value + pace)}+${pace}x${steps - 1}`);
      value = reset === end ? value + pace * steps + (Number.isInteger(pace) ? 0 : SLACK) : 0;
      minute = reset;
    }
  }
  return parts.join(' ');
}

/** promtool adds up fractions with small errors: without it, a counter would seem to begin again where its pace changes. */
const SLACK = 1e-6;

const rounded = (value: number): number => Number(value.toPrecision(12));
