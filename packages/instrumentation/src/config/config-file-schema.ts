import type * as Valibot from 'valibot';
import {
  BUDGET_KEYS,
  DETECTOR_KEYS,
  type FileKeyRow,
  HOST_KEYS,
  LIMIT_KEYS,
  SELECTOR_KEYS,
} from './config-file-table.ts';
import { type ParsedValue, VALUE_TYPES, type ValueTypeId } from './value-types.ts';

/** The shape of the config file, built from its tables. The library is passed in because few applications need it. */
export function createConfigFileSchema(v: typeof Valibot) {
  const valueOf = <Type extends ValueTypeId>(type: Type) =>
    v.pipe(
      v.unknown(),
      v.rawTransform<unknown, ParsedValue<Type>>(({ dataset, addIssue, NEVER }) => {
        const value = VALUE_TYPES[type].parse(dataset.value) as ParsedValue<Type> | undefined;
        if (value !== undefined) return value;
        addIssue({ message: VALUE_TYPES[type].expected });
        return NEVER;
      }),
    );

  type Optional<Rows extends Readonly<Record<string, FileKeyRow>>> = {
    -readonly [Key in keyof Rows]: Valibot.OptionalSchema<ReturnType<typeof valueOf<Rows[Key]['type']>>, undefined>;
  };
  const optional = <const Rows extends Readonly<Record<string, FileKeyRow>>>(rows: Rows) =>
    Object.fromEntries(
      Object.entries(rows).map(([key, row]) => [key, v.optional(valueOf(row.type))]),
    ) as unknown as Optional<Rows>;

  return v.strictObject({
    budgets: v.optional(v.array(v.strictObject({ ...optional(SELECTOR_KEYS), ...optional(BUDGET_KEYS) })), []),
    providers: v.optional(
      v.record(
        valueOf('host') as Valibot.GenericSchema<string, string>,
        v.strictObject({ ...optional(HOST_KEYS), dialect: valueOf(HOST_KEYS.dialect.type) }),
      ),
      {},
    ),
    limits: v.optional(v.strictObject(optional(LIMIT_KEYS)), {}),
    detectors: v.optional(v.strictObject(optional(DETECTOR_KEYS)), {}),
  });
}

/** The file's content after a successful check. */
export type ConfigFileContent = Valibot.InferOutput<ReturnType<typeof createConfigFileSchema>>;
