import type { Part, Reading } from '../snapshot.ts';
import type { Backing } from '../vendors.ts';

/** How a kind of status page is read: one or more documents, all of which have to be understood. */
export interface Format {
  readonly documents: readonly DocumentFormat[];
}

export interface DocumentFormat {
  /** Appended to the vendor's url. */
  readonly path: string;
  /** Pure; any text gives a reading. */
  read(text: string, backing: readonly Backing[]): Reading<Part>;
}
