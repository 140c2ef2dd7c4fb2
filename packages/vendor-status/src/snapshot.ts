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
}

export interface Incident {
  readonly id: string;
  readonly name: string;
  /** In the page's own words; `none` does not mean that nothing is wrong. */
  readonly impact: string;
  /** In the page's own words. */
  readonly status: string;
  readonly url: string | null;
}

/** One page, understood. */
export interface Snapshot {
  /** Only those that back the API. */
  readonly components: readonly Component[];
  /** Those that are open; `null` where the page does not list them, which is not the same as none. */
  readonly incidents: readonly Incident[] | null;
}

/** A page understood, or every reason why it was not, each naming the field. */
export type Reading =
  | { readonly kind: 'understood'; readonly snapshot: Snapshot }
  | { readonly kind: 'unknown'; readonly problems: readonly string[] };

export const unknown = (...problems: readonly string[]): Reading => ({ kind: 'unknown', problems });
