import type { Declaration, Moment } from './evidence.ts';

/** What a vendor's metrics said at one time. */
export interface DeclaredSample {
  /** Unix time in seconds. */
  readonly at: number;
  /** Whether an incident was open, or a component that backs an API in trouble. */
  readonly isDeclared: boolean;
  /** When the page had been read last; Unix time in seconds. */
  readonly readAt: number;
}

/**
 * The times in which trouble was declared. Samples exist only where the status was known: what is between two of them is
 * not taken for an end. The first post came after the last reading without it, and not after the first one with it.
 */
export function findDeclared(samples: readonly DeclaredSample[]): readonly Pick<Declaration, 'firstPost' | 'end'>[] {
  const spells: { firstPost: Moment; end: number | null }[] = [];
  let before: DeclaredSample | null = null;
  for (const sample of samples) {
    const readAt = Math.min(sample.at, sample.readAt);
    const spell = spells.at(-1);
    if (sample.isDeclared && before?.isDeclared !== true) {
      spells.push({ firstPost: { at: readAt, after: before && Math.min(before.at, before.readAt) }, end: null });
    }
    if (!sample.isDeclared && before?.isDeclared === true && spell !== undefined) spell.end = readAt;
    before = sample;
  }
  return spells;
}
