import { runNode, scriptApplication } from './run-process.ts';
import type { Bench } from './run-process.ts';
import { quartiles } from './statistics.ts';
import type { Quartiles } from './statistics.ts';

/** What has to be done to watch a call, each step on its own and without any code of ours. */
export const FLOOR = {
  reaction: { unit: 'chunk', title: 'one more promise reaction, to see a chunk before the application does' },
  decode: { unit: 'chunk', title: 'TextDecoder: its 330 bytes to text' },
  frame: { unit: 'chunk', title: 'eventsource-parser: the text to one event' },
  parse: { unit: 'chunk', title: 'JSON.parse of the event' },
  measurement: { unit: 'chunk', title: 'one measurement with 3 attributes, in the OpenTelemetry SDK' },
  measurements: { unit: 'call', title: '8 measurements with 7 attributes, in the OpenTelemetry SDK' },
  spans: { unit: 'call', title: '2 spans, of the call (25 attributes) and of its attempt (6)' },
  log: { unit: 'call', title: '1 log record with 25 attributes' },
} as const satisfies Record<string, { readonly unit: 'call' | 'chunk'; readonly title: string }>;

export type FloorStep = keyof typeof FLOOR;

export interface FloorRow {
  readonly step: FloorStep;
  /** Processor time, µs each time. */
  readonly cpu: Quartiles;
}

export async function measureFloor(bench: Bench, progress: (text: string) => void): Promise<FloorRow[]> {
  progress('the floor: what each step costs on its own');
  const measured = await runNode(bench.port, [scriptApplication(bench, 'floor-workload.ts')]);
  const rounds = measured as Readonly<Record<FloorStep, readonly number[]>>;
  return (Object.keys(FLOOR) as FloorStep[]).map((step) => ({ step, cpu: quartiles(rounds[step]) }));
}
