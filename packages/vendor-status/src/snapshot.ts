import type { Incident } from './incident.ts';

/** What a status page says of a component. The numbers are those of the metric `brownout.vendor.status`. */
export const STATUS_VALUES = {
  operational: 0,
  degraded: 1,
  partial_outage: 2,
  major_outage: 3,
  maintenance: 4,
} as const satisfies Readonly<Record<string, number>>;

export type Status = keyof typeof STATUS_VALUES;

export interface Component {
  readonly name: string;
  readonly status: Status;
  /** `gen_ai.provider.name` of the API that it backs. */
  readonly provider: string;
}

/** What a vendor's documents say, understood. */
export interface Snapshot {
  /** Only those that back an API, and of those only the ones whose status the vendor tells. */
  readonly components: readonly Component[];
  /** Those that concern an API, open and over; `null` where the vendor lists none, which is not the same as none. */
  readonly incidents: readonly Incident[] | null;
  /** When the page says that it was written, in milliseconds since the epoch. Most write it anew at a change only. */
  readonly writtenAt: number | null;
}

/** Something understood, or every reason why it was not, each naming the field. */
export type Reading<Content> =
  | { readonly kind: 'understood'; readonly content: Content }
  | { readonly kind: 'unknown'; readonly problems: readonly string[] };

export const understood = <Content>(content: Content) => ({ kind: 'understood', content }) as const;

/** A page of another kind can have a problem in every row: the first ones tell. */
const MOST_PROBLEMS = 10;

export const unknown = (...problems: readonly string[]) =>
  ({
    kind: 'unknown',
    problems:
      problems.length <= MOST_PROBLEMS
        ? problems
        : [...problems.slice(0, MOST_PROBLEMS), `and ${problems.length - MOST_PROBLEMS} more`],
  }) as const;

export const openIncidents = ({ incidents }: Snapshot): readonly Incident[] =>
  (incidents ?? []).filter(({ isOpen }) => isOpen);
