import { DEFAULT_LIMITS, fetchPage, type FetchLimits } from './fetch-page.ts';
import { readStatuspage } from './read-statuspage.ts';
import type { Snapshot } from './snapshot.ts';
import type { Vendor } from './vendors.ts';

/** What is known of a vendor now. Every poll but an understood one makes it unknown. */
export type Knowledge =
  | { readonly kind: 'known'; readonly snapshot: Snapshot }
  | { readonly kind: 'unknown'; readonly problems: readonly string[] };

export interface VendorWatch {
  readonly vendor: Vendor;
  readonly knowledge: Knowledge;
  /** Unix time in seconds of the last poll that was understood; `null` before the first. */
  readonly lastSuccess: number | null;
  /** How many polls in a row were not understood. */
  readonly failures: number;
  /** Reads the page once; never rejects. */
  poll(): Promise<void>;
}

/** Watches one page. `now` gives milliseconds since the epoch. */
export function watchVendor(
  vendor: Vendor,
  now: () => number = Date.now,
  limits: FetchLimits = DEFAULT_LIMITS,
): VendorWatch {
  let knowledge: Knowledge = { kind: 'unknown', problems: ['not read yet'] };
  let lastUnderstood: { readonly snapshot: Snapshot; readonly etag: string | null } | null = null;
  let lastSuccess: number | null = null;
  let failures = 0;

  const understood = (snapshot: Snapshot, etag: string | null): void => {
    knowledge = { kind: 'known', snapshot };
    lastUnderstood = { snapshot, etag };
    lastSuccess = now() / 1000;
    failures = 0;
  };
  const notUnderstood = (problems: readonly string[]): void => {
    knowledge = { kind: 'unknown', problems };
    failures += 1;
  };

  return {
    vendor,
    get knowledge() {
      return knowledge;
    },
    get lastSuccess() {
      return lastSuccess;
    },
    get failures() {
      return failures;
    },
    async poll() {
      const before = lastUnderstood;
      const fetched = await fetchPage(vendor.url, before?.etag ?? null, limits);
      switch (fetched.kind) {
        case 'failed':
          return notUnderstood([fetched.problem]);
        case 'unchanged':
          return before === null ? notUnderstood(['status line: 304']) : understood(before.snapshot, before.etag);
        case 'page': {
          const reading = readStatuspage(fetched.text, vendor.components);
          return reading.kind === 'understood'
            ? understood(reading.snapshot, fetched.etag)
            : notUnderstood(reading.problems);
        }
      }
    },
  };
}
