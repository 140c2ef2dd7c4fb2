import { recordFallback, recordOutcome, task, useCase } from '@brownout/api';
import type { Pool } from 'pg';
import { findPassages } from './find-passages.ts';
import { lookUpOrder } from './look-up-order.ts';
import type { Model, Question } from './models/model.ts';

export interface Desk {
  readonly database: Pool;
  /** In order of preference. */
  readonly models: readonly Model[];
  readonly ordersUrl: string;
}

export interface Answer {
  readonly answer: string;
  /** Who wrote it. */
  readonly model: string;
}

/** Answers from what the desk knows and from what became of the order, by the first model that has an answer. */
export function answerQuestion(desk: Desk, text: string): Promise<Answer> {
  return useCase('order-desk', () =>
    task('answer-question', async () => {
      const passages = await findPassages(desk.database, text);
      const answer = await askModels(desk, {
        text,
        instructions: `You answer customers of a parcel service, briefly and only from this:\n\n${passages.join('\n')}`,
        orders: text.match(/\b\d{4,}\b/g) ?? [],
      });
      // Nobody is helped by an answer that rests on nothing.
      if (passages.length === 0 || answer.answer.trim() === '') recordOutcome('failure');
      return answer;
    }),
  );
}

async function askModels({ models, ordersUrl }: Desk, question: Question): Promise<Answer> {
  const failures: unknown[] = [];
  for (const [index, model] of models.entries()) {
    try {
      return { answer: await model.answer(question, (order) => lookUpOrder(ordersUrl, order)), model: model.name };
    } catch (error) {
      failures.push(error);
      const next = models[index + 1];
      if (next !== undefined) {
        recordFallback({
          from: { provider: model.provider, model: model.name },
          to: { provider: next.provider, model: next.name },
        });
      }
    }
  }
  throw new AggregateError(failures, 'no model had an answer');
}
