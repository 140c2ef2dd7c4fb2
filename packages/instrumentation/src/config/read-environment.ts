import type { EnvironmentSettings, Read } from './config.ts';
import { didYouMean } from './did-you-mean.ts';
import { type VariableRow, VARIABLES } from './environment-table.ts';
import { parseProviders } from './parse-providers.ts';
import { type ParsedValue, VALUE_TYPES, type ValueTypeId } from './value-types.ts';
import { withoutUndefined } from './without-undefined.ts';

/** Environment variables, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

type ScalarRow<Type extends ValueTypeId> = VariableRow & { readonly type: Type };

/** Reads our variables. A bad value is named and counts as not set; an empty one is not set, as OpenTelemetry has it. */
export function readEnvironment(environment: Environment): Read<EnvironmentSettings> {
  const problems = unknownVariables(environment);

  const read = <Type extends ValueTypeId>(row: ScalarRow<Type>): ParsedValue<Type> | undefined => {
    const text = environment[row.name]?.trim();
    if (!text) return undefined;
    const { parse, expected } = VALUE_TYPES[row.type];
    const value = parse(text) as ParsedValue<Type> | undefined;
    if (value === undefined) {
      problems.push(`${row.name}: "${text}" is not ${expected}; using the default, ${row.default || 'none'}.`);
    }
    return value;
  };

  const settings = withoutUndefined({
    disabled: read(VARIABLES.disabled),
    configFile: read(VARIABLES.configFile),
    detectors: read(VARIABLES.detectors),
    legacyMetrics: read(VARIABLES.legacyMetrics),
    captureContent: read(VARIABLES.captureContent),
  });
  const budget = withoutUndefined({
    firstChunkMs: read(VARIABLES.firstChunk),
    totalMs: read(VARIABLES.total),
    gapMs: read(VARIABLES.gap),
    outputTokensPerSecond: read(VARIABLES.outputRate),
  });
  const providers = parseProviders(VARIABLES.providers.name, environment[VARIABLES.providers.name] ?? '');
  return {
    settings: { ...settings, budget, providers: providers.settings },
    problems: [...problems, ...providers.problems],
  };
}

function unknownVariables(environment: Environment): string[] {
  const known: readonly string[] = Object.values(VARIABLES).map((row) => row.name);
  return Object.keys(environment)
    .filter((name) => name.startsWith('BROWNOUT_') && !known.includes(name))
    .map((name) => `${name}: there is no such variable${didYouMean(name, known)}; it is ignored.`);
}
