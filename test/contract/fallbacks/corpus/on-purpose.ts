import { DOWN, GPT_TO_CLAUDE, MINI, Q, firstOf, later, quiet } from './program.ts';
import type { Program } from './program.ts';

const both = (calls: readonly Promise<unknown>[]) => Promise.allSettled(calls);
const SLOW = { fault: 'late_headers', parameters: { delayMs: 3000 } } as const;

/** Asks a second model where the first has not answered in time, and aborts the one that loses. */
async function hedge(
  first: (signal: AbortSignal) => Promise<string>,
  second: (signal: AbortSignal) => Promise<string>,
): Promise<void> {
  const losers = new AbortController();
  const calls = [first(losers.signal), later(100).then(() => second(losers.signal))];
  await quiet(Promise.any(calls));
  losers.abort();
  await both(calls);
}

/** Programs that ask several models, or one several times, by their own design. */
export const ON_PURPOSE: Record<string, Program> = {
  'two models side by side, one fails': { makes: [], run: ({ gpt, claude }) => both([gpt(Q, DOWN), claude()]) },
  'two models side by side, the other fails': { makes: [], run: ({ gpt, claude }) => both([gpt(), claude(Q, DOWN)]) },
  'a vote of three models': {
    makes: [],
    run: ({ gpt, claude }) => both([gpt(), gpt(Q, MINI), claude(Q, DOWN)]),
  },
  'a vote of three whose tie another model breaks': {
    makes: [],
    run: ({ gpt, claude }) => both([claude(), gpt(Q, MINI), gpt(Q, DOWN)]).then(() => gpt(Q, { model: 'gpt-5-pro' })),
  },
  'self-consistency: one model five times, of which one fails': {
    makes: [],
    run: ({ gpt }) => both([0, 1, 2, 3, 4].map((sample) => gpt(Q, { temperature: 1, ...(sample === 2 && DOWN) }))),
  },
  'self-consistency, one after the other': {
    makes: [],
    async run({ gpt }) {
      for (const sample of [0, 1, 2]) await quiet(gpt(Q, { temperature: 1, ...(sample === 1 && DOWN) }));
    },
  },
  'self-consistency whose every sample may fail over': {
    makes: [GPT_TO_CLAUDE, GPT_TO_CLAUDE, GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => both([0, 1, 2].map(() => gpt(Q, { temperature: 1, ...DOWN }).catch(() => claude()))),
  },
  'a comparison of models, one after the other': {
    makes: [],
    inferred: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => quiet(gpt(Q, DOWN)).then(() => quiet(claude())),
  },
  'a comparison of models whose last fails': {
    makes: [],
    run: ({ gpt, claude }) => quiet(gpt()).then(() => quiet(claude(Q, DOWN))),
  },
  'two models in every round, of which one fails in the second': {
    makes: [],
    async run({ gpt, claude }) {
      await gpt();
      await claude();
      await quiet(gpt(Q, DOWN));
      await claude();
    },
  },
  'a second opinion': { makes: [], run: ({ gpt, claude }) => gpt().then(() => claude()) },
  'a second opinion after the same model has answered at last': {
    makes: [],
    run: ({ gpt, claude }) =>
      quiet(gpt(Q, DOWN))
        .then(() => gpt())
        .then(() => claude()),
  },
  'a judge of the answer': { makes: [], run: ({ gpt, claude }) => gpt().then((answer) => claude(`Good? ${answer}`)) },
  'a judge that fails, and another judge by design': {
    makes: [],
    run: ({ gpt, claude }) =>
      gpt().then(async (answer) => {
        await quiet(claude(`Is this true? ${answer}`, DOWN));
        await gpt(`Is this polite? ${answer}`, MINI);
      }),
  },
  'a planner that fails, and a critic that goes on without a plan': {
    makes: [],
    run: ({ gpt, claude }) =>
      quiet(gpt(Q, { system: 'Make a plan.', ...DOWN })).then(() => claude(Q, { system: 'Find what is missing.' })),
  },
  'a router that fails, and the worker that is the default': {
    makes: [],
    run: ({ gpt }) =>
      quiet(gpt(Q, { ...MINI, ...DOWN, json: true, system: 'Which team?' })).then(() =>
        gpt(Q, { system: 'You answer customers.' }),
      ),
  },
  'a guard that fails open': {
    makes: [],
    run: ({ gpt, claude }) =>
      quiet(gpt(Q, { ...MINI, ...DOWN, system: 'Is this harmful? Yes or no.' })).then(() =>
        claude(Q, { system: 'You answer customers.' }),
      ),
  },
  'a title that fails, and the answer': {
    makes: [],
    run: ({ gpt }) =>
      quiet(gpt(Q, { ...MINI, ...DOWN, system: 'Give this a title.' })).then(() =>
        gpt(Q, { system: 'You answer customers.' }),
      ),
  },
  'a search query that fails, and the answer': {
    makes: [],
    run: ({ gpt }) =>
      quiet(gpt(`Rewrite as a search query: ${Q}`, { ...MINI, ...DOWN })).then(() => gpt(Q, { system: 'Answer.' })),
  },
  'an embedding that fails, and the answer without sources': {
    makes: [],
    run: ({ gpt, embed }) => quiet(embed(Q, DOWN)).then(() => gpt()),
  },
  'a shadow call that fails': { makes: [], run: ({ gpt, claude }) => both([gpt(), claude(Q, DOWN)]) },
  'a shadow call beside one that fails': {
    makes: [],
    run: ({ gpt, claude }) => both([gpt(Q, { ...SLOW, fault: 'late_headers' }), claude(Q, DOWN)]),
  },
  'a shadow call after one that has failed': {
    makes: [],
    inferred: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => quiet(gpt(Q, DOWN)).then(() => quiet(claude())),
  },
  'two arms of an experiment, one user each': {
    makes: [],
    run: ({ gpt, claude, apart }) => apart(() => quiet(gpt(Q, DOWN))).then(() => apart(() => claude())),
  },
  'a hedge that the first wins': {
    makes: [],
    run: ({ gpt, claude }) =>
      hedge(
        (signal) => gpt(Q, { fault: 'late_headers', parameters: { delayMs: 1500 }, signal }),
        (signal) => claude(Q, { fault: 'no_headers', signal }),
      ),
  },
  'a hedge that the second wins': {
    makes: [],
    run: ({ gpt, claude }) =>
      hedge(
        (signal) => gpt(Q, { fault: 'no_headers', signal }),
        (signal) => claude(Q, { signal }),
      ),
  },
  'a hedge whose first fails when both are on their way': {
    makes: [],
    run: ({ gpt, claude }) =>
      hedge(
        (signal) => gpt(Q, { fault: 'connection_reset', parameters: { delayMs: 1500 }, signal }),
        (signal) => claude(Q, { ...SLOW, signal }),
      ),
  },
  'a hedge, then a second opinion from a third': {
    makes: [],
    run: ({ gpt, claude }) =>
      hedge(
        (signal) => gpt(Q, { fault: 'late_headers', parameters: { delayMs: 1500 }, signal }),
        (signal) => claude(Q, { fault: 'no_headers', signal }),
      ).then(() => gpt(Q, MINI)),
  },
  'a ladder: a usable answer of low confidence, then the dear model': {
    makes: [],
    run: ({ gpt }) => gpt(Q, MINI).then(() => gpt()),
  },
  'a router by cost': { makes: [], run: ({ gpt }) => gpt('A short one', MINI).then(() => gpt('A long one')) },
  'a loop whose first answers': { makes: [], run: ({ gpt, claude }) => firstOf([() => gpt(), () => claude()]) },
  'the same model again': { makes: [], run: ({ gpt }) => quiet(gpt(Q, DOWN)).then(() => gpt()) },
  'the same model again, with other parameters': {
    makes: [],
    run: ({ gpt }) => quiet(gpt(Q, { ...DOWN, temperature: 1 })).then(() => gpt(Q, { temperature: 0 })),
  },
  'the same model again, not streamed': {
    makes: [],
    run: ({ gpt }) => quiet(gpt(Q, { ...DOWN, stream: true })).then(() => gpt()),
  },
  'the same model again through the responses API': {
    makes: [],
    run: ({ gpt }) => quiet(gpt(Q, DOWN)).then(() => gpt(Q, { api: 'responses' })),
  },
  'a stream that is left after its first words, and another model asked the same': {
    makes: [],
    run: ({ gpt, claude }) => gpt(Q, { stream: true, chunks: 3 }).then(() => claude()),
  },
  'suggestions while the user types': {
    makes: [],
    async run({ gpt, claude }) {
      const typed = new AbortController();
      const first = quiet(gpt('Where', { fault: 'no_headers', signal: typed.signal }));
      await later(20);
      typed.abort();
      await first;
      await claude(Q);
    },
  },
};
