import { type LabelId, labelName } from '../promql/labels.ts';
import type { Recorded } from '../promql/series.ts';

/** Pieces of Prometheus' templates for annotations. */

/** The value of the alert's expression: a share, a number, seconds. */
export const VALUE = {
  share: '{{ $value | humanizePercentage }}',
  number: '{{ $value | humanize }}',
  duration: '{{ $value | humanizeDuration }}',
} as const;

/** The value of a label of the alert. */
export const labelValue = (id: LabelId): string => `{{ $labels.${labelName(id)} }}`;

/**
 * The value that a recorded series has for the alert's labels at that moment: the denominator beside a share. Nothing, with
 * the words before it and after it, where it has none.
 */
export function valueOf(series: Recorded, as: keyof typeof AS = 'count', [before, after] = ['', '']): string {
  const matchers = series.labels.map((id) => `${labelName(id)}=%q`).join(',');
  const values = series.labels.map((id) => `$labels.${labelName(id)}`).join(' ');
  return `{{ with printf \`${series.record}{${matchers}}\` ${values} | query }}${before}{{ . | first | value | ${AS[as]} }}${after}{{ end }}`;
}

const AS = { count: 'printf "%.0f"', share: 'humanizePercentage', duration: 'humanizeDuration' } as const;

/** A share that is set, as the templates write shares. */
export const percent = (share: number): string => `${Number((share * 100).toPrecision(4))}%`;

/** Labels as variables of a dashboard's address. */
export const asVariables = (labels: readonly LabelId[]): string =>
  labels.map((id) => `var-${labelName(id)}={{ $labels.${labelName(id)} | urlquery }}`).join('&');
