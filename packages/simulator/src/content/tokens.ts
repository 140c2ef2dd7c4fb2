const PIECE = /\s*(?:\p{L}{1,8}|\p{N}{1,3}|[^\s\p{L}\p{N}]{1,3})|\s+$/gu;

/**
 * Splits text into pieces of words, numbers and punctuation that join back to exactly the same text. The simulator
 * bills one token for each, which comes to about four characters, as with the providers' own tokenizers.
 */
export function tokenize(text: string): string[] {
  return text.match(PIECE) ?? [];
}

export function countTokens(text: string): number {
  return tokenize(text).length;
}

/** Joins the pieces of a text into chunks of `size` tokens, as a provider would stream them. */
export function chunkTokens(text: string, size: number): string[] {
  const pieces = tokenize(text);
  const chunks: string[] = [];
  for (let index = 0; index < pieces.length; index += size) {
    chunks.push(pieces.slice(index, index + size).join(''));
  }
  return chunks;
}
