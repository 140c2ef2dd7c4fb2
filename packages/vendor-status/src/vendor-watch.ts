import { FORMATS } from './adapters/formats.ts';
import type { DocumentFormat, Format } from './adapters/format.ts';
import { combineParts } from './combine-parts.ts';
import { DEFAULT_LIMITS, fetchPage, type FetchLimits } from './fetch-page.ts';
import type { TrackedIncident } from './incident.ts';
import { detectChanges, type IncidentChange, NO_HISTORY } from './incident-changes.ts';
import { type Part, type Reading, type Snapshot, understood, unknown } from './snapshot.ts';
import type { Vendor } from './vendors.ts';

/** What is known of a vendor now. Every poll but an understood one makes it unknown. */
export type Knowledge =
  | { readonly kind: 'known'; readonly snapshot: Snapshot }
  | { readonly kind: 'unknown'; readonly problems: readonly string[] };

export interface VendorWatch {
  readonly vendor: Vendor;
  readonly knowledge: Knowledge;
  /** Every incident that was read, also while the status is unknown. */
  readonly incidents: readonly TrackedIncident[];
  /** Unix time in seconds of the last poll that was understood; `null` before the first. */
  readonly lastSuccess: number | null;
  /** How many polls in a row were not understood. */
  readonly failures: number;
  /** Reads the page once and resolves with what happened to its incidents; never rejects. */
  poll(): Promise<readonly IncidentChange[]>;
}

/** Watches one vendor's page. `now` gives milliseconds since the epoch. */
export function watchVendor(
  vendor: Vendor,
  now: () => number = Date.now,
  limits: FetchLimits = DEFAULT_LIMITS,
): VendorWatch {
  const format: Format = FORMATS[vendor.format];
  const documents = format.documents.map((document) => watchDocument(vendor, document, limits));
  let knowledge: Knowledge = { kind: 'unknown', problems: ['not read yet'] };
  let history = NO_HISTORY;
  let lastSuccess: number | null = null;
  let failures = 0;

  return {
    vendor,
    get knowledge() {
      return knowledge;
    },
    get incidents() {
      return history.incidents;
    },
    get lastSuccess() {
      return lastSuccess;
    },
    get failures() {
      return failures;
    },
    async poll() {
      const readings = await Promise.all(documents.map((read) => read()));
      const problems = readings.flatMap((reading) => (reading.kind === 'unknown' ? reading.problems : []));
      if (problems.length > 0) {
        knowledge = { kind: 'unknown', problems };
        failures += 1;
        return [];
      }
      const snapshot = combineParts(
        readings.flatMap((reading) => (reading.kind === 'understood' ? [reading.content] : [])),
      );
      const at = now();
      knowledge = { kind: 'known', snapshot };
      lastSuccess = at / 1000;
      failures = 0;
      if (snapshot.incidents === null) return [];
      const compared = detectChanges(history, snapshot.incidents, at);
      history = compared.history;
      return compared.changes;
    },
  };
}

/** Reads one document each time it is called; one that is unchanged gives what it gave before. */
function watchDocument(vendor: Vendor, document: DocumentFormat, limits: FetchLimits): () => Promise<Reading<Part>> {
  let before: { readonly part: Part; readonly etag: string | null } | null = null;
  const placed = (problems: readonly string[]) => unknown(...problems.map((problem) => `${document.path} ${problem}`));
  return async () => {
    const fetched = await fetchPage(`${vendor.url}${document.path}`, before?.etag ?? null, limits);
    switch (fetched.kind) {
      case 'failed':
        return placed([fetched.problem]);
      case 'unchanged':
        return before === null ? placed(['status line: 304']) : understood(before.part);
      case 'page': {
        const reading = document.read(fetched.text, vendor.components);
        if (reading.kind === 'unknown') return placed(reading.problems);
        before = { part: reading.content, etag: fetched.etag };
        return reading;
      }
    }
  };
}
