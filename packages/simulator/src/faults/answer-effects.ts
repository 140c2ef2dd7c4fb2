import type { Answer, Choice } from '../content/answer.ts';
import { countOutput } from '../content/compose-answer.ts';
import { writeForeign } from '../content/foreign.ts';
import { isObject } from '../content/json-value.ts';
import { writeProse } from '../content/prose.ts';
import type { Random } from '../content/random.ts';
import { tokenize } from '../content/tokens.ts';
import type { ANSWER_FAULTS } from './catalogue-answer.ts';
import { numberAt, type AnswerContext, type Effect } from './effect.ts';
import type { ParameterValues } from './fault.ts';

type ChangeChoice = (choice: Choice, values: ParameterValues, context: AnswerContext) => Partial<Choice>;

/** Changes every choice, and the bill with them. */
function changeChoices(change: ChangeChoice): Effect {
  return {
    at: 'answer',
    change: (answer, values, context) => {
      const apply = (choice: Choice): Choice => ({ ...choice, ...change(choice, values, context) });
      const [first, ...others] = answer.choices;
      const choices: Answer['choices'] = [apply(first), ...others.map(apply)];
      return { ...answer, choices, usage: answer.usage && { ...answer.usage, outputTokens: countOutput(choices) } };
    },
  };
}

export const ANSWER_EFFECTS = {
  empty_completion: changeChoices(() => ({ text: '', tool: null, refusal: null, finish: 'stop' })),
  length_stop: changeChoices((choice, values) => ({
    text: firstTokens(choice.text, numberAt(values, 'afterTokens')),
    finish: 'length',
  })),
  refusal: changeChoices(() => ({
    text: '',
    tool: null,
    refusal: "I'm sorry, but I can't help with that request.",
    finish: 'refusal',
  })),
  content_filter: changeChoices((choice, values, { random }) => ({
    text: firstTokens(choice.tool === null ? choice.text : writeProse(random, 30), numberAt(values, 'afterTokens')),
    tool: null,
    finish: 'content_filter',
  })),
  invalid_tool_arguments: changeChoices((choice) => ({
    tool: choice.tool && { ...choice.tool, arguments: breakJson(choice.tool.arguments) },
  })),
  broken_structured_output: changeChoices((choice, values, { random }) => ({
    text: values['form'] === 'prose' ? writeProse(random, 40) : breakJson(choice.text),
  })),
  schema_violation: changeChoices((choice, values) => ({ text: misfitJson(choice.text, String(values['form'])) })),
  mismatched_tool_arguments: changeChoices((choice, values) => ({
    tool: choice.tool && { ...choice.tool, arguments: misfitJson(choice.tool.arguments, String(values['form'])) },
  })),
  language_switch: changeChoices((_choice, values) => ({ text: writeForeign(String(values['language'])) })),
  overlong_answer: changeChoices((_choice, values, { random, length }) => ({
    text: writeProse(random, Math.ceil(length.most * numberAt(values, 'factor'))),
  })),
  repetition_loop: changeChoices((_choice, values, { random }) => ({
    text: writeLoop(random, numberAt(values, 'repeats'), values['numbered'] === true),
  })),
  garbled_text: changeChoices((choice, values, { random }) => ({
    text: choice.text.replace(/\p{Letter}/gu, (letter) =>
      random.next() < numberAt(values, 'characterShare') ? '\u{FFFD}' : letter,
    ),
  })),
  substituted_model: {
    at: 'answer',
    change: (answer, values, context) => ({ ...answer, model: String(values['model']) || anotherModel(context) }),
  },
  implausible_usage: {
    at: 'answer',
    change: (answer, values, { random }) => {
      const [first, ...others] = answer.choices;
      return {
        ...answer,
        choices: [{ ...first, text: writeProse(random, 200) }, ...others],
        usage: answer.usage && { ...answer.usage, outputTokens: numberAt(values, 'tokens') },
      };
    },
  },
  missing_usage: { at: 'answer', change: (answer) => ({ ...answer, usage: null }) },
} as const satisfies Record<keyof typeof ANSWER_FAULTS, Effect>;

function firstTokens(text: string, count: number): string {
  return tokenize(text).slice(0, Math.max(1, count)).join('');
}

/** Leaves off the last third: an object that was never closed, which no parser accepts. */
function breakJson(text: string): string {
  return text.length < 4 ? '{"' : text.slice(0, Math.ceil(text.length * 0.66));
}

/** Well-formed still. What is no object becomes a list of it, which no schema asks for that asked for it. */
function misfitJson(text: string, form: string): string {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) return JSON.stringify([value]);
  const [first, ...others] = Object.entries(value);
  if (form === 'extra' || first === undefined) return JSON.stringify({ ...value, unasked: true });
  if (form === 'missing') return JSON.stringify(Object.fromEntries(others));
  const [key, given] = first;
  return JSON.stringify({ ...value, [key]: isObject(given) ? [] : {} });
}

function writeLoop(random: Random, repeats: number, numbered: boolean): string {
  const beginning = writeProse(random, 24);
  const sentence = ' Please hold on while I check the status of the order for you once more.';
  const rounds = Array.from({ length: repeats }, (_, index) =>
    numbered ? ` Attempt ${index + 1}:${sentence}` : sentence,
  );
  return beginning + rounds.join('');
}

/** A small model of the same provider, and never the one that was asked for. */
function anotherModel({ ask, provider }: AnswerContext): string {
  if (provider === 'anthropic') {
    return ask.model.includes('haiku') ? 'claude-3-opus-20240229' : 'claude-haiku-4-5-20251001';
  }
  return ask.model.startsWith('gpt-4o-mini') ? 'gpt-3.5-turbo-0125' : 'gpt-4o-mini-2024-07-18';
}
