import type { ProviderName } from '../endpoint.ts';

/** The reasons of the verdict table, as the instrumentation must report them. */
export type Reason =
  | 'ok'
  | 'slow_first_chunk'
  | 'slow_total'
  | 'slow_stream'
  | 'truncated'
  | 'model_substituted'
  | 'blocked'
  | 'empty_output'
  | 'malformed_output'
  | 'repetition'
  | 'stream_cut'
  | 'stalled'
  | 'gave_up'
  | 'malformed_response'
  | 'timeout'
  | 'overloaded'
  | 'server_error'
  | 'rate_limited'
  | 'quota_exhausted'
  | 'auth'
  | 'bad_request'
  | 'connection'
  | 'cancelled'
  | 'abandoned';

export type Budget = 'first_chunk' | 'gap' | 'total';

export type ParameterValue = string | number | boolean;
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

export interface ParameterDefinition {
  readonly type: 'integer' | 'number' | 'boolean' | 'text';
  readonly unit?: 'ms' | 's' | 'chunk' | 'token' | 'share';
  readonly default: ParameterValue;
  readonly description: string;
  /** The only values allowed, where they are few. */
  readonly options?: readonly string[];
}

/** A value for streamed requests and another for those answered in one piece. */
export interface PerMode<T> {
  readonly streamed: T;
  readonly whole: T;
}

/** One row of the catalogue: what is played, and what must be noticed. */
export interface FaultDefinition {
  readonly title: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, ParameterDefinition>>;
  readonly appliesTo: 'streamed' | 'whole' | 'both';
  /** `all` includes embeddings and the lists of models; `generation` is text and tool calls only. */
  readonly operations: 'all' | 'generation';
  /**
   * The reason that must be reported, with `maxRetries: 0` and, where a budget is named in `exceeds`, with parameters
   * that exceed it. A row that applies to one mode only says nothing about the other.
   */
  readonly expects: Reason | PerMode<Reason>;
  /** The anomaly that must be reported beside the reason. */
  readonly expectsAnomaly?: string | PerMode<string | null>;
  /** The budget that the delay must exceed for `expects` to hold; within it the call is `ok`. */
  readonly exceeds?: Budget | PerMode<Budget>;
  /** What the request must have for the fault to be played; without it the request is answered healthily. */
  readonly requires?: 'prose' | 'tools' | 'structured_output';
  /** What the client must do for `expects` to hold. */
  readonly needsClient?: string;
  /** A case that cannot exist on the wire, and is answered healthily. */
  readonly except?: { readonly provider: ProviderName; readonly streamed: boolean; readonly because: string };
}
