/**
 * The process under measurement: calls of the openai SDK, one after the other. Prints, as JSON, the processor time of each
 * round in microseconds per call. Arguments: variant, port, transport (`sockets` or `memory`), chunks (0: not streamed),
 * calls per round, rounds.
 */
import { createRequire } from 'node:module';
import { streamedAnswer, wholeAnswer, HEADERS } from './prepared-answers.ts';
import { startTelemetry } from './start-telemetry.ts';

const require = createRequire(import.meta.url);
const [variant = '', port = '', transport, ...numbers] = process.argv.slice(2);
const [chunks = 0, calls = 0, rounds = 0] = numbers.map(Number);

// Without the network, only what is done with an answer is measured: chunks come from memory, one to a read. The stand-in
// is there before any instrumentation, as the platform's own `fetch` is.
if (transport === 'memory') {
  const events = streamedAnswer(chunks);
  globalThis.fetch = () => Promise.resolve(chunks > 0 ? streamed(events) : whole());
}

function whole(): Response {
  return new Response(wholeAnswer, { headers: { ...HEADERS, 'content-type': 'application/json' } });
}

function streamed(events: readonly Uint8Array[]): Response {
  let next = 0;
  const body = new ReadableStream({
    type: 'bytes',
    pull(controller) {
      const event = events[next++];
      if (event === undefined) controller.close();
      else controller.enqueue(new Uint8Array(event));
    },
  });
  return new Response(body, { headers: { ...HEADERS, 'content-type': 'text/event-stream' } });
}

const assertSeen = startTelemetry(variant);

// Not the newest: the peer hooks no version from 7 on.
const { OpenAI } = require('openai-6') as typeof import('openai-6');
const client = new OpenAI({ apiKey: 'none', baseURL: `http://127.0.0.1:${port}/v1` });
const request = {
  model: 'gpt-5',
  messages: [{ role: 'user' as const, content: 'Where is my order? '.repeat(20) }],
};

async function call(): Promise<void> {
  if (chunks === 0) {
    await client.chat.completions.create(request);
    return;
  }
  const answer = await client.chat.completions.create({
    ...request,
    max_completion_tokens: chunks,
    stream: true,
    stream_options: { include_usage: true },
  });
  for await (const _ of answer) {
    // Read to the end, as an application does.
  }
}

/**
 * Rounds that only warm the compiler up, which works on threads of this process: after three rounds of 200 calls it still
 * takes as long as the calls do.
 */
const WARM_UP = 12;

async function main(): Promise<void> {
  const microseconds: number[] = [];
  for (let round = -WARM_UP; round < rounds; round += 1) {
    const before = process.cpuUsage();
    for (let index = 0; index < calls; index += 1) await call();
    const { user, system } = process.cpuUsage(before);
    if (round >= 0) microseconds.push((user + system) / calls);
  }
  await assertSeen();
  process.stdout.write(`${JSON.stringify(microseconds)}\n`, () => process.exit(0));
}

await main();
