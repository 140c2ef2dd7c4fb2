import { DOWN, GPT_TO_CLAUDE, GPT_TO_MINI, MINI, Q, quiet } from './program.ts';
import type { Program } from './program.ts';

const CAT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const DOG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
const see = (png: string) => [{ user: [{ text: 'What is this?' }, { png }] }];
const found = (...results: readonly string[]) => [{ user: Q }, ...results.map((tool) => ({ tool }))];
const LONG = `${'The parcel left the warehouse on Monday. '.repeat(400)}Where is it?`;

/** Programs about what "the same question" is: its form, its surroundings, and what only looks like it. */
export const SAME_QUESTION: Record<string, Program> = {
  'as content parts': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => gpt(Q, DOWN).catch(() => claude([{ user: [{ text: Q }] }])),
  },
  'with other white space': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => gpt(Q, DOWN).catch(() => claude(` Where is\n my order? `)),
  },
  'a long one': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => gpt(LONG, DOWN).catch(() => claude(LONG)),
  },
  'shortened for the smaller model': {
    makes: [GPT_TO_MINI],
    inferred: [],
    run: ({ gpt }) => gpt(Q, DOWN).catch(() => gpt('My order?', MINI)),
  },
  'without a system prompt': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => gpt(Q, DOWN).catch(() => claude(Q, { system: null })),
  },
  'with a system prompt written for the other model': {
    makes: [GPT_TO_MINI],
    inferred: [],
    run: ({ gpt }) => gpt(Q, DOWN).catch(() => gpt(Q, { ...MINI, system: 'You are kind and brief.' })),
  },
  'with the system prompt folded into it': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) =>
      gpt(Q, { ...DOWN, system: 'Be kind.' }).catch(() => claude(`Be kind.\n\n${Q}`, { system: null })),
  },
  'without the JSON schema': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => gpt(Q, { ...DOWN, json: true }).catch(() => claude()),
  },
  'with the older turns left out': {
    makes: [GPT_TO_MINI],
    run: ({ gpt }) =>
      gpt([{ user: 'Hello' }, { assistant: 'Hello!' }, { user: Q }], DOWN).catch(() => gpt([{ user: Q }], MINI)),
  },
  'with an image': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => gpt(see(CAT), DOWN).catch(() => claude(see(CAT))),
  },
  'only an image': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => gpt([{ user: [{ png: CAT }] }], DOWN).catch(() => claude([{ user: [{ png: CAT }] }])),
  },
  'the same words about another image': {
    makes: [],
    run: ({ gpt, claude }) => quiet(gpt(see(CAT), DOWN)).then(() => claude(see(DOG))),
  },
  'a tool result, then another provider': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) =>
      gpt(found()).then(() => gpt(found('In Bern.'), DOWN).catch(() => claude(found('In Bern.')))),
  },
  'an agent whose every turn fails over': {
    makes: [GPT_TO_CLAUDE, GPT_TO_CLAUDE],
    async run({ gpt, claude }) {
      await gpt(found(), DOWN).catch(() => claude(found()));
      await gpt(found('In Bern.'), DOWN).catch(() => claude(found('In Bern.')));
    },
  },
  'an agent that stays with the substitute': {
    makes: [GPT_TO_CLAUDE],
    async run({ gpt, claude }) {
      await gpt(found(), DOWN).catch(() => claude(found()));
      await claude(found('In Bern.'));
    },
  },
  'an agent that begins anew with another model': {
    makes: [GPT_TO_CLAUDE],
    async run({ gpt, claude }) {
      await gpt(found());
      await gpt(found('In Bern.'), DOWN).catch(() => claude(found()).then(() => claude(found('In Bern.'))));
    },
  },
  'an agent that skips a failed step and has another model sum up': {
    makes: [],
    async run({ gpt, claude }) {
      await gpt(found());
      await quiet(gpt(found('In Bern.'), DOWN));
      await claude(found('In Bern.', 'Since Monday.'));
    },
  },
  'the next turn goes to another model': {
    makes: [],
    run: ({ gpt, claude }) =>
      quiet(gpt([{ user: 'Hello' }], DOWN)).then(() => claude([{ user: 'Hello' }, { assistant: '' }, { user: Q }])),
  },
  'the same history, another last message': {
    makes: [],
    run: ({ gpt }) =>
      quiet(gpt([{ user: Q }, { assistant: 'In Bern.' }, { user: 'Since when?' }], DOWN)).then(() =>
        gpt([{ user: Q }, { assistant: 'In Bern.' }, { user: 'Until when?' }], MINI),
      ),
  },
  'yes, and yes again to another model': {
    makes: [],
    inferred: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) =>
      quiet(gpt([{ user: Q }, { assistant: 'Shall I look?' }, { user: 'Yes' }], DOWN)).then(() =>
        claude([{ user: 'And my refund?' }, { assistant: 'Shall I ask?' }, { user: 'Yes' }]),
      ),
  },
};
