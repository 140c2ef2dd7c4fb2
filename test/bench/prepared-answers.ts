/** Answers of the chat completions API as prepared bytes, so that serving them is cheap and always the same. */

const WORDS = `the order was shipped on monday and will reach you before the end of this week if nothing else happens
we have sent a note to your address with every detail about where it is now who carries it and what to do should
it arrive late or damaged please keep the box because our team may ask for a photo`.split(/\s+/);

const WHO = {
  id: 'chatcmpl-BYn8yGdJqNyL7ItJsy1TnT2kQ0g1Z',
  created: 1_760_000_000,
  model: 'gpt-5-2026-08-07',
  service_tier: 'default',
  system_fingerprint: 'fp_44709d6fcb',
};

/** Prose that never enters a loop: a detector of loops that has found one would stop working, and look cheap. */
const word = (index: number): string => {
  const scattered = Math.imul(index + 1, 2_654_435_761) >>> 16;
  return ` ${WORDS[scattered % WORDS.length]}`;
};

const event = (payload: object): Uint8Array =>
  Buffer.from(`data: ${JSON.stringify({ ...WHO, object: 'chat.completion.chunk', ...payload })}\n\n`);

const delta = (content: object, finish: string | null = null): Uint8Array =>
  event({
    choices: [{ index: 0, delta: content, logprobs: null, finish_reason: finish }],
    usage: null,
    obfuscation: 'x7TqL2',
  });

const usage = { prompt_tokens: 90, completion_tokens: 200, total_tokens: 290 };

const OPENING = delta({ role: 'assistant', content: '', refusal: null });
const MOST_WORDS = 5_000;
const SPOKEN = Array.from({ length: MOST_WORDS }, (_, index) => delta({ content: word(index) }));
const CLOSING = [delta({}, 'stop'), event({ choices: [], usage }), Buffer.from('data: [DONE]\n\n')];

/** One streamed answer of so many chunks with text (at most 5,000), event by event. */
export function streamedAnswer(chunks: number): readonly Uint8Array[] {
  return [OPENING, ...SPOKEN.slice(0, chunks), ...CLOSING];
}

/** An answer of 200 words that is not streamed. */
export const wholeAnswer: string = JSON.stringify({
  ...WHO,
  object: 'chat.completion',
  choices: [
    {
      index: 0,
      message: {
        role: 'assistant',
        content: Array.from({ length: 200 }, (_, index) => word(index)).join(''),
        refusal: null,
      },
      logprobs: null,
      finish_reason: 'stop',
    },
  ],
  usage,
});

/** What OpenAI sends along with every answer and an instrumentation may look at. */
export const HEADERS = {
  'x-request-id': 'req_4f1c0a',
  'x-ratelimit-limit-requests': '5000',
  'x-ratelimit-remaining-requests': '4999',
  'x-ratelimit-reset-requests': '12ms',
  'x-ratelimit-limit-tokens': '450000',
  'x-ratelimit-remaining-tokens': '449000',
  'x-ratelimit-reset-tokens': '130ms',
};
