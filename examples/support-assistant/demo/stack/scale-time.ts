import { parser } from '@prometheus-io/lezer-promql';
import { parse, stringify } from 'yaml';

/** The configurations of Prometheus and Alertmanager as shipped, in a time that runs faster by a factor. */

const UNITS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Seconds by which rules turn rates into counts: those between two evaluations, and those of a rate's window. */
const SECONDS: ReadonlySet<string> = new Set(['60', '300']);

const TIMES: ReadonlySet<string> = new Set([
  'interval',
  'for',
  'keep_firing_for',
  'group_wait',
  'group_interval',
  'repeat_interval',
]);

/** `15m` in a time that is faster by 20 is `45000ms`. */
export function scaleDuration(duration: string, factor: number): string {
  if (factor === 1) return duration;
  const seconds = [...duration.matchAll(/(\d+)([smhd])/g)].reduce(
    (sum, [, value, unit]) => sum + Number(value) * UNITS[unit as keyof typeof UNITS],
    0,
  );
  return `${Math.round((seconds * 1000) / factor)}ms`;
}

/** Its windows, offsets, and the seconds by which it turns rates into counts; thresholds stay. */
export function scaleExpression(expression: string, factor: number): string {
  if (factor === 1) return expression;
  let scaled = '';
  let done = 0;
  parser.parse(expression).iterate({
    enter({ name, from, to, node }) {
      const text = expression.slice(from, to);
      const isFactor = node.parent?.name === 'BinaryExpr' && /^\s+\*\s/.test(expression.slice(to));
      let replacement: string | null = null;
      if (name === 'NumberDurationLiteralInDurationContext') replacement = scaleDuration(text, factor);
      else if (name === 'NumberDurationLiteral' && SECONDS.has(text) && isFactor)
        replacement = String(Number(text) / factor);
      if (replacement === null) return;
      scaled += expression.slice(done, from) + replacement;
      done = to;
    },
  });
  return scaled + expression.slice(done);
}

/** A file of rules, or Alertmanager's configuration. */
export function scaleYaml(
  text: string,
  factor: number,
  change: (key: string, value: unknown) => unknown = same,
): string {
  const scaled: unknown = parse(text, (key: unknown, value: unknown) => {
    if (typeof key !== 'string') return value;
    if (typeof value === 'string' && TIMES.has(key)) return scaleDuration(value, factor);
    if (typeof value === 'string' && key === 'expr') return scaleExpression(value, factor);
    return change(key, value);
  });
  return stringify(scaled, { lineWidth: 0 });
}

const same = (_: string, value: unknown): unknown => value;

/** Alertmanager's configuration as shipped: faster, and with an address for each of its receivers. */
export function scaleAlertmanager(text: string, factor: number, url: string): string {
  return scaleYaml(text, factor, (key, value) =>
    key === 'receivers'
      ? (value as readonly { readonly name: string }[]).map(({ name }) => ({
          name,
          webhook_configs: [{ url: `${url}/${name}`, send_resolved: true }],
        }))
      : value,
  );
}
