/** Types of JSON values, a bit each; a set of them is their sum. */
export const JSON_TYPE = { object: 1, array: 2, string: 4, number: 8, boolean: 16, null: 32 } as const;

export type JsonType = (typeof JSON_TYPE)[keyof typeof JSON_TYPE];
export type JsonTypes = number;

export const ANY_TYPE: JsonTypes = 63;

/** Of a string, a number, a boolean or `null`. */
export function typeOfScalar(value: unknown): JsonTypes {
  switch (typeof value) {
    case 'string':
      return JSON_TYPE.string;
    case 'number':
      return JSON_TYPE.number;
    case 'boolean':
      return JSON_TYPE.boolean;
    default:
      return JSON_TYPE.null;
  }
}
