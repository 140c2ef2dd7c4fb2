import { setTimeout as sleep } from 'node:timers/promises';

/** Customers ask these in turn, so that every run asks the same. */
const QUESTIONS = [
  'Where is my parcel? It was sent on Monday.',
  'The lamp in my parcel arrived broken. What now?',
  'Can you deliver to my office instead?',
  'I am away for two weeks, can you keep my parcel?',
  'Do I have to pay customs for a book from Norway?',
  'The app says delivered, but I have nothing.',
  'How do I send shoes back to the shop?',
  'My express parcel came a day late, do I get money back?',
  'I cannot sign in any more.',
  'May I send a laptop with its battery?',
  'We ship thirty parcels a month. Is there a cheaper way?',
] as const;

export interface LoadOptions {
  readonly url: string;
  readonly seconds: number;
  readonly perSecond: number;
  readonly signal: AbortSignal;
}

/** Sends tickets at a steady rate, however long the answers take. Resolves when all of them are answered. */
export async function sendTickets({ url, seconds, perSecond, signal }: LoadOptions): Promise<void> {
  const begun = performance.now();
  const answered: Promise<void>[] = [];
  const total = Math.round(seconds * perSecond);
  for (let index = 0; index < total; index += 1) {
    await sleep(Math.max(0, begun + (index * 1000) / perSecond - performance.now()), undefined, { signal });
    answered.push(sendTicket(url, QUESTIONS[index % QUESTIONS.length] ?? QUESTIONS[0], signal));
  }
  await Promise.all(answered);
  signal.throwIfAborted();
}

/** What became of a ticket is for the service's own telemetry to tell. */
async function sendTicket(url: string, question: string, signal: AbortSignal): Promise<void> {
  const body = JSON.stringify({ question });
  const headers = { 'content-type': 'application/json' };
  await fetch(`${url}/tickets`, { method: 'POST', headers, body, signal })
    .then((response) => response.arrayBuffer())
    .catch(() => undefined);
}
