import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { tapResponse } from './tap-response.ts';
import type { BodyEnd } from './tap-response.ts';

const PIECES = ['one', 'two', 'three'];

type Body = ReadableStream<Uint8Array<ArrayBuffer>>;

/** What a body does when its pieces are over. */
type Rest = 'ends' | 'fails' | 'hangs';

function respond(rest: Rest = 'ends'): Response {
  const pieces = PIECES.map((piece) => new TextEncoder().encode(piece));
  const stream = new ReadableStream({
    type: 'bytes',
    pull(controller) {
      const piece = pieces.shift();
      if (piece !== undefined) controller.enqueue(piece);
      else if (rest === 'fails') controller.error(new Error('reset'));
      else if (rest === 'ends') controller.close();
    },
  });
  return new Response(stream);
}

interface Seen {
  text: string;
  readonly ends: BodyEnd['type'][];
}

function tapped(response: Response): { response: Response; seen: Seen } {
  const seen: Seen = { text: '', ends: [] };
  tapResponse(response, {
    chunk: (bytes) => (seen.text += Buffer.from(bytes).toString()),
    whole: () => seen.ends.push('done'),
    end: ({ type }) => seen.ends.push(type),
  });
  return { response, seen };
}

const bodyOf = (response: Response): Body => response.body as Body;
const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();
const outcome = (promise: Promise<unknown>): Promise<unknown> =>
  promise.catch((error: Error) => `${error.constructor.name}: ${error.message}`);

/** Sees what `writable` is given, and fails at the piece that says so. */
function sink(failsAt?: string): { writable: WritableStream<Uint8Array>; got: string[] } {
  const got: string[] = [];
  const writable = new WritableStream<Uint8Array>({
    write(piece) {
      if (textOf(piece) === failsAt) throw new Error('full');
      got.push(textOf(piece));
    },
  });
  return { writable, got };
}

/** What an application may do with a body, and all that it can tell of it; what the observer sees of that. */
const WAYS: Readonly<Record<string, { rest?: Rest; use: (response: Response) => Promise<unknown>; seen: Seen }>> = {
  'reads on with another reader after it released one': {
    async use(response) {
      const first = bodyOf(response).getReader();
      const one = await first.read();
      first.releaseLock();
      const states = [
        textOf(one.value),
        bodyOf(response).locked,
        await outcome(first.read()),
        await outcome(first.closed),
      ];
      return [...states, await readRest(bodyOf(response)), response.bodyUsed];
    },
    seen: { text: 'onetwothree', ends: ['done'] },
  },
  'releases a reader that waits': {
    rest: 'hangs',
    async use(response) {
      const reader = bodyOf(response).getReader();
      for (const _ of PIECES) await reader.read();
      const waiting = outcome(reader.read());
      reader.releaseLock();
      return [await waiting, bodyOf(response).locked];
    },
    seen: { text: 'onetwothree', ends: [] },
  },
  'breaks off an iterator that keeps the body, and pipes the rest': {
    async use(response) {
      const first: string[] = [];
      for await (const piece of bodyOf(response).values({ preventCancel: true })) {
        first.push(textOf(piece));
        break;
      }
      const { writable, got } = sink();
      await bodyOf(response).pipeTo(writable);
      return [first, got, bodyOf(response).locked];
    },
    seen: { text: 'onetwothree', ends: ['done'] },
  },
  'reads on after a pipe whose destination failed': {
    async use(response) {
      const { writable, got } = sink('two');
      const piped = await outcome(bodyOf(response).pipeTo(writable, { preventCancel: true }));
      return [got, piped, bodyOf(response).locked, (await readRest(bodyOf(response))).endsWith('three')];
    },
    seen: { text: 'onetwothree', ends: ['done'] },
  },
  'cancels its reader': {
    async use(response) {
      const reader = bodyOf(response).getReader();
      const one = await reader.read();
      return [textOf(one.value), await reader.cancel(), await reader.read(), await reader.closed, response.bodyUsed];
    },
    seen: { text: 'one', ends: ['cancelled'] },
  },
  'cancels the body': {
    use: async (response) => [await bodyOf(response).cancel(), await readRest(bodyOf(response)), response.bodyUsed],
    seen: { text: '', ends: ['cancelled'] },
  },
  'returns an iterator that it never moved': {
    use: async (response) => [await bodyOf(response).values().return?.(), bodyOf(response).locked],
    seen: { text: '', ends: ['cancelled'] },
  },
  'reads at once what it may read at once': {
    async use(response) {
      const reader = bodyOf(response).getReader();
      const results = await Promise.all(Array.from({ length: 5 }, () => reader.read()));
      return results.map(({ done, value }) => [done, textOf(value)]);
    },
    seen: { text: 'onetwothree', ends: ['done'] },
  },
  'reads a stream that fails': {
    rest: 'fails',
    async use(response) {
      const reader = bodyOf(response).getReader();
      const results: unknown[] = [];
      for (let read = 0; read < 5; read += 1) results.push(await outcome(reader.read()));
      return [results, await outcome(reader.closed), await outcome(reader.cancel())];
    },
    seen: { text: 'onetwothree', ends: ['failed'] },
  },
  'asks a body that is being read for more': {
    async use(response) {
      const body = bodyOf(response);
      const reader = body.getReader();
      const asked: readonly (() => unknown)[] = [
        () => body.getReader(),
        () => body.getReader({ mode: 'byob' }),
        () => body.tee(),
        () => body.values(),
        () => body.pipeThrough(new TextDecoderStream()),
        () => response.clone(),
        () => body.getReader({ mode: 'other' as never }),
      ];
      const refused = asked.map((ask) => outcome(Promise.resolve().then(ask)));
      const promised = [body.cancel(), body.pipeTo(sink().writable), response.text(), response.arrayBuffer()].map(
        outcome,
      );
      const rest = await readAll(() => reader.read());
      return [await Promise.all([...refused, ...promised]), rest, body === response.body];
    },
    seen: { text: 'onetwothree', ends: ['done'] },
  },
  'looks, and reads the text': {
    async use(response) {
      const body = bodyOf(response);
      return [
        body.locked,
        await response.text(),
        await outcome(response.text()),
        body === response.body,
        response.bodyUsed,
      ];
    },
    seen: { text: 'onetwothree', ends: ['done'] },
  },
  'looks, and reads a copy of the response': {
    async use(response) {
      const body = bodyOf(response);
      const texts = await Promise.all([response.clone().text(), response.text()]);
      return [texts, body.locked, body === response.body];
    },
    seen: { text: 'onetwothree', ends: ['done'] },
  },
  'looks at what it has': {
    async use(response) {
      const body = bodyOf(response);
      const reader = body.getReader();
      const shown = [inspect(body), inspect(reader), reader instanceof ReadableStreamDefaultReader];
      await ReadableStreamDefaultReader.prototype.cancel.call(reader);
      return [shown, body instanceof ReadableStream, body.constructor.name, Reflect.ownKeys(body)];
    },
    seen: { text: '', ends: [] },
  },
};

async function readAll(read: () => Promise<{ done: boolean; value?: Uint8Array | undefined }>): Promise<string> {
  let text = '';
  for (let result = await read(); !result.done; result = await read()) text += textOf(result.value);
  return text;
}

function readRest(body: Body): Promise<string> {
  const reader = body.getReader();
  return readAll(() => reader.read());
}

describe('an application cannot tell a watched body from another one when it', () => {
  test.each(Object.entries(WAYS))('%s', async (_name, way) => {
    const { response, seen } = tapped(respond(way.rest));
    expect(await way.use(response)).toEqual(await way.use(respond(way.rest)));
    expect(seen).toEqual(way.seen);
  });
});

test('the rejection of a read that nobody handles stays unhandled', async () => {
  const { response } = tapped(respond('fails'));
  const reader = bodyOf(response).getReader();
  for (const _ of PIECES) await reader.read();
  const unhandled: unknown[] = [];
  const listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', (error) => unhandled.push(error));
  try {
    void reader.read();
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([new Error('reset')]);
  } finally {
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
  }
});
