import type { Coverage } from '../coverage.ts';
import type { Reading, Snapshot } from '../snapshot.ts';

/** How a kind of status page is read: its documents, and what they say together. All functions are pure. */
export interface Format {
  readonly documents: readonly DocumentFormat<unknown>[];
  /** In the order of `documents`; `null` for an optional one that was not understood. */
  read(documents: readonly unknown[], coverage: Coverage): Reading<Snapshot>;
}

export interface DocumentFormat<Content> {
  /** Appended to the vendor's url. */
  readonly path: string;
  readonly type: 'json' | 'xml';
  /** Where the page is known to be larger than others. */
  readonly maxBytes?: number;
  /** It adds detail: where it is not understood, the others still stand. */
  readonly optional?: true;
  /** Takes what is needed out of the text; any text gives a reading. */
  parse(text: string, coverage: Coverage): Reading<Content>;
}

/** Gives `read` the types that the documents have. */
export const formatOf = <const Contents extends readonly unknown[]>(format: {
  readonly documents: { readonly [Index in keyof Contents]: DocumentFormat<Contents[Index]> };
  read(documents: Contents, coverage: Coverage): Reading<Snapshot>;
}): Format => format;
