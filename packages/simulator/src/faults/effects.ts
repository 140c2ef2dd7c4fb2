import { ANSWER_EFFECTS } from './answer-effects.ts';
import type { FaultName } from './catalogue.ts';
import type { Effect } from './effect.ts';
import { PROBLEM_EFFECTS } from './problem-effects.ts';
import { SCRIPT_EFFECTS } from './script-effects.ts';

/** What each fault of the catalogue does. */
export const EFFECTS = {
  ...SCRIPT_EFFECTS,
  ...ANSWER_EFFECTS,
  ...PROBLEM_EFFECTS,
} as const satisfies Record<FaultName, Effect>;
