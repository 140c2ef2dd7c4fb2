/** What a provider reports to have written, beside what came. */
export interface ReportedOutput {
  readonly outputTokens: number;
  /** Reasoning among them; `undefined` where the provider does not say, and any number of them may be hidden reasoning. */
  readonly reasoningTokens: number | undefined;
  /** Characters (UTF-16 units) that came as text or as arguments of tool calls. */
  readonly characters: number;
  readonly toolCalls: number;
}

const USAGE_LIMITS = {
  /** More characters for each token than any real text has: 22 was the most in 200 characters, 14 in 1,000. */
  mostCharactersPerToken: 20,
  /** With fewer characters than this, too few tokens say nothing: a ruled line is one. */
  fewestCharacters: 400,
  /** A token is a byte at least, and a UTF-16 unit is three bytes of UTF-8 at most. */
  mostTokensPerCharacter: 3,
  /** Tokens that frame an answer and each of its tool calls, with room to spare. */
  frame: 100,
  frameOfToolCall: 100,
} as const;

/**
 * Whether the token count cannot belong to what came. No tokenizer runs here: only what no tokenizer could have counted
 * is implausible. Measured on real text with two tokenizers: `docs/reference/detectors.md`.
 */
export function isUsageImplausible({ outputTokens, reasoningTokens, characters, toolCalls }: ReportedOutput): boolean {
  const { fewestCharacters, mostCharactersPerToken, mostTokensPerCharacter, frame, frameOfToolCall } = USAGE_LIMITS;
  if (characters >= fewestCharacters && outputTokens * mostCharactersPerToken < characters) return true;
  if (reasoningTokens === undefined) return false;
  return outputTokens - reasoningTokens > mostTokensPerCharacter * characters + frame + frameOfToolCall * toolCalls;
}
