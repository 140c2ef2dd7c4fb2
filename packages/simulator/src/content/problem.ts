/** Everything that can be wrong with a request or with a provider, before any provider's wire format. */
export type ProblemKind =
  | 'rate_limited'
  | 'quota_exhausted'
  | 'payment_required'
  | 'unauthorized'
  | 'forbidden'
  | 'bad_request'
  | 'not_found'
  | 'unknown_path'
  | 'server_error'
  | 'bad_gateway'
  | 'unavailable'
  | 'overloaded';

export interface Problem {
  readonly kind: ProblemKind;
  /** Replaces the provider's usual words. */
  readonly message?: string;
  /** The request parameter that is to blame. */
  readonly parameter?: string;
  readonly retryAfterSeconds?: number;
}
