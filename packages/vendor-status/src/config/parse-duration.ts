const UNITS = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** `500ms`, `30s`, `90m`, `6h`, `7d` in seconds; `undefined` for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? [];
  const seconds = Number(amount) * UNITS[unit as keyof typeof UNITS];
  return seconds > 0 ? seconds : undefined;
}
