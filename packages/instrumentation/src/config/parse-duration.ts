const MILLISECONDS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Milliseconds of a duration such as `800ms`, `5s`, `1.5m` or `2h`; `undefined` for anything else, and for 0. */
export function parseDuration(text: string): number | undefined {
  const { amount, unit } = /^(?<amount>\d+(?:\.\d+)?)\s*(?<unit>ms|s|m|h)$/.exec(text.trim())?.groups ?? {};
  if (amount === undefined || unit === undefined) return undefined;
  const milliseconds = Number(amount) * MILLISECONDS[unit as keyof typeof MILLISECONDS];
  return milliseconds > 0 && Number.isFinite(milliseconds) ? milliseconds : undefined;
}
