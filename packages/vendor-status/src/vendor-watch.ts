import { FORMATS } from './adapters/formats.ts';
import type { DocumentFormat, Format } from './adapters/format.ts';
import { DEFAULT_LIMITS, fetchPage, type FetchLimits } from './fetch-page.ts';
import type { TrackedIncident } from './incident.ts';
import { detectChanges, type IncidentChange, NO_HISTORY } from './incident-changes.ts';
import { type Reading, type Snapshot, understood, unknown } from './snapshot.ts';
import type { Vendor } from './vendors.ts';

/** What is known of a vendor now. Every poll but an understood one makes it unknown. */
export type Knowledge =
  | {
      readonly kind: 'known';
      readonly snapshot: Snapshot;
      /** What was wrong with documents that only add detail. */
      readonly notes: readonly string[];
    }
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
  /** How many milliseconds the vendor asks not to be read again. */
  readonly waitMs: number;
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
  const documents = format.documents.map((document) => watchDocument(vendor, document, limits, now));
  let knowledge: Knowledge = { kind: 'unknown', problems: ['not read yet'] };
  let history = NO_HISTORY;
  let lastSuccess: number | null = null;
  let failures = 0;
  let waitMs = 0;

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
    get waitMs() {
      return waitMs;
    },
    async poll() {
      const answers = await Promise.all(documents.map((read) => read()));
      waitMs = Math.max(...answers.map((answer) => answer.waitMs));
      const at = now();
      const readings = answers.map(({ reading }) => reading);
      const reading = readPage(format, readings, vendor, at);
      if (reading.kind === 'unknown') {
        knowledge = reading;
        failures += 1;
        return [];
      }
      const snapshot = reading.content;
      knowledge = { kind: 'known', snapshot, notes: problemsOf(readings) };
      lastSuccess = at / 1000;
      failures = 0;
      if (snapshot.incidents === null) return [];
      const compared = detectChanges(history, snapshot.incidents, at);
      history = compared.history;
      return compared.changes;
    },
  };
}

function readPage(
  format: Format,
  readings: readonly Reading<unknown>[],
  vendor: Vendor,
  now: number,
): Reading<Snapshot> {
  const problems = problemsOf(readings.filter((_, index) => format.documents[index]?.optional !== true));
  if (problems.length > 0) return unknown(...problems);
  const page = format.read(
    readings.map((reading) => (reading.kind === 'understood' ? reading.content : null)),
    vendor,
  );
  if (page.kind === 'unknown' || vendor.staleAfterMs === undefined) return page;
  const { writtenAt } = page.content;
  if (writtenAt === null) return unknown('date: the page has none, so it cannot be told how old it is');
  const age = now - writtenAt;
  return age > vendor.staleAfterMs ? unknown(`date: the page was written ${Math.round(age / 60_000)} min ago`) : page;
}

const problemsOf = (readings: readonly Reading<unknown>[]): readonly string[] =>
  readings.flatMap((reading) => (reading.kind === 'unknown' ? reading.problems : []));

interface DocumentAnswer {
  readonly reading: Reading<unknown>;
  readonly waitMs: number;
}

/** Reads one document each time it is called; one that is unchanged gives what it gave before. */
function watchDocument(
  vendor: Vendor,
  document: DocumentFormat<unknown>,
  limits: FetchLimits,
  now: () => number,
): () => Promise<DocumentAnswer> {
  const { path, type, maxBytes = limits.bytes } = document;
  const url = vendor.elsewhere?.[path] ?? `${vendor.url}${path}`;
  let before: { readonly content: unknown; readonly etag: string | null } | null = null;
  const placed = (problems: readonly string[]) =>
    unknown(...problems.map((problem) => (path === '' ? problem : `${path} ${problem}`)));
  return async () => {
    const request = { url, type, etag: before?.etag ?? null };
    const fetched = await fetchPage(request, { ...limits, bytes: maxBytes }, now);
    const { waitMs } = fetched;
    switch (fetched.kind) {
      case 'failed':
        return { reading: placed([fetched.problem]), waitMs };
      case 'unchanged':
        return { reading: before === null ? placed(['status line: 304']) : understood(before.content), waitMs };
      case 'page': {
        const reading = document.parse(fetched.text, vendor);
        if (reading.kind === 'unknown') return { reading: placed(reading.problems), waitMs };
        before = { content: reading.content, etag: fetched.etag };
        return { reading, waitMs };
      }
    }
  };
}
