import type { Answer, Ask, Choice, Usage } from './answer.ts';
import { modelSnapshot } from './model-snapshot.ts';
import { writeProse } from './prose.ts';
import type { Random } from './random.ts';
import { sampleSchema } from './schema-sample.ts';
import { countTokens } from './tokens.ts';

/** How long the simulated models' prose is, in tokens. A caller's lower limit is obeyed, so a healthy answer is never cut. */
export interface AnswerLength {
  readonly least: number;
  readonly most: number;
}

export const DEFAULT_ANSWER_LENGTH: AnswerLength = { least: 40, most: 90 };

/** The answer of a healthy model. */
export function composeAnswer(ask: Ask, length: AnswerLength, cached: boolean, random: Random): Answer {
  const [first, ...others] = Array.from({ length: Math.max(1, ask.choices) }, () => composeChoice(ask, length, random));
  const choices: [Choice, ...Choice[]] = [first ?? composeChoice(ask, length, random), ...others];
  return { model: modelSnapshot(ask.model), choices, usage: measureUsage(ask, choices, cached) };
}

/** Cached input is billed in whole blocks from 1,024 tokens on; the simulator caches whatever it was told to. */
function measureUsage(ask: Ask, choices: readonly Choice[], cached: boolean): Usage {
  const cacheable = ask.cacheKey === null ? 0 : Math.floor(ask.inputTokens * 0.8);
  return {
    inputTokens: ask.inputTokens,
    cacheReadTokens: cached ? cacheable : 0,
    cacheWriteTokens: cached ? 0 : cacheable,
    outputTokens: countOutput(choices),
  };
}

/** The output tokens of all the choices together. */
export function countOutput(choices: readonly Choice[]): number {
  return choices.reduce((sum, choice) => sum + countTokens(spoken(choice)), 0);
}

/** Everything that a choice says, whichever field it says it in. */
export function spoken(choice: Choice): string {
  return choice.text + (choice.refusal ?? '') + (choice.tool?.arguments ?? '');
}

function composeChoice(ask: Ask, length: AnswerLength, random: Random): Choice {
  if (ask.tool !== null) {
    const value = JSON.stringify(sampleSchema(ask.tool.schema ?? { type: 'object' }, random));
    return { text: '', refusal: null, tool: { name: ask.tool.name, arguments: value }, finish: 'tool_calls' };
  }
  return { text: composeText(ask, length, random), refusal: null, tool: null, finish: 'stop' };
}

function composeText(ask: Ask, length: AnswerLength, random: Random): string {
  if (ask.json === null) {
    const wanted = random.integer(length.least, length.most);
    return writeProse(random, Math.min(wanted, ask.outputLimit ?? wanted));
  }
  const schema = ask.json.schema ?? {
    type: 'object',
    properties: { answer: { type: 'string' }, confidence: { type: 'number', minimum: 0, maximum: 1 } },
  };
  return JSON.stringify(sampleSchema(schema, random));
}
