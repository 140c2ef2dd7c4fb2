import * as v from 'valibot';

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/;

/** `250ms`, `10s`, `1.5m`, `2h`; read as milliseconds. */
export const duration = v.pipe(
  v.string('must be a duration such as 500ms, 10s or 2m'),
  v.regex(DURATION, 'must be a duration such as 500ms, 10s or 2m'),
  v.transform((text) => {
    const [, amount, unit] = DURATION.exec(text) ?? [];
    return Number(amount) * (UNITS[unit as keyof typeof UNITS] ?? 0);
  }),
);

export const text = v.pipe(v.string('must be text'), v.nonEmpty('must not be empty'));
