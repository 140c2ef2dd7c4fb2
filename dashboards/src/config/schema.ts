import * as v from 'valibot';
import type { Alert } from '../alerts/alert.ts';
import { ALERT_ROWS, type AlertName } from '../alerts/alerts.ts';
import { SEVERITIES, type Severity } from '../alerts/categories.ts';
import type { CommonChosen, Setting } from '../alerts/settings.ts';
import type { Duration } from '../promql/series.ts';

/** What a value of each kind has to be, in code and in words. */
const KINDS = {
  share: { expected: 'a share between 0 and 1', holds: (value: number) => value > 0 && value < 1 },
  factor: { expected: 'a factor above 1', holds: (value: number) => value > 1 },
  count: { expected: 'a whole number from 1', holds: (value: number) => Number.isInteger(value) && value >= 1 },
  seconds: { expected: 'a number of seconds above 0', holds: (value: number) => value > 0 },
} as const satisfies Readonly<
  Record<
    Exclude<Setting['kind'], 'objective'>,
    { readonly expected: string; readonly holds: (value: number) => boolean }
  >
>;

function valueOf(setting: Setting): v.GenericSchema<number> {
  const { expected, holds } =
    setting.kind === 'objective'
      ? {
          expected: `a share above ${setting.least.toFixed(3)} (below it, the fastest burn would be more than all calls) and below 1`,
          holds: (value: number) => value > setting.least && value < 1,
        }
      : KINDS[setting.kind];
  return v.pipe(v.number(expected), v.finite(expected), v.check(holds, expected));
}

const text = v.string('a text');
const duration = v.custom<Duration>(
  (value) => typeof value === 'string' && /^(0s|[1-9]\d*(s|m|h|d))$/.test(value),
  'a duration such as 0s, 90s, 5m, 1h or 2d',
);
const severity = v.picklist(Object.keys(SEVERITIES) as Severity[], `one of ${Object.keys(SEVERITIES).join(', ')}`);
const labelNames = v.regex(/^[a-zA-Z_]\w*$/, 'the name of a label');

/** What every alert has; without a value, the alert's own table says it. */
const COMMON = {
  enabled: v.optional(v.boolean('true or false'), true),
  severity: v.optional(severity),
  for: v.optional(duration),
  keep_firing_for: v.optional(duration),
} as const;

const alertSchema = (row: Alert) =>
  v.strictObject({
    ...COMMON,
    ...Object.fromEntries(
      Object.entries(row.settings).map(([key, setting]) => [key, v.optional(valueOf(setting), setting.default)]),
    ),
  });

/** The file that rules are generated from: everything has a default, so the empty file is the shipped rules. */
export const CONFIG_SCHEMA = v.strictObject({
  /** Where the runbooks are published; the name of the alert and `.md` are added. */
  runbooks: v.optional(text, 'https://example.com/brownout/runbooks'),
  /** Where Grafana is; `/d/` and the dashboard's uid are added. */
  grafana: v.optional(text, 'https://example.com/grafana'),
  /** Put on every alert, beside its own. */
  labels: v.optional(v.record(v.pipe(text, labelNames), text), {}),
  alerts: v.optional(
    v.strictObject(Object.fromEntries(ALERT_ROWS.map(([name, row]) => [name, v.optional(alertSchema(row), {})]))),
    {},
  ),
});

export type Config = Omit<v.InferOutput<typeof CONFIG_SCHEMA>, 'alerts'> & {
  readonly alerts: Readonly<Record<AlertName, CommonChosen & Readonly<Record<string, number>>>>;
};

/** The keys that a place of the file may have. */
export function knownKeys([section, name]: readonly string[]): readonly string[] {
  if (section === undefined) return Object.keys(CONFIG_SCHEMA.entries);
  const rows: Readonly<Record<string, Alert>> = Object.fromEntries(ALERT_ROWS);
  if (name === undefined) return Object.keys(rows);
  return [...Object.keys(COMMON), ...Object.keys(rows[name]?.settings ?? {})];
}
