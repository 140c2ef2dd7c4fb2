import type { AnswerEvent, AttemptEnding, OpenAttempt } from '@brownout/core';
import type { Dialect } from '@brownout/dialects';
import { clock } from '../clock.ts';
import type { Guard } from '../guard.ts';
import { parseJson } from './identify.ts';
import type { BodyEnd, BodyObserver } from './tap-response.ts';

export interface BodyReading {
  readonly dialect: Dialect;
  readonly attempt: OpenAttempt;
  readonly status: number;
  readonly contentType: string;
  /** The request asked for a stream. */
  readonly streaming: boolean;
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
    if (how.type === 'done') body.close();
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
    end(how) {
      guard('wire.end', () => end(how));
    },
  };
}

interface Body {
  readonly read: (bytes: Uint8Array) => void;
  readonly close: () => void;
}

function eventStream({ dialect }: BodyReading, emit: (event: AnswerEvent) => void): Body {
  const reader = dialect.createStreamReader();
  let empty = true;
  return {
    read(bytes) {
      empty = false;
      reader.read(bytes, emit);
    },
    close() {
      reader.close(emit);
      if (empty) emit({ type: 'malformed', detail: 'an event stream without a single byte' });
    },
  };
}

function wholeText(reading: BodyReading, emit: (event: AnswerEvent) => void): Body {
  const { dialect, status, streaming, contentType } = reading;
  const decoder = new TextDecoder();
  let text = '';
  return {
    read(bytes) {
      if (text.length < MOST_JSON_CHARACTERS) text += decoder.decode(bytes, { stream: true });
    },
    close() {
      text += decoder.decode();
      const parsed = parseJson(text);
      if (status >= 400) {
        emit({ type: 'failure', failure: dialect.readError(status, parsed ?? (text === '' ? undefined : text)) });
      } else if (text.length >= MOST_JSON_CHARACTERS) {
        emit({ type: 'end' });
      } else if (text.trim() === '') {
        emit({ type: 'malformed', detail: 'an empty body' });
      } else if (parsed === undefined) {
        emit({ type: 'malformed', detail: `a body of type ${contentType || 'unknown'} that is no JSON` });
      } else if (streaming && !isErrorBody(parsed)) {
        emit({ type: 'malformed', detail: 'a JSON body where an event stream was asked for' });
      } else {
        dialect.readResponse(parsed, emit);
      }
    },
  };
}

function isErrorBody(parsed: unknown): boolean {
  return typeof parsed === 'object' && parsed !== null && 'error' in parsed && Boolean(parsed.error);
}

function attemptEnding(how: BodyEnd, reading: BodyReading): AttemptEnding {
  switch (how.type) {
    case 'done':
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
