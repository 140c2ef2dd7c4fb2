import { createParser } from 'eventsource-parser';
import { faultUrl } from '../faults/fault-url.ts';
import type { FaultName } from '../faults/catalogue.ts';
import type { ParameterValues } from '../faults/fault.ts';
import type { Simulator } from '../start-simulator.ts';
import { readAnswer, type SeenAnswer } from './read-answer.ts';

export const DIALECTS = ['openai-chat', 'openai-responses', 'anthropic-messages'] as const;
export type TestDialect = (typeof DIALECTS)[number];

export interface SeenEvent {
  readonly event: string | undefined;
  readonly data: string;
  /** Milliseconds since the request was sent. */
  readonly at: number;
}

/** Everything that a client can see of one exchange, without any SDK. */
export interface Observation {
  /** `null` where the connection failed before a status line. */
  readonly status: number | null;
  readonly headers: Headers;
  readonly text: string;
  readonly events: readonly SeenEvent[];
  readonly comments: number;
  /** The code of the error that ended the request or its body, or `null` where HTTP saw a proper end. */
  readonly failure: string | null;
  readonly headersAfterMs: number;
  readonly endedAfterMs: number;
  readonly answer: SeenAnswer;
}

interface Wanted {
  readonly dialect: TestDialect;
  readonly streamed: boolean;
  readonly fault?: FaultName;
  readonly parameters?: ParameterValues;
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly giveUpAfterMs?: number;
}

const QUESTION = { role: 'user', content: 'Where is my parcel?' };

const REQUESTS = {
  'openai-chat': {
    path: '/v1/chat/completions',
    body: { model: 'gpt-5', messages: [QUESTION], stream_options: { include_usage: true } },
  },
  'openai-responses': { path: '/v1/responses', body: { model: 'gpt-5', input: 'Where is my parcel?' } },
  'anthropic-messages': {
    path: '/v1/messages',
    body: { model: 'claude-sonnet-5-5', max_tokens: 400, messages: [QUESTION] },
  },
} as const satisfies Record<TestDialect, { path: string; body: object }>;

/** Makes one request with plain fetch and reads it to its end, whatever that end is. */
export async function observe(simulator: Simulator, wanted: Wanted): Promise<Observation> {
  const { path, body } = REQUESTS[wanted.dialect];
  const base = wanted.fault === undefined ? simulator.url : faultUrl(simulator.url, wanted.fault, wanted.parameters);
  const sentAt = performance.now();
  const elapsed = () => performance.now() - sentAt;
  const events: SeenEvent[] = [];
  const seen = { status: null as number | null, headers: new Headers(), text: '', comments: 0, headersAfterMs: 0 };
  const parser = createParser({
    onEvent: ({ event, data }) => events.push({ event, data, at: elapsed() }),
    onComment: () => (seen.comments += 1),
  });
  let failure: string | null = null;
  try {
    const response = await fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': 'sk-test-key-of-a-client' },
      body: JSON.stringify({ ...body, stream: wanted.streamed, ...wanted.extra }),
      signal: AbortSignal.timeout(wanted.giveUpAfterMs ?? 5_000),
    });
    Object.assign(seen, { status: response.status, headers: response.headers, headersAfterMs: elapsed() });
    const decoder = new TextDecoder();
    for await (const bytes of response.body ?? []) {
      const text = decoder.decode(bytes, { stream: true });
      seen.text += text;
      parser.feed(text);
    }
  } catch (error) {
    failure = codeOf(error);
  }
  return { ...seen, events, failure, endedAfterMs: elapsed(), answer: readAnswer(wanted.dialect, events, seen.text) };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause: unknown = error.cause;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return error.name;
}
