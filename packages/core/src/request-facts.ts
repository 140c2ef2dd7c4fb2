/** What a request asked for, read once from its body. No content: the last user input is here only long enough to be hashed. */
export interface RequestFacts {
  readonly operation: Operation;
  readonly model: string | undefined;
  readonly streaming: boolean;
  /** What the answer must be: `json` where a response format or schema asked for it. */
  readonly outputType?: 'text' | 'json' | 'image' | 'speech';
  /** A streamed answer will carry usage (asked for, or always sent by the dialect). Non-streamed answers always should. */
  readonly expectsUsage: boolean;
  /** Span attributes of the GenAI conventions that the request states; absent when it does not. */
  readonly parameters: RequestParameters;
  /** `chat_completions` or `responses` for OpenAI's two dialects. */
  readonly openaiApiType?: 'chat_completions' | 'responses';
}

/** The JSON schemas that a request carries, as they stand in it; `undefined` where there is none. */
export interface RequestSchemas {
  /** Of the answer's text. */
  readonly output: unknown;
  /** Of the arguments of a tool, by its name. */
  readonly tool: (name: string) => unknown;
}

export type Operation = 'chat' | 'text_completion' | 'generate_content' | 'embeddings';

export interface RequestParameters {
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly frequencyPenalty?: number;
  readonly presencePenalty?: number;
  readonly seed?: number;
  /** Set only when it is not 1. */
  readonly choiceCount?: number;
  readonly stopSequences?: readonly string[];
  readonly reasoningLevel?: string;
  readonly previousResponseId?: string;
  readonly serviceTier?: string;
  readonly conversationId?: string;
  readonly encodingFormats?: readonly string[];
  readonly embeddingDimensions?: number;
}
