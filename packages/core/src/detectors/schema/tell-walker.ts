import { TokenType } from '@streamparser/json';
import { JSON_TYPE } from './json-type.ts';
import type { SchemaWalker } from './schema-walker.ts';

/** Tells the walker what the parser has read. Colons and commas say nothing that the other tokens do not. */
export function tellWalker(walker: SchemaWalker, token: TokenType, hashes: number[]): void {
  switch (token) {
    case TokenType.LEFT_BRACE:
      return walker.open(JSON_TYPE.object);
    case TokenType.LEFT_BRACKET:
      return walker.open(JSON_TYPE.array);
    case TokenType.RIGHT_BRACE:
    case TokenType.RIGHT_BRACKET:
      return walker.close();
    case TokenType.STRING:
      return walker.string(hashes.shift() ?? Number.NaN);
    case TokenType.NUMBER:
      return walker.plain(JSON_TYPE.number);
    case TokenType.TRUE:
    case TokenType.FALSE:
      return walker.plain(JSON_TYPE.boolean);
    case TokenType.NULL:
      return walker.plain(JSON_TYPE.null);
    case TokenType.COLON:
    case TokenType.COMMA:
    case TokenType.SEPARATOR:
      return;
    default:
      token satisfies never;
  }
}
