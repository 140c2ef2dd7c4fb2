import { InvalidArgumentError } from 'commander';

const UNITS = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** `500ms`, `30s`, `90m`, `6h`, `7d`; read as seconds. */
export function readDuration(text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? [];
  const seconds = Number(amount) * UNITS[unit as keyof typeof UNITS];
  if (!(seconds > 0)) throw new InvalidArgumentError('It must be a duration such as 30s, 90m, 6h or 7d.');
  return seconds;
}
