/** What one policy of the application is called. */
export interface PolicyName {
  readonly name: string;
  /** Gives its number free for another; done by itself once the policy was collected. */
  readonly release: () => void;
}

export type PolicyNames = (policy: object, prefix: string, given: string | undefined) => PolicyName;

/**
 * Names policies: as the application does, else by a running number behind a prefix. The number of one that is gone is
 * given again, so that they stay few. No policy is kept alive.
 */
export function createPolicyNames(): PolicyNames {
  const known = new WeakMap<object, PolicyName>();
  const numbers = createNumbers();
  const collected = new FinalizationRegistry<() => void>((release) => release());
  return (policy, prefix, given) => {
    const before = known.get(policy);
    if (before !== undefined) return before;
    const named = given === undefined ? numbered(prefix) : { name: given, release: () => undefined };
    known.set(policy, named);
    if (given === undefined) collected.register(policy, named.release);
    return named;
  };

  function numbered(prefix: string): PolicyName {
    const number = numbers.take(prefix);
    let isTaken = true;
    return {
      name: `${prefix}-${number}`,
      release() {
        if (isTaken) numbers.free(prefix, number);
        isTaken = false;
      },
    };
  }
}

/** Running numbers from 1 for each prefix. */
function createNumbers(): { take(prefix: string): number; free(prefix: string, number: number): void } {
  const last = new Map<string, number>();
  const free = new Map<string, number[]>();
  return {
    take(prefix) {
      const reused = free.get(prefix)?.pop();
      if (reused !== undefined) return reused;
      const next = (last.get(prefix) ?? 0) + 1;
      last.set(prefix, next);
      return next;
    },
    free(prefix, number) {
      const numbers = free.get(prefix);
      if (numbers === undefined) free.set(prefix, [number]);
      else numbers.push(number);
    },
  };
}
