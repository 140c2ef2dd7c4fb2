import type { KnowledgeBase } from './knowledge-base.ts';
import type { Provider, Question } from './providers.ts';

export interface TicketAnswer {
  readonly answer: string;
  /** Who wrote it. */
  readonly provider: string;
  /** Ids of the articles that it rests on. */
  readonly sources: readonly string[];
}

export interface Assistant {
  readonly knowledgeBase: KnowledgeBase;
  /** In order of preference. */
  readonly providers: readonly Provider[];
  readonly answerTimeoutMilliseconds: number;
}

const ARTICLES_PER_QUESTION = 3;

/** Answers from the articles that fit best, by the first provider that has an answer. */
export async function answerTicket(assistant: Assistant, question: string): Promise<TicketAnswer> {
  const articles = await assistant.knowledgeBase.search(question, ARTICLES_PER_QUESTION);
  const context = articles.map(({ title, text }) => `## ${title}\n${text}`).join('\n\n');
  const asked: Question = {
    instructions: `You answer support tickets of a parcel service, briefly and only from these articles.\n\n${context}`,
    text: question,
  };
  const failures: unknown[] = [];
  for (const provider of assistant.providers) {
    try {
      const answer = await ask(provider, asked, assistant.answerTimeoutMilliseconds);
      return { answer, provider: provider.name, sources: articles.map(({ id }) => id) };
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AggregateError(failures, 'no provider had an answer');
}

async function ask(provider: Provider, question: Question, timeoutMilliseconds: number): Promise<string> {
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  const answer = await provider.answer(question, signal);
  signal.throwIfAborted(); // A stream that is aborted ends without an error.
  if (answer.trim() === '') throw new Error(`${provider.name} gave an empty answer`);
  return answer;
}
