import type { MetricRow } from './metric.ts';

/** What Prometheus calls the units of this registry; a unit in braces says what is counted and is dropped. */
const UNIT_WORDS: Readonly<Record<string, string>> = { s: 'seconds', '1': '' };
const PER_UNIT_WORDS: Readonly<Record<string, string>> = { s: 'second' };

/**
 * The Prometheus name of a metric by OTLP's default translation (underscores, unit and type suffixes), as Prometheus 3
 * and the Collector's Prometheus exporter both apply it. A histogram's series add `_bucket`, `_sum` and `_count`.
 *
 * @see https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#otlp-metric-points-to-prometheus
 */
export function prometheusName(metric: Pick<MetricRow, 'name' | 'unit' | 'instrument'>): string {
  const words = metric.name.split(/[^a-zA-Z0-9:]+/).filter(Boolean);
  const [unit = '', perUnit = ''] = metric.unit.split('/');
  const unitWord = wordFor(unit, UNIT_WORDS);
  const perUnitWord = wordFor(perUnit, PER_UNIT_WORDS);
  if (unitWord && !words.includes(unitWord)) words.push(unitWord);
  if (perUnitWord) words.push(`per_${perUnitWord}`);
  if (metric.instrument === 'counter') return suffixed(words, 'total');
  if (metric.instrument === 'gauge' && metric.unit === '1') return suffixed(words, 'ratio');
  return words.join('_');
}

/** The Prometheus label of an attribute: every character that is not a letter, a digit or an underscore becomes one. */
export function prometheusLabel(attributeKey: string): string {
  return attributeKey.replaceAll(/[^a-zA-Z0-9_]/g, '_');
}

const wordFor = (unit: string, table: Readonly<Record<string, string>>): string =>
  unit.startsWith('{') ? '' : (table[unit] ?? unit);

/** Puts a word last; a translator never says it twice. */
const suffixed = (words: readonly string[], suffix: string): string =>
  [...words.filter((word) => word !== suffix), suffix].join('_');
