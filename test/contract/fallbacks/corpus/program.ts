import type { FaultName, ParameterValues } from '@brownout/simulator';
import type { Conversation } from './conversation.ts';

/** A small program that asks models, with what it is written to do beside it. */
export interface Program {
  readonly run: (models: Models) => Promise<unknown>;
  /** The fallbacks that it makes, as `from → to`. What else it asks is asked on purpose. */
  readonly makes: readonly string[];
  /** Those that are inferred, where that is not the truth: a limit that the guide names. */
  readonly inferred?: readonly string[];
  /** The same, where the program runs in neither a trace nor a task. */
  readonly inferredInNeither?: readonly string[];
}

/** What a program has to ask with. Every function resolves to the text of the answer and rejects where the client does. */
export interface Models {
  /** `gpt-5` through chat completions, unless something else is said. */
  readonly gpt: Model;
  /** `claude-opus-5` through messages, unless something else is said. */
  readonly claude: Model;
  /** `text-embedding-3-large`, unless something else is said. */
  readonly embed: Model;
  /** Runs something as a piece of work of its own: another request of a server, another job of a queue. */
  readonly apart: (run: () => Promise<unknown>) => Promise<unknown>;
}

export type Model = (conversation?: Conversation, how?: How) => Promise<string>;

export interface How {
  readonly model?: string;
  /** What goes wrong. */
  readonly fault?: FaultName;
  readonly parameters?: ParameterValues;
  /** `null` leaves the system prompt out. */
  readonly system?: string | null;
  readonly stream?: boolean;
  /** Of a stream, how many chunks are read before the program leaves it. */
  readonly chunks?: number;
  readonly json?: boolean;
  readonly temperature?: number;
  readonly api?: 'responses';
  readonly signal?: AbortSignal;
  /** The client's own timeout. */
  readonly timeoutMs?: number;
  /** Through a gateway with a host of its own: one that the configuration names, or one that nobody knows. */
  readonly through?: 'named gateway' | 'unknown gateway';
}

export const Q = 'Where is my order?';
export const MINI = { model: 'gpt-5-mini' } as const;
export const DOWN = { fault: 'internal_server_error' } as const;

export const GPT_TO_CLAUDE = 'gpt-5 → claude-opus-5';
export const GPT_TO_MINI = 'gpt-5 → gpt-5-mini';

/** Whatever comes of it. */
export const quiet = <Result>(call: Promise<Result>): Promise<Result | undefined> => call.catch(() => undefined);

export const later = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** The first that answers, asked one after the other. */
export async function firstOf(attempts: readonly (() => Promise<string>)[]): Promise<string | undefined> {
  for (const attempt of attempts) {
    const answer = await quiet(attempt());
    if (answer !== undefined) return answer;
  }
  return undefined;
}
