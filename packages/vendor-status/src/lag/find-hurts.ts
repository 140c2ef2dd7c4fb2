import type { Moment } from './evidence.ts';

/** The cumulative counters of one process about one model, at one time. */
export interface CountSample {
  /** Unix time in seconds. */
  readonly at: number;
  /** Calls that say something about the vendor: neither cancelled nor spoiled by the caller. */
  readonly calls: number;
  /** Those of them that the vendor spoiled. */
  readonly hurtCalls: number;
}

/** What was counted between two samples, and when: `after` is `null` where it may have been before the first one. */
export interface Increase extends Moment {
  readonly calls: number;
  readonly hurtCalls: number;
}

/**
 * Calls are hurt while at least `leastShare` of those of the last `windowSeconds`, and of at least `leastCalls` of them,
 * are spoiled by the vendor. It began with the first such call of the first such window, and ended with the last one of
 * the last; two with less than a window between them are one. The demo has the same rule, with seconds for minutes.
 */
export interface HurtRule {
  readonly windowSeconds: number;
  readonly leastCalls: number;
  /** From 0 to 1. */
  readonly leastShare: number;
}

export const DEFAULT_RULE: HurtRule = { windowSeconds: 300, leastCalls: 20, leastShare: 0.1 };

export interface Spell {
  readonly onset: Moment;
  /** Unix time in seconds; `null` while it goes on. */
  readonly end: number | null;
  readonly calls: number;
  readonly hurtCalls: number;
}

/**
 * What was counted from sample to sample. A counter that is lower than before began anew at 0 with its process. Where
 * samples are missing, what was counted meanwhile is known by its sum alone, and `after` says since when.
 */
export function increasesOf(samples: readonly CountSample[]): readonly Increase[] {
  return samples.slice(1).flatMap((now, index): readonly Increase[] => {
    const before = samples[index];
    if (before === undefined) return [];
    const isReset = now.calls < before.calls || now.hurtCalls < before.hurtCalls;
    const base = isReset ? { calls: 0, hurtCalls: 0 } : before;
    // What was spoiled before anybody looked may have been spoiled just then.
    const after = index === 0 && before.hurtCalls > 0 ? null : before.at;
    return [{ at: now.at, after, calls: now.calls - base.calls, hurtCalls: now.hurtCalls - base.hurtCalls }];
  });
}

/** Adds up what several processes counted, by time. Where calls were hurt, `after` is that of the processes that saw it. */
export function addUp(processes: readonly (readonly Increase[])[]): readonly Increase[] {
  const byTime = Map.groupBy(processes.flat(), ({ at }) => at);
  return [...byTime]
    .map(([at, increases]): Increase => {
      const hurt = increases.filter(({ hurtCalls }) => hurtCalls > 0);
      const times = (hurt.length > 0 ? hurt : increases).map(({ after }) => after);
      return {
        at,
        after: times.includes(null) ? null : Math.min(...times.map(Number)),
        calls: increases.reduce((sum, { calls }) => sum + calls, 0),
        hurtCalls: increases.reduce((sum, { hurtCalls }) => sum + hurtCalls, 0),
      };
    })
    .toSorted((a, b) => a.at - b.at);
}

/** @param now Unix time in seconds: a window that reaches up to here has not ended yet */
export function findHurts(increases: readonly Increase[], rule: HurtRule, now: number): readonly Spell[] {
  const spells: { first: number; last: number }[] = [];
  let begin = 0;
  let calls = 0;
  let hurtCalls = 0;
  for (const [index, increase] of increases.entries()) {
    calls += increase.calls;
    hurtCalls += increase.hurtCalls;
    while ((increases[begin]?.at ?? Infinity) <= increase.at - rule.windowSeconds) {
      calls -= increases[begin]?.calls ?? 0;
      hurtCalls -= increases[begin]?.hurtCalls ?? 0;
      begin += 1;
    }
    if (hurtCalls === 0 || calls < rule.leastCalls || hurtCalls / calls < rule.leastShare) continue;
    const isHurt = ({ hurtCalls: count }: Increase) => count > 0;
    const first = begin + increases.slice(begin, index + 1).findIndex(isHurt);
    const last = begin + increases.slice(begin, index + 1).findLastIndex(isHurt);
    const spell = spells.at(-1);
    const between = timeAt(increases, first) - timeAt(increases, spell?.last ?? -1);
    if (spell !== undefined && between < rule.windowSeconds) spell.last = Math.max(spell.last, last);
    else spells.push({ first, last });
  }
  return spells.flatMap(({ first, last }): readonly Spell[] => {
    const onset = increases[first];
    if (onset === undefined) return [];
    const inside = increases.slice(first, last + 1);
    const end = timeAt(increases, last);
    return [
      {
        onset: { at: onset.at, after: onset.after },
        end: end + rule.windowSeconds > now ? null : end,
        calls: inside.reduce((sum, one) => sum + one.calls, 0),
        hurtCalls: inside.reduce((sum, one) => sum + one.hurtCalls, 0),
      },
    ];
  });
}

const timeAt = (increases: readonly Increase[], index: number): number => increases[index]?.at ?? -Infinity;
