/** What the service reads from its environment. */
export interface Settings {
  /** 0 takes a free port. */
  readonly port: number;
  readonly openaiModel: string;
  readonly embeddingModel: string;
  readonly anthropicModel: string;
  /** Longest time that one provider may take for an answer, the SDK's retries included. */
  readonly answerTimeoutMilliseconds: number;
}

/** Keys and base URLs (`OPENAI_API_KEY`, `OPENAI_BASE_URL`, `ANTHROPIC_…`) are read by the SDKs themselves. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  return {
    port: wholeNumber(environment, 'PORT', 3000),
    openaiModel: environment['OPENAI_MODEL'] ?? 'gpt-5-mini',
    embeddingModel: environment['OPENAI_EMBEDDING_MODEL'] ?? 'text-embedding-3-small',
    anthropicModel: environment['ANTHROPIC_MODEL'] ?? 'claude-haiku-5-5',
    answerTimeoutMilliseconds: wholeNumber(environment, 'ANSWER_TIMEOUT_MS', 20_000),
  };
}

function wholeNumber(environment: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const text = environment[name];
  if (text === undefined) return otherwise;
  if (!/^\d+$/.test(text)) throw new Error(`${name} must be a whole number, but is "${text}"`);
  return Number(text);
}
