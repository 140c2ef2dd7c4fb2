import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { HEADERS, streamedAnswer, wholeAnswer } from './prepared-answers.ts';

/**
 * The provider and the collector of the benchmark, in a process of their own: only the client's processor time counts.
 * Prints its port, ends with its parent.
 *
 * - `POST /v1/chat/completions` answers whole, or streams as many chunks as `max_completion_tokens` says, one to a write.
 * - `POST /hold/v1/chat/completions` opens a stream that stands still until `POST /advance?to=N` lets every one go on to N chunks.
 * - Anything else, OTLP exports above all, is read and accepted.
 */
const held: { readonly response: ServerResponse; sent: number }[] = [];
const HELD_ANSWER = streamedAnswer(5_000);
/** Thousands of held streams are not paced: several events go into one write. */
const EVENTS_PER_WRITE = 20;

function stream(response: ServerResponse, chunks: number): void {
  const events = streamedAnswer(chunks);
  let next = 0;
  // One event a turn: as tokens come, they arrive in reads of their own.
  const send = (): void => {
    if (response.destroyed) return;
    response.write(events[next++]);
    if (next < events.length) setImmediate(send);
    else response.end();
  };
  send();
}

function advance(to: number): void {
  for (const open of held) {
    const send = (): void => {
      if (open.response.destroyed || open.sent >= to) return;
      const until = Math.min(to, open.sent + EVENTS_PER_WRITE);
      const flowing = open.response.write(Buffer.concat(HELD_ANSWER.slice(open.sent, until)));
      open.sent = until;
      if (flowing) setImmediate(send);
      else open.response.once('drain', send);
    };
    send();
  }
}

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  if (!pathname.endsWith('/chat/completions')) {
    if (pathname === '/advance') advance(Number(searchParams.get('to')));
    request.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
    return;
  }
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => (body += text));
  request.on('end', () => {
    if (!body.includes('"stream":true')) {
      response.writeHead(200, { ...HEADERS, 'content-type': 'application/json' }).end(wholeAnswer);
      return;
    }
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
    response.flushHeaders();
    if (pathname.startsWith('/hold/')) held.push({ response, sent: 0 });
    else stream(response, Number(/"max_completion_tokens":(\d+)/.exec(body)?.[1]));
  });
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 2_048 }, () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
process.on('disconnect', () => process.exit());
