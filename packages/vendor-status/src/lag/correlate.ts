import type { Declaration, Evidence, Hurt, Moment } from './evidence.ts';

/** One incident, from both sides. All durations are seconds. */
export type Correlation =
  /** The vendor posted, and calls were hurt. */
  | {
      readonly kind: 'posted';
      readonly declaration: Declaration;
      /** The first one is where it began. */
      readonly hurts: readonly [Hurt, ...Hurt[]];
      /** From the onset in the application's metrics to the vendor's first post: negative where the vendor was first. */
      readonly lag: Lag;
      /** From the onset to the beginning that the vendor claims; `null` where it claims none. */
      readonly claimedLag: number | null;
    }
  /** Calls were hurt, and the page, which was read meanwhile, never said so. */
  | {
      readonly kind: 'never_posted';
      readonly hurt: Hurt;
      readonly vendor: string;
      /** Unix time in seconds. */
      readonly lastRead: number;
      /** Longest time from the onset on in which the page could not be read. */
      readonly longestBlind: number;
    }
  /** Calls were hurt, and no page of the provider was read from then on: what it said is unknown. */
  | { readonly kind: 'not_read'; readonly hurt: Hurt }
  /** The vendor posted, and calls were as usual. */
  | { readonly kind: 'saw_nothing'; readonly declaration: Declaration }
  /** The vendor posted, and there were no calls that could have seen anything. */
  | { readonly kind: 'no_calls'; readonly declaration: Declaration };

export interface Lag {
  readonly seconds: number;
  /** What it is at least and at most, by how often both sides were looked at; `null` where there is no bound. */
  readonly least: number | null;
  readonly most: number | null;
}

/** An incident may be posted after the calls have recovered, and calls may be hurt before and after what is declared. */
export const DEFAULT_SLACK_SECONDS = 3600;

/** Lays what the vendors declared beside what the application saw, in order of time. Pure. */
export function correlate(evidence: Evidence, slackSeconds: number = DEFAULT_SLACK_SECONDS): readonly Correlation[] {
  const declared = evidence.declarations.map((declaration): Correlation => {
    const hurts = evidence.hurts.filter((hurt) => belongTogether(hurt, declaration, slackSeconds));
    const [first, ...others] = hurts.toSorted((a, b) => a.onset.at - b.onset.at);
    if (first === undefined) return { kind: declaration.callsMeanwhile > 0 ? 'saw_nothing' : 'no_calls', declaration };
    const { claimedStart } = declaration;
    return {
      kind: 'posted',
      declaration,
      hurts: [first, ...others],
      lag: lagBetween(first.onset, declaration.firstPost),
      claimedLag: claimedStart === null ? null : claimedStart - first.onset.at,
    };
  });
  const explained = new Set(declared.flatMap((one) => (one.kind === 'posted' ? one.hurts : [])));
  const undeclared = evidence.hurts.filter((hurt) => !explained.has(hurt)).map((hurt) => withoutPost(hurt, evidence));
  return [...declared, ...undeclared].toSorted((a, b) => beginningOf(a) - beginningOf(b));
}

/** Whether a model's id begins with a name in whole tokens: `gpt-5` names `gpt-5-mini`, but neither `gpt-50` nor `gpt-5.6`. */
export function isNamed(model: string, names: Declaration['models']): boolean {
  if (names === 'unclear') return true;
  return names.some((name) => model === name || (model.startsWith(name) && !/^[\w.]/.test(model.slice(name.length))));
}

function belongTogether(hurt: Hurt, declaration: Declaration, slack: number): boolean {
  const { firstPost, claimedStart } = declaration;
  const begin = Math.min(firstPost.at, claimedStart ?? Infinity);
  return (
    declaration.providers.includes(hurt.provider) &&
    isNamed(hurt.model, declaration.models) &&
    begin <= (hurt.end ?? Infinity) + slack &&
    (declaration.end ?? Infinity) >= hurt.onset.at - slack
  );
}

function lagBetween(onset: Moment, post: Moment): Lag {
  return {
    seconds: post.at - onset.at,
    least: post.after === null ? null : post.after - onset.at,
    most: onset.after === null ? null : post.at - onset.after,
  };
}

function withoutPost(hurt: Hurt, { readings, to }: Evidence): Correlation {
  const page = readings.find(({ providers }) => providers.includes(hurt.provider));
  const since = (page?.times ?? []).filter((time) => time >= hurt.onset.at);
  const lastRead = since.at(-1);
  if (page === undefined || lastRead === undefined) return { kind: 'not_read', hurt };
  const edges = [hurt.onset.at, ...since, to];
  const blind = edges.slice(1).map((time, index) => time - (edges[index] ?? time));
  return { kind: 'never_posted', hurt, vendor: page.vendor, lastRead, longestBlind: Math.max(0, ...blind) };
}

function beginningOf(one: Correlation): number {
  switch (one.kind) {
    case 'posted':
      return Math.min(one.hurts[0].onset.at, one.declaration.firstPost.at);
    case 'never_posted':
    case 'not_read':
      return one.hurt.onset.at;
    case 'saw_nothing':
    case 'no_calls':
      return one.declaration.firstPost.at;
  }
}
