import type { Question } from '../dialect.ts';
import { toQuestion } from '../request-fields.ts';
import { inputs } from './request.ts';

export function readQuestion(body: unknown): Question | undefined {
  return toQuestion(inputs(body).join(' '), [], []);
}
