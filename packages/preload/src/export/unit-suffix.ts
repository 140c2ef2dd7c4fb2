/**
 * UCUM units as Prometheus spells them in metric names.
 * https://github.com/prometheus/otlptranslator/blob/main/unit_namer.go
 */
const UNITS: ReadonlyMap<string, string> = new Map([
  ['d', 'days'],
  ['h', 'hours'],
  ['min', 'minutes'],
  ['s', 'seconds'],
  ['ms', 'milliseconds'],
  ['us', 'microseconds'],
  ['ns', 'nanoseconds'],
  ['By', 'bytes'],
  ['KiBy', 'kibibytes'],
  ['MiBy', 'mebibytes'],
  ['GiBy', 'gibibytes'],
  ['TiBy', 'tibibytes'],
  ['KBy', 'kilobytes'],
  ['MBy', 'megabytes'],
  ['GBy', 'gigabytes'],
  ['TBy', 'terabytes'],
  ['m', 'meters'],
  ['V', 'volts'],
  ['A', 'amperes'],
  ['J', 'joules'],
  ['W', 'watts'],
  ['g', 'grams'],
  ['Cel', 'celsius'],
  ['Hz', 'hertz'],
  ['%', 'percent'],
]);

/** The units that may stand under a fraction bar. */
const UNITS_OF_RATES: ReadonlyMap<string, string> = new Map([
  ['s', 'second'],
  ['m', 'minute'],
  ['h', 'hour'],
  ['d', 'day'],
  ['w', 'week'],
  ['mo', 'month'],
  ['y', 'year'],
]);

const withoutAnnotation = (unit: string): string => (unit.includes('{') ? '' : unit.trim());

const letters = (unit: string): string => unit.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '');

function suffixes(unit: string, isGauge: boolean): readonly string[] {
  if (unit === '1') return isGauge ? ['ratio'] : [];
  const [counted = '', ...per] = unit.split('/');
  const main = withoutAnnotation(counted);
  const rate = withoutAnnotation(per.join('/'));
  return [
    main === '1' ? '' : (UNITS.get(main) ?? letters(main)),
    rate === '' ? '' : `per_${UNITS_OF_RATES.get(rate) ?? letters(rate)}`,
  ].filter((suffix) => suffix !== '');
}

/**
 * The name under which a scrape must see a metric so that it equals what Prometheus makes of the same metric over OTLP:
 * the unit, spelled out, at the end (`http.server.request.duration`, `s` → `http.server.request.duration_seconds`).
 * The exporter itself replaces dots and adds `_total`, so both are left to it.
 * @param name the OpenTelemetry name
 * @param unit UCUM, as the instrument declares it; annotations in braces are no units
 */
export function withUnitSuffix(name: string, unit: string, isGauge: boolean): string {
  const words = new Set(name.split(/[^A-Za-z0-9]+/));
  const missing = suffixes(unit, isGauge).filter((suffix) => !words.has(suffix.replace(/^per_/, '')));
  if (missing.length === 0) return name;
  const isTotal = /[._]total$/.test(name);
  return [isTotal ? name.replace(/[._]total$/, '') : name, ...missing, ...(isTotal ? ['total'] : [])].join('_');
}
