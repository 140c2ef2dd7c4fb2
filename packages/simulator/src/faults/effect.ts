import type { Answer, Ask } from '../content/answer.ts';
import type { AnswerLength } from '../content/compose-answer.ts';
import type { Problem } from '../content/problem.ts';
import type { Random } from '../content/random.ts';
import type { InBandKind, ProviderName } from '../endpoint.ts';
import type { Frame, Step } from '../wire/step.ts';
import type { ParameterValues } from './fault.ts';

export interface AnswerContext {
  readonly ask: Ask;
  readonly provider: ProviderName;
  readonly random: Random;
  /** How long healthy answers are. */
  readonly length: AnswerLength;
}

export interface ScriptContext {
  readonly streamed: boolean;
  /** The answer as one JSON document. */
  readonly wholeBody: string;
  readonly keepAlive: string;
  /** A 200 body that carries an error. */
  wholeError(kind: InBandKind): string;
  /** `sent` is the number of events that came before. */
  errorFrames(kind: InBandKind, form: string, sent: number): readonly Frame[];
}

/** Where a fault takes hold: in what the model says, in place of an answer, or on the way of the bytes. */
export type Effect =
  | { readonly at: 'answer'; change(answer: Answer, values: ParameterValues, context: AnswerContext): Answer }
  | { readonly at: 'problem'; problem(values: ParameterValues, provider: ProviderName): Problem }
  | { readonly at: 'script'; rewrite(steps: readonly Step[], values: ParameterValues, context: ScriptContext): Step[] };

export function numberAt(values: ParameterValues, key: string): number {
  return Number(values[key] ?? 0);
}
