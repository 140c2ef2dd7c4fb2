import type { ActiveFault } from '../faults/active-fault.ts';
import type { ProviderName } from '../endpoint.ts';
import type { LabelledFault } from '../faults/choose-fault.ts';
import type { PageEntry } from '../status-page/page-entry.ts';

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
  /** What the vendors' status pages say, in order of time; a page of which nothing is said is operational throughout. */
  readonly statusPages?: Readonly<Partial<Record<ProviderName, readonly PageEntry[]>>>;
  /** Milliseconds after which the schedule begins anew; left out, the last phase lasts for ever. */
  readonly repeatEveryMs?: number;
}

/** The phase that a schedule is in after so many milliseconds, or `null` before the first. */
export function phaseAt(schedule: Schedule, elapsedMs: number): Phase | null {
  const time = elapsedMs - roundBegin(schedule, elapsedMs);
  return schedule.phases.findLast((phase) => phase.atMs <= time) ?? null;
}

/** When the present round of a schedule that repeats itself began, in milliseconds since the first one did. */
export function roundBegin({ repeatEveryMs }: Schedule, elapsedMs: number): number {
  return repeatEveryMs === undefined ? 0 : elapsedMs - (elapsedMs % repeatEveryMs);
}

/** The same schedule, slower or faster: all its times are multiplied; how long each fault delays a reply stays as it is. */
export function stretchSchedule(schedule: Schedule, factor: number): Schedule {
  const { phases, repeatEveryMs, statusPages } = schedule;
  const stretched = Object.entries(statusPages ?? {}).map(([provider, entries]) => [
    provider,
    entries.map((entry) => stretchEntry(entry, factor)),
  ]);
  return {
    ...schedule,
    phases: phases.map((phase) => ({ ...phase, atMs: phase.atMs * factor })),
    ...(repeatEveryMs === undefined ? {} : { repeatEveryMs: repeatEveryMs * factor }),
    ...(statusPages === undefined ? {} : { statusPages: Object.fromEntries(stretched) as typeof statusPages }),
  };
}

const STRETCHED = ['atMs', 'untilMs', 'startedAtMs', 'datedAtMs'] as const;

function stretchEntry(entry: PageEntry, factor: number): PageEntry {
  const times: Partial<Record<(typeof STRETCHED)[number], number>> = entry;
  const stretched = STRETCHED.flatMap((key) => (times[key] === undefined ? [] : [[key, times[key] * factor]]));
  return { ...entry, ...(Object.fromEntries(stretched) as object) };
}

/** A phase's faults, with labels that are the same in every run. */
export function labelPhase(phase: Phase | null): LabelledFault[] {
  return (phase?.faults ?? []).map((active, index) => ({ label: `${phase?.name}@${phase?.atMs}/${index}`, active }));
}
