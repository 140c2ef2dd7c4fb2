import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { FAULT_NAMES } from '@brownout/simulator';
import { OtlpSink } from './otlp-sink.ts';
import { differences, runBothWays } from './run-both-ways.ts';
import type { SeenRun } from './run-both-ways.ts';

const require = createRequire(import.meta.url);

/** @param file below `test/e2e/programs/untouched/` */
export function untouchedProgram(file: string): string {
  return fileURLToPath(new URL(`../e2e/programs/untouched/${file}`, import.meta.url));
}

/** The built preload, as an installed package resolves. */
export const PRELOAD = require.resolve('@brownout/preload');

/** The SDKs, by the name under which the programs load them. */
export const SDKS = [
  'openai-5',
  'openai-6',
  'openai',
  '@anthropic-ai/sdk-0.51',
  '@anthropic-ai/sdk-0.71',
  '@anthropic-ai/sdk-0.137',
  '@anthropic-ai/sdk',
] as const;

export type Sdk = (typeof SDKS)[number];

/**
 * Anthropic's SDK makes a span of its own since 0.134 wherever OpenTelemetry is set up, and then takes another way through
 * its own code. What has to be the same there is an application with OpenTelemetry and one with the preload.
 */
const TRACED: ReadonlySet<Sdk> = new Set<Sdk>(['@anthropic-ai/sdk-0.137', '@anthropic-ai/sdk']);

/** The titles of the programs whose end is what matters. */
export const EXIT_TITLES = Object.keys(require(untouchedProgram('exits.cjs')) as object);

export interface Comparison {
  readonly bare: SeenRun;
  readonly loaded: SeenRun;
  readonly differences: readonly string[];
  /** Names of the metrics that the preloaded program exported. */
  readonly metrics: ReadonlySet<string>;
}

export interface Compared {
  readonly sdk: Sdk;
  /** Below `test/e2e/programs/untouched/`, with its arguments. */
  readonly command: readonly [file: string, ...rest: string[]];
  readonly preload?: string;
  /** Milliseconds until a process is killed. */
  readonly limit?: number;
}

/** Runs a program bare and with a preload, ours if not said otherwise, and compares what could be seen from outside. */
export async function compare({ sdk, command, preload = PRELOAD, limit = 60_000 }: Compared): Promise<Comparison> {
  await using sink = await OtlpSink.start();
  const [file, ...rest] = command;
  const [bare, loaded] = await runBothWays({
    // Node shows ten frames of a stack; a wrapper's frame would push the last of the application's out.
    command: ['--stack-trace-limit=50', untouchedProgram(file), ...rest],
    preload,
    baseline: TRACED.has(sdk) ? untouchedProgram('baselines/opentelemetry.cjs') : undefined,
    environment: { ...sink.environment, SIMULATOR_FAULTS: FAULT_NAMES.join(',') },
    limit,
  });
  const metrics = new Set(sink.metrics.map(({ name }) => name));
  return { bare, loaded, differences: differences(bare, loaded), metrics };
}
