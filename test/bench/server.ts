import { createServer } from 'node:http';

/**
 * Answers chat completions from prepared bytes, so that its own work is small and always the same. It runs in a process
 * of its own: the benchmark counts the client's processor time only. Prints its port, ends with its parent.
 */
const CHUNKS = Number(process.argv[2]);

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

const stream = [
  chunk({ role: 'assistant', content: '', refusal: null }),
  ...Array.from({ length: CHUNKS }, (_, index) => chunk({ content: ` ${WORDS[(index * 7) % WORDS.length]}${index}` })),
  chunk({}, 'stop'),
  'data: [DONE]\n\n',
].map((text) => Buffer.from(text));

const whole = JSON.stringify({
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

const HEADERS = {
  'x-request-id': 'req_4f1c0a',
  'x-ratelimit-limit-requests': '5000',
  'x-ratelimit-remaining-requests': '4999',
  'x-ratelimit-reset-requests': '12ms',
  'x-ratelimit-limit-tokens': '450000',
  'x-ratelimit-remaining-tokens': '449000',
  'x-ratelimit-reset-tokens': '130ms',
};

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => (body += text));
  request.on('end', () => {
    if (!body.includes('"stream":true')) {
      response.writeHead(200, { ...HEADERS, 'content-type': 'application/json' }).end(whole);
      return;
    }
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
    let next = 0;
    // One chunk a turn: as tokens come, they arrive in reads of their own.
    const send = (): void => {
      if (response.destroyed) return;
      response.write(stream[next++]!);
      if (next < stream.length) setImmediate(send);
      else response.end();
    };
    send();
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
process.on('disconnect', () => process.exit());
