/** One streamed chat completion, as raw bytes, chunk by chunk. */
const COUNT = 200;

const WORDS =
  'the order was shipped on monday and will reach you before the end of this week if nothing else happens'.split(' ');

const chunk = (delta: object, finish: string | null = null): string =>
  `data: ${JSON.stringify({
    id: 'chatcmpl-BYn8yGdJqNyL7ItJsy1TnT2kQ0g1Z',
    object: 'chat.completion.chunk',
    created: 1_760_000_000,
    model: 'gpt-5-2026-08-07',
    service_tier: 'default',
    system_fingerprint: 'fp_44709d6fcb',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    obfuscation: 'x7TqL2',
  })}\n\n`;

export const chunks: readonly Uint8Array[] = [
  chunk({ role: 'assistant', content: '', refusal: null }),
  ...Array.from({ length: COUNT }, (_, index) => chunk({ content: ` ${WORDS[(index * 7) % WORDS.length]}${index}` })),
  chunk({}, 'stop'),
  'data: [DONE]\n\n',
].map((text) => Buffer.from(text));

/** The same, whole. */
export const answer: string = JSON.stringify({
  id: 'chatcmpl-BYn8yGdJqNyL7ItJsy1TnT2kQ0g1Z',
  object: 'chat.completion',
  created: 1_760_000_000,
  model: 'gpt-5-2026-08-07',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: WORDS.join(' '), refusal: null },
      logprobs: null,
      finish_reason: 'stop',
    },
  ],
  usage: { prompt_tokens: 30, completion_tokens: 20, total_tokens: 50 },
});
