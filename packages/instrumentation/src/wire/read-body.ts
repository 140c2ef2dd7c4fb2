import { StringDecoder } from 'node:string_decoder';
import type { AnswerEvent, AttemptEnding, OpenAttempt } from '@brownout/core';
import type { Dialect } from '@brownout/dialects';
import { clock } from '../clock.ts';
import type { Guard } from '../guard.ts';
import { parseJson } from './identify.ts';
import type { BodyEnd, BodyObserver, WholeBody } from './tap-response.ts';

export interface BodyReading {
  readonly dialect: Dialect;
  readonly attempt: OpenAttempt;
  readonly status: number;
  readonly contentType: string;
  /** The request asked for a stream. */
  readonly streaming: boolean;
  /** The provider's streams may end after their finish reason, without a terminal marker. */
  readonly mayEndUnmarked: boolean;
  /** Who broke the body off. */
  readonly endingOf: (error: unknown) => AttemptEnding;
  /** Sees every event as well; `undefined` unless content capture is switched on. */
  readonly onEvent: ((event: AnswerEvent) => void) | undefined;
  readonly guard: Guard;
}

/** A JSON body beyond this is not read: its call counts as answered, without a look at the answer. */
const MOST_JSON_CHARACTERS = 16 * 1024 * 1024;

/** Reads a response body into its attempt, and finishes the attempt where the answer, not the body, ends. */
export function createBodyReader(reading: BodyReading): BodyObserver {
  const { attempt, status, contentType, streaming, onEvent, guard } = reading;
  let at = 0;
  const emit = (event: AnswerEvent): void => {
    attempt.event(event, at);
    onEvent?.(event);
  };
  const isEventStream = contentType.includes('text/event-stream');
  const body = status < 400 && isEventStream && streaming ? eventStream(reading, emit) : wholeText(reading, emit);

  function end(how: BodyEnd): void {
    at = clock();
    if (how.type === 'done') {
      body.close();
      const { ended, failure, finishReasons } = attempt.attempt.answer;
      const isComplete = reading.mayEndUnmarked && isEventStream && finishReasons.size > 0;
      if (isComplete && !ended && failure === undefined) emit({ type: 'end' });
    }
    if (how.type === 'unseen') emit(unseen(reading));
    attempt.finish(attemptEnding(how, reading), at);
  }

  return {
    chunk(bytes) {
      // A closure per chunk would be the most expensive thing here, so the guard is spelled out only where it is needed.
      at = clock();
      try {
        body.read(bytes);
      } catch (error) {
        guard('wire.body', () => {
          throw error;
        });
      }
      const { ended, failure } = attempt.attempt.answer;
      if (isEventStream && (ended || failure !== undefined)) attempt.finish({ type: 'finished' }, at);
    },
    whole(given) {
      guard('wire.body', () => {
        at = clock();
        body.whole(given);
        attempt.finish({ type: 'finished' }, at);
      });
    },
    end(how) {
      guard('wire.end', () => end(how));
    },
  };
}

interface Body {
  readonly read: (bytes: Uint8Array) => void;
  readonly whole: (body: WholeBody) => void;
  readonly close: () => void;
}

function eventStream({ dialect }: BodyReading, emit: (event: AnswerEvent) => void): Body {
  const reader = dialect.createStreamReader();
  return {
    read: (bytes) => reader.read(bytes, emit),
    whole(body) {
      if (body.type === 'text') reader.read(Buffer.from(body.text), emit);
      reader.close(emit);
    },
    close: () => reader.close(emit),
  };
}

function wholeText(reading: BodyReading, emit: (event: AnswerEvent) => void): Body {
  const { dialect, status, streaming, contentType } = reading;
  const decoder = new StringDecoder('utf8');
  let text = '';
  return {
    read(bytes) {
      if (text.length < MOST_JSON_CHARACTERS) text += decoder.write(viewOf(bytes));
    },
    whole(body) {
      if (body.type === 'json') judge(body.value, false);
      else judge(parseJson(body.text), body.text.trim() === '', body.text);
    },
    close() {
      text += decoder.end();
      judge(text.length < MOST_JSON_CHARACTERS ? parseJson(text) : undefined, text.trim() === '', text);
    },
  };

  function judge(parsed: unknown, empty: boolean, body?: string): void {
    if (status >= 400) {
      emit({ type: 'failure', failure: dialect.readError(status, parsed ?? (empty ? undefined : body)) });
    } else if (body !== undefined && body.length >= MOST_JSON_CHARACTERS) {
      emit(unseen(reading));
    } else if (empty) {
      emit({ type: 'malformed', detail: 'an empty body' });
    } else if (parsed === undefined) {
      emit({ type: 'malformed', detail: `a body of type ${contentType || 'unknown'} that is no JSON` });
    } else if (streaming && !isErrorBody(parsed)) {
      emit({ type: 'malformed', detail: 'a JSON body where an event stream was asked for' });
    } else {
      dialect.readResponse(parsed, emit);
    }
  }
}

/** The answer came, or an error did, and nothing more can be said about it. */
function unseen({ status, dialect }: BodyReading): AnswerEvent {
  return status >= 400 ? { type: 'failure', failure: dialect.readError(status, undefined) } : { type: 'unseen' };
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function isErrorBody(parsed: unknown): boolean {
  return typeof parsed === 'object' && parsed !== null && 'error' in parsed && Boolean(parsed.error);
}

function attemptEnding(how: BodyEnd, reading: BodyReading): AttemptEnding {
  switch (how.type) {
    case 'done':
    case 'unseen':
      return { type: 'finished' };
    case 'failed':
      return reading.endingOf(how.error);
    case 'cancelled':
      return { type: 'cancelled' };
    case 'dropped':
      return { type: 'dropped' };
    default:
      return how satisfies never;
  }
}
