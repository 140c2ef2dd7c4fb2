/** The limits that the simulated account has, for each API key and model. */
export interface RateLimits {
  readonly requestsPerMinute: number;
  readonly inputTokensPerMinute: number;
  readonly outputTokensPerMinute: number;
  /** Whether a request over the limits is refused with 429, as a real provider would; otherwise they are only counted. */
  readonly enforced: boolean;
}

export const DEFAULT_RATE_LIMITS: RateLimits = {
  requestsPerMinute: 5_000,
  inputTokensPerMinute: 1_600_000,
  outputTokensPerMinute: 400_000,
  enforced: false,
};

export interface BucketState {
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds until the bucket is full again. */
  readonly resetMs: number;
}

export interface RateLimitState {
  readonly requests: BucketState;
  readonly inputTokens: BucketState;
  readonly outputTokens: BucketState;
  /** Milliseconds since the Unix epoch at which this was read. */
  readonly at: number;
  /** `false` where limits are enforced and this request is over one of them. */
  readonly admitted: boolean;
}

/** What a request takes out of each bucket. */
export interface RequestCost {
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface RateLimiter {
  /** Takes what a request costs, unless it is refused, and tells what is left. Buckets never go below zero. */
  take(key: string, cost: RequestCost): RateLimitState;
  reset(): void;
}

interface Bucket {
  readonly limit: number;
  remaining: number;
  filledAt: number;
}

/** Token buckets that refill continuously, as https://docs.claude.com/en/api/rate-limits describes. */
export function createRateLimiter(limits: RateLimits, now: () => number): RateLimiter {
  const accounts = new Map<string, Record<keyof RequestCost, Bucket>>();

  const open = (at: number): Record<keyof RequestCost, Bucket> => {
    const full = (limit: number): Bucket => ({ limit, remaining: limit, filledAt: at });
    return {
      requests: full(limits.requestsPerMinute),
      inputTokens: full(limits.inputTokensPerMinute),
      outputTokens: full(limits.outputTokensPerMinute),
    };
  };

  return {
    take: (key, cost) => {
      const at = now();
      const account = accounts.get(key) ?? open(at);
      accounts.set(key, account);
      for (const bucket of Object.values(account)) refill(bucket, at);
      const admitted =
        !limits.enforced ||
        (account.requests.remaining >= cost.requests &&
          account.inputTokens.remaining >= cost.inputTokens &&
          account.outputTokens.remaining >= cost.outputTokens);
      const settle = (name: keyof RequestCost) => settleBucket(account[name], admitted ? cost[name] : 0);
      return {
        requests: settle('requests'),
        inputTokens: settle('inputTokens'),
        outputTokens: settle('outputTokens'),
        at,
        admitted,
      };
    },
    reset: () => accounts.clear(),
  };
}

function refill(bucket: Bucket, at: number): void {
  const gained = (at - bucket.filledAt) * (bucket.limit / 60_000);
  bucket.remaining = Math.min(bucket.limit, bucket.remaining + gained);
  bucket.filledAt = at;
}

function settleBucket(bucket: Bucket, cost: number): BucketState {
  bucket.remaining = Math.max(0, bucket.remaining - cost);
  const missing = bucket.limit - bucket.remaining;
  return {
    limit: bucket.limit,
    remaining: Math.floor(bucket.remaining),
    resetMs: Math.ceil(missing / (bucket.limit / 60_000)),
  };
}

/** The same state with nothing left, as a response that was refused for its rate must show it. */
export function exhausted(state: RateLimitState): RateLimitState {
  const empty = (bucket: BucketState): BucketState => ({ ...bucket, remaining: 0, resetMs: 60_000 });
  return { ...state, requests: empty(state.requests), inputTokens: empty(state.inputTokens) };
}
