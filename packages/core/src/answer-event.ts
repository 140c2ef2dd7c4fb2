/**
 * What a dialect reads off the wire, in the words of no vendor. One response, streamed or not, is a sequence of these.
 * Text in an event is handed to the detectors and then dropped: nothing in `core` keeps it.
 */
export type AnswerEvent =
  /** Who answered. May come more than once; later fields win. */
  | {
      readonly type: 'identity';
      readonly responseId?: string;
      readonly model?: string;
      readonly serviceTier?: string;
      readonly systemFingerprint?: string;
    }
  /** Output of the model (`media` is an image or a sound, without text): this, and nothing else, makes a first chunk. `text` may be empty only for a tool call's opening delta. */
  | {
      readonly type: 'output';
      readonly kind: OutputKind;
      /** Index of the choice (0 where a dialect has only one answer). */
      readonly choice: number;
      readonly text: string;
      /** Set when `kind` is `tool_call`: which call within the choice this delta belongs to, and its name and id once known. */
      readonly tool?: {
        readonly index: number;
        readonly name?: string;
        readonly id?: string;
        /** The tool takes free text (OpenAI's custom tools): `text` is no JSON and need not be. */
        readonly freeText?: true;
      };
    }
  /** A choice finished. `raw` is the provider's own word, or the conventions' where the provider has none. */
  | { readonly type: 'finish'; readonly choice: number; readonly reason: FinishReason; readonly raw: string }
  /** Token counts so far, cumulative: the last one wins field by field. Only what the provider sent. */
  | { readonly type: 'usage'; readonly usage: Usage }
  /** The provider reported a failure, in the body of an error response or in-band on a 200. */
  | { readonly type: 'failure'; readonly failure: Failure }
  /** What came is not the dialect. `detail` says what was seen, without quoting content. */
  | { readonly type: 'malformed'; readonly detail: string }
  /** The vendor or a gateway switched to another model inside this one attempt. */
  | { readonly type: 'model_fallback'; readonly from: string; readonly to: string }
  /** A sign of life that carries no output: ping, comment, role-only delta. Heartbeats are silence to the gap budget. */
  | { readonly type: 'heartbeat' }
  /** The protocol's terminal marker: `[DONE]`, `message_stop`, `response.completed`, or a whole JSON body. */
  | { readonly type: 'end' }
  /** The answer came whole, but nothing of it could be read: too large, or read by the application in a way that cannot be followed. */
  | { readonly type: 'unseen' };

export type OutputKind = 'text' | 'reasoning' | 'tool_call' | 'refusal' | 'embedding' | 'media';

/** Why a choice finished, normalised. `other` keeps the provider's word in `raw`. */
export type FinishReason = 'stop' | 'length' | 'tool_call' | 'content_filter' | 'refusal' | 'error' | 'pause' | 'other';

/** Token counts in `{token}`. A field that the provider did not send is absent, never 0. */
export interface Usage {
  /** All input tokens, cached ones included (Anthropic's three input counts summed). */
  readonly inputTokens?: number;
  /** All output tokens, reasoning included. */
  readonly outputTokens?: number;
  readonly cacheReadInputTokens?: number;
  readonly cacheWriteInputTokens?: number;
  readonly reasoningOutputTokens?: number;
}

/** A failure that the provider reported in its own words. */
export interface Failure {
  readonly reason: FailureReason;
  /** The provider's own code or type (`rate_limit_exceeded`, `overloaded_error`, …) where there is one. */
  readonly code?: string;
}

export type FailureReason =
  | 'overloaded'
  | 'server_error'
  | 'rate_limited'
  | 'quota_exhausted'
  | 'auth'
  | 'bad_request'
  | 'blocked'
  | 'timeout';
