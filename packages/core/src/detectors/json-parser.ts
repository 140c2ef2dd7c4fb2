import { Tokenizer, TokenParser, TokenType } from '@streamparser/json';

export const JSON_LIMITS = {
  /**
   * Levels of nesting; beyond them the text counts as malformed. Strict structured outputs allow 10
   * (https://platform.openai.com/docs/guides/structured-outputs), and the parser's memory grows with each level.
   */
  deepest: 256,
} as const;

export interface JsonParser {
  /** False once the bytes so far cannot begin a JSON text. */
  accepts(bytes: Uint8Array): boolean;
  /** Lets go of what was gathered of the open string. */
  restartString(): void;
  /** Whether the bytes so far are one whole JSON text. */
  complete(): boolean;
}

const TWO_QUOTES = Uint8Array.of(0x22, 0x22);

/**
 * The kept parser, told to keep nothing.
 *
 * @param onToken called for every token that the grammar takes.
 */
export function createJsonParser(onToken: (token: TokenType) => void): JsonParser {
  const tokenizer = new Tokenizer();
  // Without a path to emit and without a stack to keep, every value is dropped as soon as it is complete.
  const grammar = new TokenParser({ paths: [], keepStack: false });
  let failed = false;
  let depth = 0;
  let restarting = false;

  grammar.onError = tokenizer.onError = () => {
    failed = true;
  };
  tokenizer.onToken = (token) => {
    // The first half of a string that goes on: the grammar waits for the last.
    if (restarting || failed) return;
    if (token.token === TokenType.LEFT_BRACE || token.token === TokenType.LEFT_BRACKET) depth += 1;
    if (token.token === TokenType.RIGHT_BRACE || token.token === TokenType.RIGHT_BRACKET) depth -= 1;
    if (depth > JSON_LIMITS.deepest) failed = true;
    else grammar.write(token);
    if (!failed) onToken(token.token);
  };

  return {
    accepts(bytes) {
      tokenizer.write(bytes);
      return !failed;
    },
    restartString() {
      restarting = true;
      tokenizer.write(TWO_QUOTES);
      restarting = false;
    },
    complete() {
      tokenizer.end();
      return !failed && grammar.isEnded;
    },
  };
}
