import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/**
 * What is set side by side. `in-process` variants are set up by the workload itself (`start-telemetry.ts`), with exporters
 * that drop what they get: recording is counted, the network is not. `preloaded` ones are started as a user does, and export
 * over OTLP to the benchmark's own collector.
 */
export const VARIANTS = {
  none: { setup: 'in-process', title: 'no instrumentation' },
  sdk: { setup: 'in-process', title: 'OpenTelemetry SDK alone' },
  peer: { setup: 'in-process', title: '@opentelemetry/instrumentation-openai' },
  brownout: { setup: 'in-process', title: '@brownout/instrumentation' },
  brownoutQuiet: { setup: 'in-process', title: '@brownout/instrumentation, BROWNOUT_DETECTORS=none' },
  autoPreload: {
    setup: 'preloaded',
    title: '--require @opentelemetry/auto-instrumentations-node/register',
    module: '@opentelemetry/auto-instrumentations-node/register',
  },
  brownoutPreload: { setup: 'preloaded', title: '--require @brownout/preload', module: '@brownout/preload' },
} as const satisfies Record<string, VariantRow>;

export type Variant = keyof typeof VARIANTS;

type VariantRow =
  | { readonly setup: 'in-process'; readonly title: string }
  | { readonly setup: 'preloaded'; readonly title: string; readonly module: string };

/** Node's own arguments for a process of this variant. */
export function nodeArguments(variant: Variant): string[] {
  const row: VariantRow = VARIANTS[variant];
  return row.setup === 'preloaded' ? ['--require', resolve(row.module)] : [];
}
