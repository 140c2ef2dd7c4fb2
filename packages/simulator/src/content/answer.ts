/** What a request for generated output asks for, in words that both providers share. */
export interface Ask {
  readonly model: string;
  readonly streamed: boolean;
  readonly inputTokens: number;
  /** The caller's limit on output tokens, or `null` where it set none. */
  readonly outputLimit: number | null;
  /** How many alternatives are wanted (OpenAI chat's `n`). */
  readonly choices: number;
  /** The tool that the model will call, or `null` for an answer in words. */
  readonly tool: { readonly name: string; readonly schema: unknown } | null;
  /** `null` for prose; otherwise JSON is wanted, with or without a schema. */
  readonly json: { readonly schema: unknown } | null;
  /** A text that is equal for requests with the same cacheable prefix, or `null` where nothing is to be cached. */
  readonly cacheKey: string | null;
}

export type Finish = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'refusal';

export interface ToolCall {
  readonly name: string;
  /** Raw text: a fault may leave it unparseable. */
  readonly arguments: string;
}

export interface Choice {
  readonly text: string;
  /** The model's own words of refusal, where it refused. */
  readonly refusal: string | null;
  readonly tool: ToolCall | null;
  readonly finish: Finish;
}

export interface Usage {
  /** All input tokens, those read from and written to the cache included. */
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
}

/** What a model answered, before any provider's wire format. */
export interface Answer {
  /** The model that the response names. */
  readonly model: string;
  readonly choices: readonly [Choice, ...Choice[]];
  /** `null` where the provider forgets to send it. */
  readonly usage: Usage | null;
}
