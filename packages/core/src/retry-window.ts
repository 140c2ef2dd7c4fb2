import type { Attempt, Call } from './call.ts';
import { attemptFailure } from './judge.ts';
import type { Reason } from './verdict-table.ts';

/** How long a failed attempt without a link waits for its retry when the server named no delay: the longest back-off of the SDKs is 8 s. */
const RETRY_WINDOW_MS = 10_000;
/** A server may name a delay that no client waits for. */
const LONGEST_RETRY_WINDOW_MS = 60_000;
/** With a link the SDK says at once that it will retry; this only has to outlast the turn in which it decides. */
const LINKED_RETRY_WINDOW_MS = 50;

/** What SDKs retry. */
const RETRIED: ReadonlySet<Reason> = new Set<Reason>([
  'rate_limited',
  'quota_exhausted',
  'overloaded',
  'server_error',
  'timeout',
  'connection',
]);

/** How long to wait for a retry after this attempt; `undefined` where none can come. */
export function retryWindowMs(call: Call, attempt: Attempt, linked: boolean): number | undefined {
  const failure = attemptFailure(call, attempt);
  if (failure === undefined) return undefined;
  if (linked) return isFinal(call, attempt) ? undefined : LINKED_RETRY_WINDOW_MS;
  // A deadline that nothing told of looks like an abort of the caller, until its retry comes.
  if (!RETRIED.has(failure) && attempt.ending?.type !== 'aborted') return undefined;
  return Math.min(LONGEST_RETRY_WINDOW_MS, (attempt.retryAdviceSeconds ?? 0) * 1000 + RETRY_WINDOW_MS);
}

/** The caller stopped it, or a streamed answer was already in the caller's hands: no SDK sends that again. */
function isFinal(call: Call, { ending, status }: Attempt): boolean {
  const stopped = ending?.type === 'cancelled' || ending?.type === 'aborted' || ending?.type === 'dropped';
  return stopped || (call.facts.request.streaming && status === 200);
}
