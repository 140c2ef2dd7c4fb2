/** An incident as a status page tells it. Times are milliseconds since the epoch, `null` where the page gives none. */
export interface Incident {
  readonly id: string;
  readonly name: string;
  /** On Statuspage's scale, in the page's own word; `none` does not mean that nothing is wrong. */
  readonly impact: string;
  /** In the page's own words. */
  readonly status: string;
  readonly isOpen: boolean;
  readonly url: string | null;
  /** When it began: the vendor's claim, often made afterwards. */
  readonly startedAt: number | null;
  /** When the vendor first posted it, by the vendor's clock. */
  readonly postedAt: number | null;
  readonly updatedAt: number | null;
  readonly resolvedAt: number | null;
  /** Of those that back an API, the ones that it names; empty where it names none at all. */
  readonly components: readonly string[];
  /** `gen_ai.provider.name` of the APIs that it concerns: all of the vendor's where it names no component. */
  readonly providers: readonly string[];
  /** How the ids of the models that its text names begin, in whole tokens (`claude-sonnet-5`). */
  readonly models: readonly string[] | 'unclear';
}

/** An incident and when this process saw it. */
export interface TrackedIncident extends Incident {
  /** By our clock. */
  readonly firstSeenAt: number;
  /** It was listed when the page was first read, so it may have been there for long. */
  readonly wasThereAtStart: boolean;
}
