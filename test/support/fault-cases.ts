import { expectedReason, FAULT_NAMES, FAULTS } from '@brownout/simulator';
import type { Budget, FaultDefinition, FaultName, ParameterValues, Reason } from '@brownout/simulator';
import { isOpenai, operationsOf } from './model-calls.ts';
import type { Operation, Want } from './model-calls.ts';
import { SDKS } from './untouched.ts';
import type { Sdk } from './untouched.ts';

/** One call of the matrix. Each has a model of its own, by which its telemetry and its requests are found. */
export interface FaultCase {
  readonly name: string;
  readonly sdk: Sdk;
  readonly operation: Operation;
  readonly streamed: boolean;
  readonly model: string;
  /** `null` is a healthy reply. */
  readonly fault: FaultName | null;
  readonly parameters: ParameterValues;
  readonly want: Want;
  readonly retries: 'none' | 'default';
  readonly reason: Reason;
  readonly anomaly: string | null;
  /** The budget that is broken; only it is set, so that nothing else can be. */
  readonly exceeds: Budget | null;
  /** Client timeout, ms; left to the SDK if `undefined`. */
  readonly timeout: number | undefined;
}

/** A budget that a fault has to exceed, and by how much the faults of its kind exceed it, ms. */
export const TIGHT = 400;
const OVER = 1_200;

/** Long silences made short. What is named here exceeds `TIGHT` by a margin that a busy machine does not eat. */
const PARAMETERS: Partial<Readonly<Record<FaultName, ParameterValues>>> = {
  late_headers: { delayMs: OVER },
  late_body: { delayMs: OVER },
  late_first_chunk: { delayMs: OVER },
  slow_drip: { delayMs: OVER / 20 },
  stall_then_recover: { stallMs: OVER },
  stall: { closeAfterMs: OVER },
  pings_only: { everyMs: 50, closeAfterMs: OVER },
  rate_limited_long_wait: { retryAfterSeconds: 1 },
};

/** Faults that the client has to end itself, when even a busy machine has sent its request: one that never left is none. */
const TIMEOUTS: Partial<Readonly<Record<FaultName, number>>> = { no_headers: 2_000 };

const modelOf = (operation: Operation, index: number): string => {
  if (operation === 'embeddings') return `text-embedding-c${index}`;
  return `${operation === 'messages' ? 'claude' : 'gpt'}-c${index}`;
};

const inMode = <T>(value: T | { readonly streamed: T; readonly whole: T }, streamed: boolean): T =>
  typeof value === 'object' && value !== null && 'streamed' in value
    ? streamed
      ? value.streamed
      : value.whole
    : value;

type Scene = Pick<FaultCase, 'sdk' | 'operation' | 'streamed' | 'retries'>;

const SCENES: readonly Scene[] = SDKS.flatMap((sdk) =>
  operationsOf(sdk).flatMap((operation) =>
    (operation === 'embeddings' ? [false] : [false, true]).flatMap((streamed) =>
      (['none', 'default'] as const).map((retries) => ({ sdk, operation, streamed, retries })),
    ),
  ),
);

/** Whether a fault can be played in a scene at all. */
function isPlayable(fault: FaultName, { sdk, operation, streamed }: Scene): boolean {
  const { operations, except }: FaultDefinition = FAULTS[fault];
  const provider = isOpenai(sdk) ? 'openai' : 'anthropic';
  return (
    expectedReason(fault, { streamed }) !== null &&
    (operations === 'all' || operation !== 'embeddings') &&
    !(except?.provider === provider && except.streamed === streamed)
  );
}

function describeCase(scene: Scene, fault: FaultName | null, index: number): FaultCase {
  const { sdk, operation, streamed, retries } = scene;
  const row: FaultDefinition | null = fault === null ? null : FAULTS[fault];
  const mode = streamed ? 'streamed' : 'whole';
  return {
    ...scene,
    name: `${sdk} ${operation} ${mode}, ${retries === 'none' ? 'no retries' : 'default retries'}: ${fault ?? 'healthy'}`,
    model: modelOf(operation, index),
    fault,
    parameters: (fault && PARAMETERS[fault]) ?? {},
    want: row?.requires ?? 'prose',
    reason: (fault && expectedReason(fault, { streamed })) ?? 'ok',
    anomaly: inMode(row?.expectsAnomaly ?? null, streamed),
    exceeds: inMode(row?.exceeds ?? null, streamed),
    timeout: fault === null ? undefined : TIMEOUTS[fault],
  };
}

/** The whole matrix: every fault of the catalogue and no fault, on every SDK, in every mode in which it exists. */
export const FAULT_CASES: readonly FaultCase[] = SCENES.flatMap((scene) =>
  [null, ...FAULT_NAMES]
    .filter((fault) => fault === null || isPlayable(fault, scene))
    .map((fault) => ({ scene, fault })),
).map(({ scene, fault }, index) => describeCase(scene, fault, index));
