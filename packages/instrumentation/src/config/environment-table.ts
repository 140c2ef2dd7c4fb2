import type { ValueTypeId } from './value-types.ts';

/** One environment variable. */
export interface VariableRow {
  readonly name: string;
  /** `providers` is a list, whose entries are read one by one. */
  readonly type: ValueTypeId | 'providers';
  /** As one would write it; empty where not set means not used. */
  readonly default: string;
  readonly description: string;
}

/** Every variable that is read beside the standard `OTEL_*` ones of the OpenTelemetry SDK. */
export const VARIABLES = {
  disabled: {
    name: 'BROWNOUT_DISABLED',
    type: 'boolean',
    default: 'false',
    description: 'Instruments nothing.',
  },
  configFile: {
    name: 'BROWNOUT_CONFIG_FILE',
    type: 'path',
    default: '',
    description:
      'Path of a YAML or JSON file with budgets per use case, model or provider, hosts, limits and detectors (below).',
  },
  firstChunk: {
    name: 'BROWNOUT_BUDGET_FIRST_CHUNK',
    type: 'duration',
    default: '10s',
    description: 'Most time from a call to the first output chunk of its streamed answer.',
  },
  total: {
    name: 'BROWNOUT_BUDGET_TOTAL',
    type: 'duration',
    default: '120s',
    description: 'Most time from a call to its end, retries and back-off included.',
  },
  gap: {
    name: 'BROWNOUT_BUDGET_GAP',
    type: 'duration',
    default: '10s',
    description: 'Longest silence between two output chunks of a streamed answer.',
  },
  outputRate: {
    name: 'BROWNOUT_BUDGET_OUTPUT_RATE',
    type: 'rate',
    default: 'none',
    description: 'Least output tokens per second of a streamed answer, from its first to its last chunk.',
  },
  providers: {
    name: 'BROWNOUT_PROVIDERS',
    type: 'providers',
    default: '',
    description: 'Hosts of your own, as `host=dialect[:provider]`, comma separated.',
  },
  detectors: {
    name: 'BROWNOUT_DETECTORS',
    type: 'detectors',
    default: 'all',
    description: 'What answers are watched for while they stream (below, and in [Detectors](detectors.md)).',
  },
  legacyMetrics: {
    name: 'BROWNOUT_LEGACY_GENAI_METRICS',
    type: 'boolean',
    default: 'false',
    description: 'Emits the metric names from before the GenAI conventions v0.1.0 beside the current ones.',
  },
  captureContent: {
    name: 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT',
    type: 'capture',
    default: 'NO_CONTENT',
    description:
      'Where prompts and completions are recorded; `true` is `SPAN_ONLY`, `false` is `NO_CONTENT`. By default nowhere: no content leaves the process.',
  },
} as const satisfies Readonly<Record<string, VariableRow>>;
