import type { Attempt, BudgetKind, Call } from './call.ts';

/** Which budgets were broken by the time `at`. The clock of the first chunk includes retries and back-off. */
export function brokenBudgets(call: Call, attempt: Attempt | undefined, at: number): readonly BudgetKind[] {
  const { budget, startedAt } = call;
  const broken: BudgetKind[] = [];
  if (call.facts.request.streaming) {
    const firstAt = attempt?.answer.firstOutputAt ?? at;
    if (firstAt - startedAt > (budget.firstChunkMs ?? Infinity)) broken.push('first_chunk');
    if (attempt && longestSilenceMs(attempt, at) > (budget.gapMs ?? Infinity)) broken.push('gap');
  }
  if (at - startedAt > (budget.totalMs ?? Infinity)) broken.push('total');
  const rate = outputRate(call, attempt);
  if (rate !== undefined && rate < (budget.outputTokensPerSecond ?? 0)) broken.push('output_rate');
  return broken;
}

/** From the last output chunk, or from the status line where none came. Heartbeats are silence. */
export function silenceMs(attempt: Attempt, at: number): number {
  const since = attempt.answer.lastOutputAt ?? attempt.headersAt;
  return since === undefined ? 0 : at - since;
}

/**
 * A first chunk that is late but comes is the first-chunk budget's business; silence after the last chunk counts only
 * where the answer did not end by itself.
 */
function longestSilenceMs(attempt: Attempt, at: number): number {
  return attempt.answer.ended ? attempt.answer.maxGapMs : Math.max(attempt.answer.maxGapMs, silenceMs(attempt, at));
}

/** Tokens/s over the streaming phase; below 10 tokens or 100 ms the figure says nothing. */
export function outputRate(call: Call, attempt: Attempt | undefined): number | undefined {
  if (!attempt || !call.facts.request.streaming) return undefined;
  const { usage, firstOutputAt, lastOutputAt } = attempt.answer;
  if (usage.outputTokens === undefined || firstOutputAt === undefined || lastOutputAt === undefined) return undefined;
  const visibleTokens =
    usage.outputTokens - (attempt.answer.reasoningLength > 0 ? 0 : (usage.reasoningOutputTokens ?? 0));
  const seconds = (lastOutputAt - firstOutputAt) / 1000;
  return visibleTokens < 10 || seconds < 0.1 ? undefined : visibleTokens / seconds;
}
