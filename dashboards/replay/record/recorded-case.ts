import { expectedReason, FAULT_NAMES, FAULTS } from '@brownout/simulator';
import type { FaultDefinition, FaultName, ParameterValues } from '@brownout/simulator';

/** One kind of call that is recorded: a fault of the simulator, or none, streamed or whole. */
export interface RecordedCase {
  /** `null` is a healthy call. */
  readonly fault: FaultName | null;
  readonly streaming: boolean;
  readonly parameters: ParameterValues;
  readonly want: 'prose' | 'tools' | 'structured_output';
  /** How long the client waits for an attempt, in milliseconds; left to the SDK where it is not given. */
  readonly timeout?: number;
}

/** A client that waits as long as is usual for an answer. */
const PATIENCE_MS = 30_000;

/** Longer than the default budgets (10 s for a first chunk and for a gap, 120 s in all) where the catalogue's own are not. */
const PARAMETERS: Partial<
  Readonly<Record<FaultName, { readonly streamed?: ParameterValues; readonly whole?: ParameterValues }>>
> = {
  late_headers: { whole: { delayMs: 125_000 } },
  stall: { streamed: { closeAfterMs: PATIENCE_MS } },
  pings_only: { streamed: { closeAfterMs: PATIENCE_MS } },
};

const TIMEOUTS: Partial<Readonly<Record<FaultName, number>>> = { no_headers: PATIENCE_MS };

function recordedCase(fault: FaultName, streaming: boolean): RecordedCase {
  const { requires = 'prose' }: FaultDefinition = FAULTS[fault];
  const timeout = TIMEOUTS[fault];
  return {
    fault,
    streaming,
    want: requires,
    parameters: PARAMETERS[fault]?.[streaming ? 'streamed' : 'whole'] ?? {},
    ...(timeout !== undefined && { timeout }),
  };
}

/** Every fault in every mode in which it exists, and none. */
export const RECORDED_CASES: readonly RecordedCase[] = [true, false].flatMap((streaming) => [
  { fault: null, streaming, parameters: {}, want: 'prose' },
  ...FAULT_NAMES.filter((fault) => expectedReason(fault, { streamed: streaming }) !== null).map((fault) =>
    recordedCase(fault, streaming),
  ),
]);

export const caseName = ({ fault, streaming }: Pick<RecordedCase, 'fault' | 'streaming'>): string =>
  `${fault ?? 'healthy'} ${streaming ? 'streamed' : 'whole'}`;
