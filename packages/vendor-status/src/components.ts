import { type Coverage, providersOf } from './coverage.ts';
import type { Incident } from './incident.ts';
import { type Component, type Reading, type Snapshot, type Status, understood, unknown } from './snapshot.ts';

/** A component of the page and its status, whatever it backs. */
export interface NamedStatus {
  readonly name: string;
  readonly status: Status;
}

/** Each is a series of the metric; a page that went wrong must not make more of them. */
const MOST_COMPONENTS = 300;

const SEVERITY: Readonly<Record<Status, number>> = {
  operational: 0,
  maintenance: 1,
  degraded: 2,
  partial_outage: 3,
  major_outage: 4,
};

/** One entry for each API that a component backs; of a component that is named twice, the worse status. */
export function backingComponents(named: readonly NamedStatus[], coverage: Coverage): readonly Component[] {
  const worst = new Map<string, Status>();
  for (const { name, status } of named) {
    const before = worst.get(name);
    if (before === undefined || SEVERITY[status] > SEVERITY[before]) worst.set(name, status);
  }
  return [...worst].flatMap(([name, status]) =>
    providersOf(name, coverage).map((provider) => ({ name, status, provider })),
  );
}

/** A snapshot of a page that lists its components: one that lacks an expected component is not understood. */
export function wholePage(
  named: readonly NamedStatus[],
  incidents: readonly Incident[],
  coverage: Coverage,
  writtenAt: number | null = null,
): Reading<Snapshot> {
  const components = backingComponents(named, coverage);
  if (components.length > MOST_COMPONENTS) {
    return unknown(`components: ${components.length} back an API, and no page is known to have so many`);
  }
  const missing = coverage.components.filter((row) => !components.some(({ name }) => name.startsWith(row.component)));
  if (missing.length === 0) return understood({ components, incidents, writtenAt });
  return unknown(...missing.map(({ component }) => `components: none is named "${component}", which backs an API`));
}
