import type { Failure } from './answer-event.ts';
import type { Answer } from './answer.ts';
import type { Budget } from './budgets.ts';
import type { ScriptSet } from './detectors/index.ts';
import type { RequestFacts, RequestSchemas } from './request-facts.ts';
import type { Fault, Reason, Verdict } from './verdict-table.ts';

/** What is known of a call when it begins. */
export interface CallFacts {
  /** The GenAI conventions' provider name: who is billed. */
  readonly provider: string;
  readonly useCase: string;
  readonly request: RequestFacts;
  readonly serverAddress: string;
  readonly serverPort: number;
  /** `undefined` where the request asks nothing that could be read. */
  readonly question: QuestionHashes | undefined;
  /** What the answer may be written in; `undefined` where the request does not tell, or nobody asked. */
  readonly scripts: ScriptSet | undefined;
}

/** What a request asks, for recognising the same question asked again elsewhere: hashes, never the text. */
export interface QuestionHashes {
  /** The last that the user said, attachments included. */
  readonly said: number;
  /** What tools have returned since, where that is what the model has to go on with. */
  readonly toolResults: number | undefined;
  readonly instructions: number | undefined;
  /** Instructions and question in one, as they are put to a model that is given no instructions. */
  readonly folded: number | undefined;
}

/** One logical operation as the application sees it. Mutable while it runs; frozen in meaning once `ended`. Times in ms of the injected clock. */
export interface Call {
  /** Replaced once where the request body could only be read while the request was on its way. */
  facts: CallFacts;
  budget: Budget;
  /** What JSON in the answer is held to; let go of when the call ends. */
  schemas: RequestSchemas | undefined;
  /** When the application made the call. */
  readonly startedAt: number;
  readonly attempts: Attempt[];
  /** What this call was made to replace, or what the vendor replaced inside it; known of the latter when the call ends. */
  fallback: Fallback | undefined;
  /** Why a call without attempts failed: the client's own validation, or an abort before anything was sent. */
  readonly failedBeforeWire: 'bad_request' | 'cancelled' | undefined;
  outcome: Outcome | undefined;
}

/** One request on the wire. */
export interface Attempt {
  readonly kind: AttemptKind;
  readonly startedAt: number;
  /** Wait since the attempt before it ended, ms. Retries only. */
  readonly delayMs: number | undefined;
  readonly answer: Answer;
  headersAt: number | undefined;
  status: number | undefined;
  /** What an error status says by itself: the body may say more, and nobody may read it. */
  statusFailure: Failure | undefined;
  /** The server named a delay before the next attempt, s. */
  retryAdviceSeconds: number | undefined;
  requestIds: readonly string[];
  /** The response says that a gateway in between asked another model than the one it would have asked first. */
  gatewayFellBack: boolean;
  endedAt: number | undefined;
  ending: AttemptEnding | undefined;
}

export type AttemptKind = 'first' | 'retry' | 'continuation';

/** How an attempt was over. */
export type AttemptEnding =
  /** The terminal marker came, or the body was read to its end. */
  | { readonly type: 'finished' }
  /** The socket failed after the status line. `code` is the system's or undici's code. */
  | { readonly type: 'cut'; readonly code: string }
  /** The caller aborted, cancelled or stopped reading after the status line. */
  | { readonly type: 'cancelled' }
  /** The client's own deadline fired, before or after the status line. */
  | { readonly type: 'deadline' }
  /** The caller aborted before a status line. */
  | { readonly type: 'aborted' }
  /** No status line: DNS, refused, reset, TLS. `code` is the system's or undici's code. */
  | { readonly type: 'unreachable'; readonly code: string }
  /** The response was dropped without being read to its end, or the process ended first. */
  | { readonly type: 'dropped' };

export interface Fallback {
  /** The model fallen back to, where it is not the one that the request names. */
  readonly toModel?: string;
  readonly fromProvider: string;
  readonly fromModel: string;
  /** Why the call that was replaced failed; unknown where nothing tells it, as of a gateway. */
  readonly reason: Reason | undefined;
  readonly mechanism: 'policy' | 'framework' | 'vendor' | 'gateway' | 'inferred';
}

/** What the call was worth: made once, when it ends. */
export interface Outcome {
  readonly verdict: Verdict;
  readonly reason: Reason;
  readonly fault: Fault;
  /** `up` if the final attempt got a 2xx status line. */
  readonly transport: 'up' | 'down';
  readonly anomalies: readonly Anomaly[];
  readonly breaches: readonly BudgetKind[];
  /** The provider's own code, else the status code, else the kind of failure; absent when the operation did not fail. */
  readonly errorType: string | undefined;
  /** From the call to the end of its last attempt, retries and back-off included, s. */
  readonly durationSeconds: number;
  /** From the call to the first output chunk, retries and back-off included, s. Streamed calls only. */
  readonly timeToFirstChunkSeconds: number | undefined;
  /** Longest silence between two output chunks, s. Streamed calls with at least one output chunk only. */
  readonly maxGapSeconds: number | undefined;
  /** Output tokens over the time from first to last output chunk, tokens/s; only where the provider reported tokens. */
  readonly outputRate: number | undefined;
  readonly endedAt: number;
}

export type BudgetKind = 'first_chunk' | 'total' | 'gap' | 'output_rate';

export type Anomaly =
  | 'truncated'
  | 'empty_output'
  | 'malformed_output'
  | 'invalid_tool_arguments'
  | 'schema_violation'
  | 'repetition'
  | 'blocked'
  | 'garbled'
  | 'language_switch'
  | 'stream_cut'
  | 'stalled'
  | 'model_substituted'
  | 'usage_missing'
  | 'usage_implausible'
  | 'length_outlier';
