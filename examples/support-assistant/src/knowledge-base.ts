import type OpenAI from 'openai';
import type { Article } from './articles.ts';

export interface KnowledgeBase {
  /** The articles nearest in meaning to a question, nearest first. */
  search(question: string, count: number): Promise<readonly Article[]>;
}

/** Embeds every article once; a search then costs one embedding of the question. */
export async function createKnowledgeBase(
  openai: OpenAI,
  model: string,
  articles: readonly Article[],
): Promise<KnowledgeBase> {
  const embed = async (input: string[]) => (await openai.embeddings.create({ model, input })).data;
  const vectors = await embed(articles.map(({ title, text }) => `${title}\n${text}`));
  const entries = articles.map((article, index) => ({ article, vector: vectors[index]?.embedding ?? [] }));

  return {
    search: async (question, count) => {
      const [asked] = await embed([question]);
      return entries
        .map(({ article, vector }) => ({ article, similarity: cosine(vector, asked?.embedding ?? []) }))
        .toSorted((a, b) => b.similarity - a.similarity)
        .slice(0, count)
        .map(({ article }) => article);
    },
  };
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const product = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, index) => sum + value * (y[index] ?? 0), 0);
  return product(a, b) / (Math.sqrt(product(a, a) * product(b, b)) || 1);
}
