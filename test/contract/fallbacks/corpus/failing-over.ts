import { DOWN, GPT_TO_CLAUDE, GPT_TO_MINI, MINI, Q, firstOf, later, quiet } from './program.ts';
import type { Program } from './program.ts';

const SCHEMA_BROKEN = { json: true, fault: 'broken_structured_output' } as const;

/** When the second call of a hedge is due: later than any test takes. */
const NOT_DUE = new Promise<undefined>(() => {});

/** Programs that give a call up and ask another model or provider the same. */
export const FAILING_OVER: Record<string, Program> = {
  'catch, then another provider': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => gpt(Q, DOWN).catch(() => claude()),
  },
  'catch, then another model': { makes: [GPT_TO_MINI], run: ({ gpt }) => gpt(Q, DOWN).catch(() => gpt(Q, MINI)) },
  'from Anthropic to OpenAI': {
    makes: ['claude-opus-5 → gpt-5'],
    run: ({ gpt, claude }) => claude(Q, { fault: 'overloaded' }).catch(() => gpt()),
  },
  'from the responses API to Anthropic': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => gpt(Q, { api: 'responses', ...DOWN }).catch(() => claude()),
  },
  'from the responses API to another model through chat completions': {
    makes: [GPT_TO_MINI],
    run: ({ gpt }) => gpt(Q, { api: 'responses', ...DOWN }).catch(() => gpt(Q, MINI)),
  },
  'from a stream to a whole answer of another model': {
    makes: [GPT_TO_MINI],
    run: ({ gpt }) => gpt(Q, { stream: true, ...DOWN }).catch(() => gpt(Q, MINI)),
  },
  'to a dated version of the same model': {
    makes: ['gpt-5 → gpt-5-2025-08-07'],
    run: ({ gpt }) => gpt(Q, DOWN).catch(() => gpt(Q, { model: 'gpt-5-2025-08-07' })),
  },
  'the same model through a gateway that the configuration names': {
    makes: ['gpt-5 → gpt-5'],
    run: ({ gpt }) => gpt(Q, DOWN).catch(() => gpt(Q, { through: 'named gateway' })),
  },
  'the same model through a gateway that nobody knows': {
    makes: ['gpt-5 → gpt-5'],
    inferred: [],
    run: ({ gpt }) => gpt(Q, DOWN).catch(() => gpt(Q, { through: 'unknown gateway' })),
  },
  'another embedding model': {
    makes: ['text-embedding-3-large → text-embedding-3-small'],
    run: ({ embed }) => embed(Q, DOWN).catch(() => embed(Q, { model: 'text-embedding-3-small' })),
  },
  'a loop over three': {
    makes: [GPT_TO_CLAUDE, 'claude-opus-5 → gpt-5-mini'],
    run: ({ gpt, claude }) => firstOf([() => gpt(Q, DOWN), () => claude(Q, DOWN), () => gpt(Q, MINI)]),
  },
  'the same model twice, then another': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => firstOf([() => gpt(Q, DOWN), () => gpt(Q, DOWN), () => claude()]),
  },
  'three tries with growing waits, then another model': {
    makes: [GPT_TO_CLAUDE],
    async run({ gpt, claude }) {
      for (const waitMs of [5, 10, 20]) {
        const answer = await quiet(gpt(Q, DOWN));
        if (answer !== undefined) return answer;
        await later(waitMs);
      }
      return claude();
    },
  },
  'a helper that swallows errors': {
    makes: [GPT_TO_CLAUDE],
    run: async ({ gpt, claude }) => (await quiet(gpt(Q, DOWN))) ?? (await claude()),
  },
  'a rate limit': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => gpt(Q, { fault: 'rate_limited_short_wait' }).catch(() => claude()),
  },
  'a key that is refused': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => gpt(Q, { fault: 'unauthorized' }).catch(() => claude()),
  },
  'a request that is too much for the model': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => gpt(Q, { fault: 'bad_request' }).catch(() => claude()),
  },
  'a connection that is reset': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => gpt(Q, { fault: 'connection_reset' }).catch(() => claude()),
  },
  "the client's own timeout": {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => gpt(Q, { fault: 'no_headers', timeoutMs: 100 }).catch(() => claude()),
  },
  'a deadline of the application, tighter than its budgets': {
    makes: [GPT_TO_CLAUDE],
    async run({ gpt, claude }) {
      const deadline = new AbortController();
      setTimeout(() => deadline.abort(), 300);
      return gpt(Q, { fault: 'no_headers', signal: deadline.signal }).catch(() => claude());
    },
  },
  'a stream that stalls until the application aborts it': {
    makes: [GPT_TO_CLAUDE],
    async run({ gpt, claude }) {
      const deadline = new AbortController();
      setTimeout(() => deadline.abort(), 1500);
      await quiet(gpt(Q, { stream: true, fault: 'stall', signal: deadline.signal }));
      return claude();
    },
  },
  'a cut stream, then a whole answer': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => gpt(Q, { stream: true, fault: 'cut_with_error' }).catch(() => claude()),
  },
  'a cut stream that another model goes on with': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) =>
      gpt(Q, { stream: true, fault: 'cut_with_error' }).catch(() => claude([{ user: Q }, { assistant: 'It is' }])),
  },
  'a cut stream that another model is told to go on with': {
    makes: [GPT_TO_CLAUDE],
    inferred: [],
    run: ({ gpt, claude }) =>
      gpt(Q, { stream: true, fault: 'cut_with_error' }).catch(() =>
        claude([{ user: Q }, { assistant: 'It is' }, { user: 'Go on.' }]),
      ),
  },
  'a page of HTML': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) =>
      gpt(Q, { fault: 'html_200' }).then(
        (answer) => answer || claude(),
        () => claude(),
      ),
  },
  'an empty answer': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => gpt(Q, { fault: 'empty_completion' }).then((answer) => answer || claude()),
  },
  'an answer that repeats itself': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => gpt(Q, { fault: 'repetition_loop' }).then(() => claude()),
  },
  'a refusal': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => gpt(Q, { fault: 'refusal' }).then(() => claude()),
  },
  'a ladder: broken JSON of the cheap model, then the dear one': {
    makes: ['gpt-5-mini → gpt-5'],
    run: ({ gpt }) => gpt(Q, { ...MINI, ...SCHEMA_BROKEN }).then(() => gpt(Q, { json: true })),
  },
  'a ladder: an answer that fails a check of the application': {
    makes: ['gpt-5-mini → gpt-5'],
    inferred: [],
    run: ({ gpt }) => gpt(Q, MINI).then((answer) => (answer.includes('[source]') ? answer : gpt())),
  },
  'an answer cut off by its length, then a model with more room': {
    makes: [GPT_TO_CLAUDE],
    inferred: [],
    run: ({ gpt, claude }) => gpt(Q, { fault: 'length_stop' }).then(() => claude()),
  },
  'a hedge whose first call fails before the second is due': {
    makes: [GPT_TO_CLAUDE],
    run: ({ gpt, claude }) => Promise.race([gpt(Q, DOWN), NOT_DUE]).catch(() => claude()),
  },
  'two at once, and a third where one fails and the other is given up': {
    makes: ['claude-opus-5 → gpt-5-mini'],
    async run({ gpt, claude }) {
      const deadline = new AbortController();
      const second = quiet(claude(Q, { fault: 'no_headers', signal: deadline.signal }));
      await quiet(gpt(Q, DOWN));
      await later(100);
      deadline.abort();
      await second;
      await gpt(Q, MINI);
    },
  },
};
