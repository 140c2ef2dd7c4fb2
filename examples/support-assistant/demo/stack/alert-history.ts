import type { Series } from './ask-prometheus.ts';

/** One time that an alert was on, for one subject. Times are those of Prometheus' evaluations. */
export interface Spell {
  readonly alert: string;
  readonly severity: string;
  readonly category: string;
  /** The rest of its labels: what it is about. */
  readonly labels: Readonly<Record<string, string>>;
  /** When its expression first held; without a waiting time it fires at once. */
  readonly pending: number;
  /** `null` where it stopped before its waiting time was over, or is still in it. */
  readonly firing: number | null;
  /** `null` while it goes on. */
  readonly ended: number | null;
}

/**
 * What became of every alert, from Prometheus' own `ALERTS`.
 * @param interval between two evaluations, in the unit of the series' times
 * @param until the last time that was asked about
 */
export function spellsOf(series: readonly Series[], interval: number, until: number): readonly Spell[] {
  const subjects = Map.groupBy(series, ({ labels }) => keyOf({ ...labels, alertstate: '' }));
  const spells = [...subjects.values()].flatMap((states) => {
    const [first] = states;
    if (first === undefined) return [];
    const points = states
      .flatMap(({ labels, points: times }) =>
        times.map(({ at }) => ({ at, isFiring: labels['alertstate'] === 'firing' })),
      )
      .toSorted((a, b) => a.at - b.at);
    return splitAtGaps(points, interval * 1.5).map((spell) => describe(first.labels, spell, interval, until));
  });
  return spells.toSorted((a, b) => (a.firing ?? Infinity) - (b.firing ?? Infinity) || a.pending - b.pending);
}

/** The same for the same labels, in whatever order they come. */
export const keyOf = (labels: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => a.localeCompare(b)));

/** All labels of an alert, as Alertmanager gets them. */
export const labelsOf = ({ alert, severity, category, labels }: Spell): Readonly<Record<string, string>> => ({
  ...labels,
  alertname: alert,
  severity,
  category,
});

interface Point {
  readonly at: number;
  readonly isFiring: boolean;
}

function splitAtGaps(points: readonly Point[], most: number): readonly (readonly Point[])[] {
  const parts: Point[][] = [];
  for (const point of points) {
    const before = parts.at(-1)?.at(-1);
    if (before === undefined || point.at - before.at > most) parts.push([point]);
    else parts.at(-1)?.push(point);
  }
  return parts;
}

function describe(all: Series['labels'], points: readonly Point[], interval: number, until: number): Spell {
  const { __name__: _, alertname = '', alertstate: __, severity = '', category = '', ...labels } = all;
  const last = points.at(-1)?.at ?? until;
  return {
    alert: alertname,
    severity,
    category,
    labels,
    pending: points[0]?.at ?? until,
    firing: points.find(({ isFiring }) => isFiring)?.at ?? null,
    // The evaluation after the last one in which it was on.
    ended: until - last > interval * 1.5 ? last + interval : null,
  };
}
