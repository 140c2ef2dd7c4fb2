import { createJsonParser } from './json-parser.ts';
import type { JsonParser } from './json-parser.ts';
import { createSchemaReader } from './schema/compile-schema.ts';
import { createSchemaWalker } from './schema/schema-walker.ts';
import { tellWalker } from './schema/tell-walker.ts';
import { EMPTY_HASH, extendHash } from './schema/text-hash.ts';

/** Watches one JSON text as it streams: a structured answer, or the arguments of one tool call. */
export interface JsonDetector {
  /** Feeds the next piece. Where the text is cut makes no difference. */
  push(text: string): void;
  /** Says that the text is complete; what is pushed afterwards is ignored. */
  close(): void;
  /**
   * True once the text cannot be JSON any more, or was closed before its end. Text that is empty or all white space is not
   * malformed: an answer without text is `empty_output`, and arguments without text stand for `{}`.
   */
  readonly malformed: boolean;
  /** True once a demand of the schema is broken by text that is well formed so far. */
  readonly violatesSchema: boolean;
}

/** The parser gathers a string's escapes until the string ends. At this many bytes the string is ended and begun anew. */
const STRING_PIECE = 256;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
const FIRST_PRINTABLE = 0x20;
const FIRST_NON_ASCII = 0x80;
const isWhiteSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
/** Inside a string: needs no escape and ends nothing. */
const isPlain = (code: number): boolean => code >= FIRST_PRINTABLE && code !== QUOTE && code !== BACKSLASH;
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** What the parser is shown of a push passes through here; it is done with the bytes when its `write` returns. */
const scratch = new Uint8Array(1024);
/** Its beginnings of every length that a chunk is likely to need: to make a view takes longer than to parse what is in it. */
const BEGINNINGS = Array.from({ length: 65 }, (_, length) => scratch.subarray(0, length));

/**
 * Checks that streamed text is one JSON text, as `JSON.parse` would. A kept parser decides; it is shown only the characters
 * that can make a difference. Plain characters inside a string cannot, nor can the third and later digits of a run. Leaving
 * those out keeps the text out of memory and most pushes free of any parsing.
 *
 * @param schema the JSON schema that the request carried, if it did: `schema/compile-schema.ts` says what of it is checked.
 */
export function createJsonDetector(schema?: unknown): JsonDetector {
  const walker = schema === undefined ? undefined : createSchemaWalker(createSchemaReader(schema), schema);
  let parser: JsonParser | undefined;
  let malformed = false;
  let closed = false;
  let place: 'outside' | 'string' | 'after_backslash' | 'hexadecimal' = 'outside';
  /** Digits in a row: of a number outside strings, of a `\\u` escape inside. */
  let digits = 0;
  /** Bytes of the open string that the parser was shown. */
  let stringBytes = 0;
  /** Bytes of `scratch` in use. */
  let length = 0;
  /** Of the open string, as far as it was read; of one with escapes it is of no use. */
  let hash = EMPTY_HASH;
  let escaped = false;
  /** Of the strings that have ended and that the parser has not told of yet. */
  const hashes: number[] = [];

  const flush = (): void => {
    if (length === 0) return;
    const bytes = BEGINNINGS[length] ?? scratch.subarray(0, length);
    length = 0;
    if (parser?.accepts(bytes) === false) malformed = true;
  };
  const show = (code: number): void => {
    if (code >= FIRST_NON_ASCII) malformed = true;
    scratch[length] = code;
    length += 1;
    if (length === scratch.length) flush();
  };

  const readOutside = (code: number): void => {
    digits = isDigit(code) ? digits + 1 : 0;
    if (digits > 2) return;
    show(code);
    if (code !== QUOTE) return;
    place = 'string';
    stringBytes = 0;
    hash = EMPTY_HASH;
    escaped = false;
  };

  const readInString = (code: number): void => {
    if (stringBytes >= STRING_PIECE) {
      flush();
      parser?.restartString();
      stringBytes = 0;
    }
    stringBytes += 1;
    show(code);
    if (code === QUOTE) {
      place = 'outside';
      if (walker !== undefined) hashes.push(escaped ? Number.NaN : hash);
    } else if (code === BACKSLASH) {
      place = 'after_backslash';
      escaped = true;
    }
  };

  const readEscape = (code: number): void => {
    show(code);
    if (place === 'after_backslash') {
      digits = 0;
      place = code === LETTER_U ? 'hexadecimal' : 'string';
      return;
    }
    digits += 1;
    if (digits < 4) return;
    digits = 0;
    place = 'string';
  };

  const read = (code: number): void => {
    switch (place) {
      case 'outside':
        return readOutside(code);
      case 'string':
        return readInString(code);
      case 'after_backslash':
      case 'hexadecimal':
        return readEscape(code);
    }
  };

  return {
    push(text) {
      if (malformed || closed) return;
      let index = 0;
      if (parser === undefined) {
        while (index < text.length && isWhiteSpace(text.charCodeAt(index))) index += 1;
        if (index === text.length) return;
        parser = createJsonParser((token) => {
          if (walker !== undefined) tellWalker(walker, token, hashes);
        });
      }
      for (; index < text.length; index += 1) {
        if (malformed) break;
        const code = text.charCodeAt(index);
        if (place !== 'string' || !isPlain(code)) read(code);
        else if (walker !== undefined) hash = extendHash(hash, code);
      }
      flush();
      if (malformed) parser = undefined;
    },
    close() {
      if (closed) return;
      closed = true;
      if (parser?.complete() === false) malformed = true;
      parser = undefined;
    },
    get malformed() {
      return malformed;
    },
    get violatesSchema() {
      return walker?.violated === true && !malformed;
    },
  };
}
