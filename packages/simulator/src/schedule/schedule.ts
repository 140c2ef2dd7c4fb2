import type { ActiveFault } from '../faults/active-fault.ts';
import type { LabelledFault } from '../faults/choose-fault.ts';

/** A stretch of time with its faults. It lasts until the next phase begins. */
export interface Phase {
  readonly name: string;
  /** Milliseconds since the schedule began. */
  readonly atMs: number;
  readonly faults: readonly ActiveFault[];
}

/** Time → faults: what a brownout was, so that it can be played again. */
export interface Schedule {
  readonly name: string;
  /** Used where the simulator was given no seed of its own. */
  readonly seed?: number;
  /** In order of time. Before the first phase everything is healthy. */
  readonly phases: readonly Phase[];
  /** Milliseconds after which the schedule begins anew; left out, the last phase lasts for ever. */
  readonly repeatEveryMs?: number;
}

/** The phase that a schedule is in after so many milliseconds, or `null` before the first. */
export function phaseAt(schedule: Schedule, elapsedMs: number): Phase | null {
  const time = schedule.repeatEveryMs === undefined ? elapsedMs : elapsedMs % schedule.repeatEveryMs;
  return schedule.phases.findLast((phase) => phase.atMs <= time) ?? null;
}

/** A phase's faults, with labels that are the same in every run. */
export function labelPhase(phase: Phase | null): LabelledFault[] {
  return (phase?.faults ?? []).map((active, index) => ({ label: `${phase?.name}@${phase?.atMs}/${index}`, active }));
}
