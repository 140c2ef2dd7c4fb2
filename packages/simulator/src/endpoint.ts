import type { Answer, Ask } from './content/answer.ts';
import type { JsonObject } from './content/json-value.ts';
import type { Problem, ProblemKind } from './content/problem.ts';
import type { Random } from './content/random.ts';
import type { RateLimitState } from './rate-limits.ts';
import type { Frame } from './wire/step.ts';

export type ProviderName = 'openai' | 'anthropic';

export type DialectName =
  | 'openai-chat'
  | 'openai-responses'
  | 'openai-embeddings'
  | 'openai-models'
  | 'anthropic-messages'
  | 'anthropic-count-tokens'
  | 'anthropic-models';

/** What a rendering needs beside the answer itself. */
export interface Rendering {
  readonly ask: Ask;
  readonly body: JsonObject;
  readonly requestId: string;
  /** Seconds since the Unix epoch. */
  readonly createdAt: number;
}

/** What goes wrong inside a response that began with 200. */
export type InBandKind = Extract<ProblemKind, 'server_error' | 'overloaded' | 'rate_limited'>;

/** What a request asks for, or what the real API would object to. */
export type Reading<T> = { readonly ok: true; readonly ask: T } | { readonly ok: false; readonly problem: Problem };

export function asked<T>(ask: T): Reading<T> {
  return { ok: true, ask };
}

/** A request that the real API refuses with status 400. */
export function objected(message: string, parameter?: string): Reading<never> {
  return { ok: false, problem: { kind: 'bad_request', message, ...(parameter === undefined ? {} : { parameter }) } };
}

/** What a request for a document asks for. */
export interface DocumentAsk {
  readonly model: string;
  readonly inputTokens: number;
}

/** Where and how a stream breaks off. */
export interface BreakPlace {
  /** The fault's parameter of that name. */
  readonly form: string;
  /** How many events were sent before. */
  readonly sent: number;
}

/** An endpoint whose answers are generated, in one piece or streamed. */
export interface GenerationEndpoint {
  readonly kind: 'generation';
  readonly dialect: DialectName;
  readonly provider: ProviderName;
  readonly method: 'POST';
  readonly path: string;
  read(body: JsonObject): Reading<Ask>;
  whole(answer: Answer, rendering: Rendering): JsonObject;
  frames(answer: Answer, rendering: Rendering): Frame[];
  /** The body of a 200 that carries an error instead of an answer. */
  wholeError(kind: InBandKind, rendering: Rendering): JsonObject;
  /** The events that break a stream off with an error. */
  errorFrames(kind: InBandKind, place: BreakPlace, answer: Answer, rendering: Rendering): Frame[];
  /** What the provider sends to keep a silent stream open. */
  readonly keepAlive: string;
}

/** An endpoint that answers with one JSON document. */
export interface DocumentEndpoint {
  readonly kind: 'document';
  readonly dialect: DialectName;
  readonly provider: ProviderName;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  read(body: JsonObject): Reading<DocumentAsk>;
  reply(body: JsonObject, model: string): JsonObject;
}

export type Endpoint = GenerationEndpoint | DocumentEndpoint;

/** How a provider speaks outside its answers: headers and errors. */
export interface Voice {
  createRequestId(random: Random): string;
  headers(requestId: string, processingMilliseconds: number, limits: RateLimitState): Record<string, string>;
  error(
    problem: Problem,
    context: ErrorContext,
  ): {
    readonly status: number;
    readonly headers: Record<string, string>;
    readonly body: string;
  };
}

export interface ErrorContext {
  readonly requestId: string;
  readonly model: string;
  readonly path: string;
  readonly method: string;
  readonly apiKey: string | null;
  readonly limits: RateLimitState;
}
