import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { tapResponse } from './tap-response.ts';
import type { BodyEnd, WholeBody } from './tap-response.ts';

const TEXT = '{"parts":["one","two","three"]}';
let server: Server;
let url: string;
let aborted = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    response.on('close', () => (aborted += response.writableFinished ? 0 : 1));
    const status = request.url?.startsWith('/error') ? 429 : 200;
    response.writeHead(status, { 'content-type': 'application/json', 'x-own': 'kept' });
    const pieces = TEXT.match(/.{1,7}/g) ?? [];
    const send = (): void => {
      const piece = pieces.shift();
      if (piece === undefined) {
        if (request.url !== '/open' && request.url !== '/error-open') response.end();
      } else {
        response.write(piece);
        setImmediate(send);
      }
    };
    send();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

interface Seen {
  text: string;
  whole: WholeBody[];
  ends: BodyEnd['type'][];
}

async function fetchTapped(path = '/'): Promise<{ response: Response; seen: Seen }> {
  const seen: Seen = { text: '', whole: [], ends: [] };
  const response = await fetch(url + path);
  const decoder = new TextDecoder();
  const tapped = tapResponse(response, {
    chunk: (bytes) => (seen.text += decoder.decode(bytes, { stream: true })),
    whole: (body) => seen.whole.push(body),
    end: (how) => seen.ends.push(how.type),
  });
  expect(tapped).toBe(true);
  return { response, seen };
}

function bodyOf(response: Response): ReadableStream<Uint8Array<ArrayBuffer>> {
  if (response.body === null) throw new Error('the response has no body');
  return response.body;
}

const readAll = async (stream: AsyncIterable<Uint8Array>): Promise<string> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};

const STREAMED: Readonly<Record<string, (response: Response) => Promise<string>>> = {
  'for await over the body': (response) => readAll(bodyOf(response)),
  'a reader': async (response) => {
    const reader = bodyOf(response).getReader();
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text;
      text += Buffer.from(value).toString();
    }
  },
  'a BYOB reader': async (response) => {
    const reader = bodyOf(response).getReader({ mode: 'byob' });
    let text = '';
    for (;;) {
      const { done, value } = await reader.read(new Uint8Array(5));
      if (done) return text;
      text += Buffer.from(value).toString();
    }
  },
  tee: async (response) => {
    const [one, other] = bodyOf(response).tee();
    const texts = await Promise.all([readAll(one), readAll(other)]);
    expect(texts[0]).toBe(texts[1]);
    return texts[0];
  },
  pipeThrough: async (response) => {
    let text = '';
    for await (const piece of bodyOf(response).pipeThrough(new TextDecoderStream())) text += piece;
    return text;
  },
  'Readable.fromWeb': (response) => readAll(Readable.fromWeb(response.body as never)),
  arrayBuffer: async (response) => Buffer.from(await response.arrayBuffer()).toString(),
  bytes: async (response) => Buffer.from(await response.bytes()).toString(),
  blob: async (response) => {
    const blob = await response.blob();
    expect(blob.type).toBe('application/json');
    return blob.text();
  },
  'clone, both read': async (response) => {
    const clone = response.clone();
    expect([clone.url, clone.status, clone.headers.get('x-own')]).toEqual([response.url, 200, 'kept']);
    const texts = await Promise.all([clone.text(), response.text()]);
    expect(texts[0]).toBe(texts[1]);
    return texts[0];
  },
  'clone, only the copy read': (response) => response.clone().text(),
  'a response made of the body': (response) => new Response(response.body).text(),
  'text after a look at the body': async (response) => {
    expect(response.body?.locked).toBe(false);
    return response.text();
  },
};

test.each(Object.entries(STREAMED))('%s reads the same bytes, and they are seen', async (_name, read) => {
  const { response, seen } = await fetchTapped();
  expect(await read(response)).toBe(TEXT);
  await vi.waitFor(() => expect(seen).toEqual({ text: TEXT, whole: [], ends: ['done'] }));
});

test('text() and json() are seen whole', async () => {
  const asText = await fetchTapped();
  expect(await asText.response.text()).toBe(TEXT);
  expect(asText.seen.whole).toEqual([{ type: 'text', text: TEXT }]);
  const asJson = await fetchTapped();
  const value: unknown = await asJson.response.json();
  expect(asJson.seen.whole).toEqual([{ type: 'json', value }]);
});

test('a response is the one that fetch gave, to all that can be asked of it', async () => {
  const { response } = await fetchTapped();
  const bare = await fetch(url);
  expect(response).toBeInstanceOf(Response);
  expect(Reflect.ownKeys(response)).toEqual(Reflect.ownKeys(bare));
  expect(response.url).toBe(bare.url);
  expect(response.bodyUsed).toBe(false);
  expect(() => response.headers.set('a', 'b')).toThrow(TypeError);
  await response.text();
  expect(response.bodyUsed).toBe(true);
  await bare.text();
  const messages = await Promise.all(
    [response, bare].map((given) => given.text().catch((error: Error) => error.message)),
  );
  expect(messages[0]).toBe(messages[1]);
});

test('stopping early is seen, and passed on to the connection', async () => {
  const before = aborted;
  const { response, seen } = await fetchTapped('/open');
  for await (const _ of bodyOf(response)) break;
  expect(seen.ends).toEqual(['cancelled']);
  await vi.waitFor(() => expect(aborted).toBe(before + 1));
});

test('an error body that is thrown away is still read, within bounds, and the application does not wait for it', async () => {
  const whole = await fetchTapped('/error');
  await bodyOf(whole.response).cancel();
  await vi.waitFor(() => expect(whole.seen).toEqual({ text: TEXT, whole: [], ends: ['done'] }));

  const hanging = await fetchTapped('/error-open');
  const startedAt = performance.now();
  await bodyOf(hanging.response).cancel();
  expect(performance.now() - startedAt).toBeLessThan(100);
  await vi.waitFor(() => expect(hanging.seen.ends).toEqual(['done']));
});

test(
  'a response that nobody reads is noticed when it is collected, and its connection is closed',
  { retry: 2 },
  async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const before = aborted;
    const ends = (await fetchTapped('/open')).seen.ends;
    await vi.waitFor(
      () => {
        collect();
        expect(ends).toEqual(['dropped']);
        expect(aborted).toBe(before + 1);
      },
      { timeout: 10_000, interval: 50 },
    );
  },
);

test.each([
  ['looked at the body and went', '/open', (response: Response) => bodyOf(response)],
  ['read a part of the body and went', '/open', (response: Response) => bodyOf(response).getReader().read()],
  ['read the body', '/', (response: Response) => readAll(bodyOf(response))],
  ['read the text', '/', (response: Response) => response.text()],
  ['read a clone', '/', (response: Response) => response.clone().text()],
])('a response whose reader %s is collected', { retry: 2 }, async (_name, path, read) => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const readOne = async (): Promise<{ reference: WeakRef<Response>; seen: Seen }> => {
    const { response, seen } = await fetchTapped(path);
    await read(response);
    return { reference: new WeakRef(response), seen };
  };
  const { reference, seen } = await readOne();
  await vi.waitFor(
    () => {
      collect();
      // Not the response itself: a failed expectation would keep it.
      expect(reference.deref() === undefined).toBe(true);
      if (path === '/open') expect(seen.ends).toEqual(['dropped']);
    },
    { timeout: 5_000, interval: 50 },
  );
});
