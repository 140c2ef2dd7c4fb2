import type { Pool } from 'pg';

const MOST_PASSAGES = 3;

/** What the desk knows about the words of a question, the best first. */
export async function findPassages(database: Pool, question: string): Promise<readonly string[]> {
  const { rows } = await database.query<{ body: string }>(
    `select body from passages, to_tsquery('english', $1) words
     where to_tsvector('english', body) @@ words order by ts_rank(to_tsvector('english', body), words) desc limit $2`,
    [(question.match(/[a-z]+/gi) ?? []).join(' | '), MOST_PASSAGES],
  );
  return rows.map(({ body }) => body);
}
