/** One attribute: how its key is spelled, what its values are, and what it says. */
export interface AttributeRow {
  readonly key: string;
  readonly type: AttributeType;
  /** The only values there are. */
  readonly values?: readonly string[];
  /** Values that are well known; others occur. */
  readonly known?: readonly string[];
  readonly description: string;
}

/** `structured` values are objects and lists, written as JSON where a signal takes only strings. */
export type AttributeType = 'string' | 'int' | 'double' | 'boolean' | 'string[]' | 'structured';

/** What may be recorded under an attribute: its closed list of values where it has one, else its type. */
export type ValueOf<Row extends AttributeRow> = Row extends { readonly values: readonly (infer Value)[] }
  ? Row['type'] extends 'string[]'
    ? readonly Value[]
    : Value
  : ValueOfType<Row['type']>;

type ValueOfType<Type extends AttributeType> = {
  string: string;
  int: number;
  double: number;
  boolean: boolean;
  'string[]': readonly string[];
  structured: unknown;
}[Type];
