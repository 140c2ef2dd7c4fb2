import { DOWN, GPT_TO_CLAUDE, MINI, Q, later, quiet } from './program.ts';
import type { Models, Program } from './program.ts';

interface Job {
  readonly question: string;
  readonly model: 'gpt' | 'claude';
}

/** Works a queue off; what fails is put back, for the other model. */
async function workOff({ gpt, claude }: Models, jobs: Job[], inJob: Models['apart']): Promise<void> {
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
    const { question, model } = job;
    await inJob(() => {
      if (model === 'claude') return claude(question);
      return gpt(question, DOWN).catch(() => jobs.push({ question, model: 'claude' }));
    });
  }
}

const ITEMS = ['Item one', 'Item two', 'Item three'];

/** Programs of batches, queues and pings: the same or other questions, over and over. */
export const AT_WORK: Record<string, Program> = {
  'a batch whose items fail over': {
    makes: [GPT_TO_CLAUDE, GPT_TO_CLAUDE],
    async run({ gpt, claude }) {
      for (const item of ITEMS) await gpt(item, item === 'Item two' ? {} : DOWN).catch(() => claude(item));
    },
  },
  'a batch whose items fail over side by side': {
    makes: [GPT_TO_CLAUDE, GPT_TO_CLAUDE, GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => Promise.all(ITEMS.map((item) => gpt(item, DOWN).catch(() => claude(item)))),
  },
  'a batch with the same prompt again, which fails over each time': {
    makes: [GPT_TO_CLAUDE, GPT_TO_CLAUDE],
    async run({ gpt, claude }) {
      for (const _ of [1, 2]) await gpt(Q, DOWN).catch(() => claude());
    },
  },
  'a batch with the same prompt again, which fails over the second time': {
    makes: [GPT_TO_CLAUDE],
    async run({ gpt, claude }) {
      await gpt();
      await gpt(Q, DOWN).catch(() => claude());
    },
  },
  'a batch whose next item goes to another model': {
    makes: [],
    run: ({ gpt }) => quiet(gpt('Item one', DOWN)).then(() => gpt('Item two', MINI)),
  },
  'a breaker of its own: the next question goes to the substitute at once': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) =>
      gpt(Q, DOWN)
        .catch(() => claude())
        .then(() => claude('And when?')),
  },
  'a queue that gives a failed job to the other model': {
    makes: [GPT_TO_CLAUDE],
    run: (models) => workOff(models, [{ question: Q, model: 'gpt' }], (run) => run()),
  },
  'a queue that gives a failed job to the other model, each job a piece of work of its own': {
    makes: [GPT_TO_CLAUDE],
    inferred: [],
    run: (models) => workOff(models, [{ question: Q, model: 'gpt' }], models.apart),
  },
  'a helper that waits for its turn before it asks': {
    makes: [GPT_TO_CLAUDE],
    inferredInNeither: [],
    async run({ gpt, claude }) {
      const inTurn = async (ask: () => Promise<string>): Promise<string> => {
        await later(1);
        return ask();
      };
      return inTurn(() => gpt(Q, DOWN)).catch(() => inTurn(() => claude()));
    },
  },
  'two users with the same question, of whom one fails over': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude, apart }) =>
      Promise.all([apart(() => gpt(Q, DOWN).catch(() => claude())), apart(() => claude())]),
  },
  'a warm-up ping that fails, then work': {
    makes: [],
    run: ({ gpt, claude }) => quiet(gpt('ping', DOWN)).then(() => claude()),
  },
  'pings of two providers, one after the other': {
    makes: [],
    inferred: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => quiet(gpt('ping', DOWN)).then(() => claude('ping')),
  },
  'pings of two providers, side by side': {
    makes: [],
    run: ({ gpt, claude }) => Promise.all([quiet(gpt('ping', DOWN)), claude('ping')]),
  },
};
