/** What a call may take before its answer counts as degraded. An absent field is no limit. */
export interface Budget {
  /** From the call to the first output chunk of a streamed answer, ms. */
  readonly firstChunkMs?: number;
  /** From the call to its end, ms. */
  readonly totalMs?: number;
  /** Longest silence between two output chunks, ms. */
  readonly gapMs?: number;
  /** Least output rate of a streamed answer, tokens per second. */
  readonly outputTokensPerSecond?: number;
}

/** A budget for the calls that all the given selectors fit; without any, for every call. */
export interface BudgetRule extends Budget {
  readonly useCase?: string;
  readonly provider?: string;
  readonly model?: string;
}

/** What the rules are matched with. */
export interface BudgetSubject {
  readonly useCase: string | undefined;
  readonly provider: string;
  readonly model: string | undefined;
}

/** A wrong guess costs a few microseconds; a map that grew with every model name that an application makes up would cost memory. */
const MOST_MEMOISED = 1000;

/**
 * Finds a call's budget. All rules that fit the call are laid over each other, field by field: a rule for its use case
 * beats one for its model, which beats one for its provider; among equals the later rule wins.
 */
export function createBudgetMatcher(rules: readonly BudgetRule[]): (subject: BudgetSubject) => Budget {
  const leastSpecificFirst = rules.toSorted((one, other) => specificity(one) - specificity(other));
  const memo = new Map<string, Budget>();
  return (subject) => {
    const key = JSON.stringify([subject.useCase, subject.provider, subject.model]);
    const known = memo.get(key);
    if (known) return known;
    if (memo.size >= MOST_MEMOISED) memo.clear();
    const budget = leastSpecificFirst.filter((rule) => fits(rule, subject)).reduce<Budget>(overlay, {});
    memo.set(key, budget);
    return budget;
  };
}

const specificity = (rule: BudgetRule): number =>
  (rule.useCase === undefined ? 0 : 4) + (rule.model === undefined ? 0 : 2) + (rule.provider === undefined ? 0 : 1);

const fits = (rule: BudgetRule, subject: BudgetSubject): boolean =>
  (rule.useCase === undefined || rule.useCase === subject.useCase) &&
  (rule.model === undefined || rule.model === subject.model) &&
  (rule.provider === undefined || rule.provider === subject.provider);

const overlay = (
  under: Budget,
  { useCase: _useCase, provider: _provider, model: _model, ...budget }: BudgetRule,
): Budget => ({
  ...under,
  ...budget,
});
