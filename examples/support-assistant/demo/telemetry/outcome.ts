/** What a call was worth, in the words of the verdict table (docs/reference/verdicts.md). */
export interface Outcome {
  readonly verdict: string;
  readonly reason: string;
  readonly fault: string;
  readonly transport: string;
}

export interface Shares {
  /** Calls whose last attempt got a 2xx status, over all calls: what uptime monitoring sees. */
  readonly transportUpShare: number | null;
  readonly usableShare: number | null;
  readonly degradedShare: number | null;
  readonly unusableShare: number | null;
  /** Calls with transport up, the vendor's fault and no usable answer, over calls with transport up. */
  readonly brownoutShare: number | null;
}

/** Calls that the application cancelled, or got wrong itself, say nothing about the vendor. */
export function isJudged({ verdict, fault }: Outcome): boolean {
  return verdict !== 'cancelled' && fault !== 'caller';
}

export function isBrownout(outcome: Outcome): boolean {
  return isJudged(outcome) && outcome.transport === 'up' && outcome.fault === 'vendor' && outcome.verdict !== 'usable';
}

/** Shares from 0 to 1; `null` where there was no call to divide by. */
export function sharesOf(counted: readonly (Outcome & { readonly count: number })[]): Shares {
  const judged = counted.filter(isJudged);
  const sum = (matches: (outcome: Outcome) => boolean) =>
    judged.reduce((total, outcome) => total + (matches(outcome) ? outcome.count : 0), 0);
  const all = sum(() => true);
  const up = sum(({ transport }) => transport === 'up');
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  return {
    transportUpShare: share(up, all),
    usableShare: share(
      sum(({ verdict }) => verdict === 'usable'),
      all,
    ),
    degradedShare: share(
      sum(({ verdict }) => verdict === 'degraded'),
      all,
    ),
    unusableShare: share(
      sum(({ verdict }) => verdict === 'unusable'),
      all,
    ),
    brownoutShare: share(sum(isBrownout), up),
  };
}
