import type { AnswerEvent, Failure, RequestFacts, RequestSchemas } from '@brownout/core';

/** Receives events in the order in which they were read. */
export type Emit = (event: AnswerEvent) => void;

/** Which tool call a piece of output belongs to, and what is known of it. */
export type OpenedCall = NonNullable<Extract<AnswerEvent, { type: 'output' }>['tool']>;

/**
 * A wire format. Everything here is pure: bytes and objects in, events out; no sockets, no clock, no OpenTelemetry.
 * No function throws, whatever it is given: what it cannot read becomes a `malformed` event or an absent field.
 */
export interface Dialect {
  readonly id: DialectId;
  /** What the parsed JSON request body asks for; `path` is the URL's path, lower layers never see more of the URL. */
  readonly readRequest: (body: unknown, path: string) => RequestFacts;
  /** The JSON schemas in it, by reference and not looked into. Called only where answers are held to them. */
  readonly readSchemas: (body: unknown) => RequestSchemas;
  /** What the request asks, for recognising the same question asked again elsewhere; `undefined` where nothing is asked. */
  readonly readQuestion: (body: unknown) => Question | undefined;
  /** The messages in the GenAI conventions' shape; called only when content capture is switched on. */
  readonly readContent: (body: unknown) => RequestContent;
  /** Reads the parsed JSON body of a successful response that was not streamed; ends with an `end` event if it was whole. */
  readonly readResponse: (body: unknown, emit: Emit) => void;
  /** A reader for one streamed response. It is given the bytes exactly as they came, cut anywhere. */
  readonly createStreamReader: () => StreamReader;
  /** What an error response means. `body` is parsed JSON, or the text where it is not JSON, or `undefined` where it was not read. */
  readonly readError: (status: number, body: unknown) => Failure;
}

export interface StreamReader {
  /** Reads the next bytes. */
  readonly read: (chunk: Uint8Array, emit: Emit) => void;
  /**
   * The bytes are over, without an error. Reports a body that held nothing of the dialect (`malformed`), never invents an
   * `end`: an answer that was cut off, inside an event or between two, is one that has no `end`.
   */
  readonly close: (emit: Emit) => void;
}

export interface Question {
  /** The last that the user said; of an attachment not its bytes. Empty where a request brings nothing but tool results. */
  readonly said: string;
  /** What tools have returned since the model last spoke, where that is what it has to go on with. */
  readonly toolResults: string | undefined;
  readonly instructions: string | undefined;
}

export interface RequestContent {
  readonly systemInstructions?: readonly MessagePart[];
  readonly inputMessages?: readonly Message[];
  readonly toolDefinitions?: readonly unknown[];
}

export interface Message {
  readonly role: string;
  readonly parts: readonly MessagePart[];
}

export type MessagePart =
  | { readonly type: 'text'; readonly content: string }
  | { readonly type: 'reasoning'; readonly content: string }
  | { readonly type: 'tool_call'; readonly id?: string; readonly name: string; readonly arguments?: unknown }
  | { readonly type: 'tool_call_response'; readonly id?: string; readonly response: unknown }
  | { readonly type: 'uri'; readonly modality: string; readonly uri: string }
  | { readonly type: 'blob'; readonly modality: string; readonly mime_type?: string; readonly content: string }
  | { readonly type: 'generic'; readonly generic_type: string };

export type DialectId = 'openai-chat' | 'openai-responses' | 'openai-embeddings' | 'anthropic-messages';
