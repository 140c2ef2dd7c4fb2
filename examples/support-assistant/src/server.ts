import { createServer, type IncomingMessage, type Server } from 'node:http';
import { json } from 'node:stream/consumers';

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** `POST /tickets` with `{"question": "…"}`, and `GET /health`. */
export function createTicketServer(answer: (question: string) => Promise<unknown>): Server {
  const handle = async (request: IncomingMessage): Promise<Reply> => {
    if (request.method === 'GET' && request.url === '/health') return { status: 200, body: { status: 'ok' } };
    if (request.method !== 'POST' || request.url !== '/tickets') {
      return { status: 404, body: { error: 'there is only POST /tickets' } };
    }
    const question = questionOf(await json(request).catch(() => null));
    if (question === null) return { status: 400, body: { error: 'send {"question": "…"}' } };
    return { status: 200, body: await answer(question) };
  };

  return createServer((request, response) => {
    handle(request)
      .catch((error: unknown): Reply => {
        console.error(error);
        return { status: 502, body: { error: 'no answer at the moment, please try again' } };
      })
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      })
      .catch((error: unknown) => console.error(error));
  });
}

function questionOf(body: unknown): string | null {
  const question = typeof body === 'object' && body !== null && 'question' in body ? body.question : null;
  return typeof question === 'string' && question.trim() !== '' ? question : null;
}
