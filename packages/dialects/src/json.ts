/** Parsed JSON that nobody has vouched for: every field is looked at before it is believed. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const NOTHING: JsonObject = {};

/** The value if it is an object, else an empty one: reading on from it finds nothing. */
export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : NOTHING;
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A string that says something. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A token count: providers send `null` for "not known", which is not 0. */
export function asCount(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : undefined;
}

type Possibly<T> = { [Key in keyof T]: T[Key] | undefined };

/** Leaves out the fields that are `undefined`: a field that was not sent is absent. */
export function present<T extends object>(fields: Possibly<T>): T {
  const known: Partial<T> = {};
  for (const key in fields) {
    if (fields[key] !== undefined) known[key] = fields[key];
  }
  return known as T;
}

/** JSON text of a value, or nothing where it cannot be written (nested too deep). */
export function toJsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}

/** The value that the JSON text holds, or the text itself where it is no JSON. */
export function fromJsonText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
