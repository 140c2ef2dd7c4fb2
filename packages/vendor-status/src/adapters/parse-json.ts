import * as v from 'valibot';
import { type Reading, understood, unknown } from '../snapshot.ts';

/** Reads JSON of a known shape; where it has another, every field that differs is named. */
export function parseJson<Schema extends v.GenericSchema>(
  text: string,
  schema: Schema,
): Reading<v.InferOutput<Schema>> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return unknown('body: it is not JSON');
  }
  return parseShape(json, schema);
}

/** `place` is where the value stands in its document. */
export function parseShape<Schema extends v.GenericSchema>(
  value: unknown,
  schema: Schema,
  place = '',
): Reading<v.InferOutput<Schema>> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return understood(parsed.output);
  return unknown(
    ...parsed.issues.map(
      (issue) => `${[place, v.getDotPath(issue)].filter(Boolean).join('.') || 'body'}: ${issue.message}`,
    ),
  );
}

/** A time with a zone, in milliseconds since the epoch. */
export const TIME = v.pipe(
  v.string(),
  v.transform((text) => Date.parse(text)),
  v.number('it is not a time'),
);

/** A time that may be missing. */
export const OPTIONAL_TIME = v.optional(v.nullable(TIME), null);

/** Reads each row; one that cannot be read adds to `problems`. */
export function parseRows<Schema extends v.GenericSchema>(
  rows: readonly unknown[],
  schema: Schema,
  place: string,
  problems: string[],
): readonly v.InferOutput<Schema>[] {
  return rows.flatMap((row, index) => {
    const reading = parseShape(row, schema, `${place}.${index}`);
    if (reading.kind === 'understood') return [reading.content];
    problems.push(...reading.problems);
    return [];
  });
}
