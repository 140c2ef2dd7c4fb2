import { createParser } from 'eventsource-parser';
import type { Emit, StreamReader } from './dialect.ts';
import { isObject, type JsonObject } from './json.ts';

/** How a dialect reads the events of one stream. A new one is made per stream, so it may keep small state. */
export interface EventDecoder {
  /** Reads one event's JSON object. `true` means that it was the protocol's terminal marker. */
  readonly decode: (payload: JsonObject, emit: Emit) => boolean;
  /** Whether `data: [DONE]` is this dialect's terminal marker; else it is only a sign of life. */
  readonly endsWithDone: boolean;
}

/** One event may hold a whole response with an image in it; a line longer than this is no event (characters). */
const LONGEST_EVENT = 16 * 1024 * 1024;

/**
 * Bytes of server-sent events in, events of an answer out. One text decoder and one parser per stream and no closure per
 * chunk; the only text kept between two chunks is an event that has not ended yet.
 */
export function createSseReader(decoder: EventDecoder): StreamReader {
  const bytes = new TextDecoder('utf-8', { ignoreBOM: true });
  /** The last chunk may have ended inside a character. */
  let inCharacter = false;
  let emit: Emit = ignore;
  let started = false;
  let recognised = false;
  let closing = false;
  let over = false;

  const parser = createParser({
    maxBufferSize: LONGEST_EVENT,
    onEvent({ data }) {
      if (over) return;
      recognised = true;
      if (data === '[DONE]') {
        if (decoder.endsWithDone) end();
        else emit(HEARTBEAT);
        return;
      }
      const payload = parse(data);
      if (isObject(payload)) {
        if (decoder.decode(payload, emit)) end();
      } else if (!closing) {
        // What is unreadable at the very end was cut off: the missing terminal marker says so.
        emit(data === '' ? HEARTBEAT : { type: 'malformed', detail: 'an event is not a JSON object' });
      }
    },
    onComment() {
      if (over) return;
      recognised = true;
      emit(HEARTBEAT);
    },
    onError({ type }) {
      if (type !== 'max-buffer-size-exceeded') return;
      over = true;
      emit({ type: 'malformed', detail: 'an event is longer than 16 Mi characters' });
    },
  });

  /** What follows the terminal marker is not looked at. */
  function end(): void {
    over = true;
    emit({ type: 'end' });
  }

  /** Decoding a chunk that holds whole characters is several times as fast as going on where the last one ended. */
  function decodeChunk(chunk: Uint8Array): string {
    const wasInCharacter = inCharacter;
    inCharacter = (chunk.at(-1) ?? 0) > LAST_ASCII;
    return wasInCharacter || inCharacter ? bytes.decode(chunk, STREAM) : bytes.decode(chunk);
  }

  return {
    read(chunk, emitTo) {
      if (over || chunk.byteLength === 0) return;
      started = true;
      emit = emitTo;
      parser.feed(decodeChunk(chunk));
      emit = ignore;
    },
    close(emitTo) {
      if (over) return;
      emit = emitTo;
      closing = true;
      // An event whose closing blank line was never sent still counts if it is whole.
      parser.feed(`${bytes.decode()}\n\n`);
      if (!recognised) emitTo({ type: 'malformed', detail: started ? NO_EVENT : 'the body is empty' });
      over = true;
      emit = ignore;
    },
  };
}

const LAST_ASCII = 0x7f;
const STREAM = { stream: true } as const;
const HEARTBEAT = { type: 'heartbeat' } as const;
const NO_EVENT = 'the body holds no server-sent event';

function ignore(): void {}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
