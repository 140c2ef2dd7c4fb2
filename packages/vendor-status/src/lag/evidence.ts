/** When something happened, as closely as it is known. Unix time in seconds. */
export interface Moment {
  /** Not later than this. */
  readonly at: number;
  /** Later than this, or the same as `at` where it is known exactly; `null`: it may have been any time before. */
  readonly after: number | null;
}

/** A time in which calls to a model were hurt by its vendor, by the application's own metrics. */
export interface Hurt {
  /** `gen_ai.provider.name` */
  readonly provider: string;
  /** `gen_ai.request.model` */
  readonly model: string;
  readonly onset: Moment;
  /** Unix time in seconds; `null` while it goes on. */
  readonly end: number | null;
  readonly calls: number;
  /** Those of them that the vendor spoiled. */
  readonly hurtCalls: number;
}

/** Trouble that a vendor declared on its status page. */
export interface Declaration {
  /** `brownout.vendor` */
  readonly vendor: string;
  /** `gen_ai.provider.name` of the APIs that it is about. */
  readonly providers: readonly string[];
  /** How the ids of the models that it names begin, in whole tokens. */
  readonly models: readonly string[] | 'unclear';
  /** These three are `null` where only metrics are known: they carry no text. */
  readonly id: string | null;
  readonly name: string | null;
  readonly url: string | null;
  readonly firstPost: Moment;
  /** When it began, as the vendor claims, often afterwards; `null` where it claims nothing. Unix time in seconds. */
  readonly claimedStart: number | null;
  /** Unix time in seconds; `null` while it is open. */
  readonly end: number | null;
  /** Calls to its providers between its beginning and its end, however they went. */
  readonly callsMeanwhile: number;
}

/** When a vendor's status page was read and understood. */
export interface Readings {
  readonly vendor: string;
  readonly providers: readonly string[];
  /** Unix times in seconds, in order. */
  readonly times: readonly number[];
}

/** What an application saw of its vendors and what their status pages said, in one stretch of time. */
export interface Evidence {
  /** Unix time in seconds. */
  readonly from: number;
  readonly to: number;
  readonly hurts: readonly Hurt[];
  readonly declarations: readonly Declaration[];
  readonly readings: readonly Readings[];
}
