import { readFileSync } from 'node:fs';
import { DETECTOR_IDS } from '@brownout/core';
import type { Budget, DetectorSwitches } from '@brownout/core';
import { LIMIT_KEYS } from './config-file-table.ts';
import { parseConfigFile } from './config-file.ts';
import type { Config, EnvironmentSettings, FileSettings, Limits, Read } from './config.ts';
import { VARIABLES } from './environment-table.ts';
import { parseDuration } from './parse-duration.ts';
import { type Environment, readEnvironment } from './read-environment.ts';
import { withoutUndefined } from './without-undefined.ts';

const DEFAULT_BUDGET: Budget = withoutUndefined({
  firstChunkMs: parseDuration(VARIABLES.firstChunk.default),
  totalMs: parseDuration(VARIABLES.total.default),
  gapMs: parseDuration(VARIABLES.gap.default),
});

const DEFAULT_LIMITS: Limits = {
  models: Number(LIMIT_KEYS.models.default),
  useCases: Number(LIMIT_KEYS.useCases.default),
  taskNames: Number(LIMIT_KEYS.taskNames.default),
};

/** All of them. */
const DEFAULT_DETECTORS = Object.fromEntries(DETECTOR_IDS.map((id) => [id, true])) as DetectorSwitches;

/**
 * The configuration of this process: the environment over the config file over the defaults. Never throws; `problems`
 * has one line for everything that was wrong, to be shown once.
 */
export function loadConfig(environment: Environment = process.env): {
  readonly config: Config;
  readonly problems: readonly string[];
} {
  const own = readEnvironment(environment);
  const providers = [...own.settings.providers.values()].flatMap(({ provider = [] }) => provider);
  const file = readConfigFile(own.settings.configFile, providers);
  return { config: merge(own.settings, file.settings), problems: [...own.problems, ...file.problems] };
}

function readConfigFile(path: string | undefined, providers: readonly string[]): Read<Partial<FileSettings>> {
  if (path === undefined) return { settings: {}, problems: [] };
  try {
    return parseConfigFile(path, readFileSync(path, 'utf8'), providers);
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
    return {
      settings: {},
      problems: [`${VARIABLES.configFile.name}: "${path}" cannot be read (${why}); using no config file.`],
    };
  }
}

function merge(environment: EnvironmentSettings, file: Partial<FileSettings>): Config {
  return {
    disabled: environment.disabled ?? false,
    budgets: [DEFAULT_BUDGET, ...(file.budgets ?? []), environment.budget],
    providers: new Map([...(file.providers ?? []), ...environment.providers]),
    limits: { ...DEFAULT_LIMITS, ...file.limits },
    detectors: { ...DEFAULT_DETECTORS, ...file.detectors, ...environment.detectors },
    legacyMetrics: environment.legacyMetrics ?? false,
    captureContent: environment.captureContent ?? 'none',
  };
}
