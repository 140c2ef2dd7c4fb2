'use strict';
const { classesOf, headersOf } = require('./transcript.cjs');
const undici = require('undici');

const bytes = (text) => new TextEncoder().encode(text);
const bodies = {
  string: (text) => ({ body: text }),
  bytes: (text) => ({ body: bytes(text) }),
  blob: (text) => ({ body: new Blob([text]) }),
  stream: (text) => ({ body: new Blob([text]).stream(), duplex: 'half' }),
  generator: (text) => ({
    body: (async function* () {
      yield bytes(text.slice(0, 9));
      yield bytes(text.slice(9));
    })(),
    duplex: 'half',
  }),
};

/** Applications that speak to the endpoint without an SDK. Each is run for every operation of the SDK's family. */
module.exports = {
  'posts every kind of body': async ({ say, raw, attempt }) => {
    for (const [kind, make] of Object.entries(bodies)) {
      await attempt(kind, async () => {
        const response = await fetch(raw.url(), { ...raw.init(), ...make(raw.text) });
        say(response.status, await response.text());
      });
    }
  },
  'fetches a Request': async ({ say, raw, attempt }) => {
    const request = new Request(raw.url(), { ...raw.init(), body: raw.text });
    const response = await fetch(request);
    say(response.status, response.url, response.type, request.bodyUsed, classesOf(request), Object.keys(request));
    await attempt('request', () => request.text());
    await attempt('again', () => fetch(request));
    await response.text();
  },
  'fetches a Request with a streamed body and an init that overrides': async ({ say, raw }) => {
    const request = new Request(raw.url(), { ...raw.init(), ...bodies.stream(raw.text) });
    const response = await fetch(request, { headers: { ...raw.init().headers, 'x-override': '1' } });
    say(response.status, request.bodyUsed, await response.text());
  },
  'fetches a URL object, in odd cases': async ({ say, raw, attempt }) => {
    await attempt(
      'url',
      async () => (await fetch(new URL(raw.url()), { ...raw.init(), method: 'post', body: raw.text })).status,
    );
    await attempt('array headers', async () => {
      const headers = [...Object.entries(raw.init().headers), ['x-many', 'a'], ['x-many', 'b']];
      return (await fetch(raw.url(), { method: 'POST', headers, body: raw.text })).status;
    });
    await attempt('no body', async () => (await fetch(raw.url(), raw.init())).text());
    await attempt('not json', async () => (await fetch(raw.url(), { ...raw.init(), body: 'What?' })).text());
    await attempt('get', async () => (await fetch(raw.url(), { headers: raw.init().headers })).status);
  },
  'gets every mistake from fetch itself': async ({ raw, attempt }) => {
    await attempt('nothing', () => fetch());
    await attempt('bad url', () => fetch('http://'));
    await attempt('bad url of a post', () => fetch('http://', { ...raw.init(), body: raw.text }));
    await attempt('relative url', () => fetch('/v1/chat/completions', { ...raw.init(), body: raw.text }));
    await attempt('symbol', () => fetch(Symbol('url'), { ...raw.init(), body: raw.text }));
    await attempt('bad header of a post', () =>
      fetch(raw.url(), { ...raw.init(), headers: { 'bad header': '1' }, body: raw.text }),
    );
    await attempt('bad signal', () => fetch(raw.url(), { ...raw.init(), signal: 'now', body: raw.text }));
    await attempt('bad method', () => fetch(raw.url(), { method: 'TRACE' }));
    await attempt('bad header', () => fetch(raw.url(), { ...raw.init(), headers: { 'bad header': '1' } }));
    await attempt('body on get', () => fetch(raw.url(), { body: raw.text }));
    await attempt('no duplex', () => fetch(raw.url(), { ...raw.init(), body: bodies.stream(raw.text).body }));
    await attempt('refused', () => fetch('http://127.0.0.1:9/v1/chat/completions', { ...raw.init(), body: raw.text }));
    await attempt('init', () => fetch(raw.url(), 'what'));
  },
  'sees the promise and the function': async ({ say, raw }) => {
    say(
      fetch.name,
      fetch.length,
      typeof fetch,
      Object.keys(fetch),
      Object.getOwnPropertyNames(fetch),
      classesOf(fetch),
    );
    const { value, get, ...descriptor } = Object.getOwnPropertyDescriptor(globalThis, 'fetch');
    say(descriptor, typeof value, typeof get, 'prototype' in fetch);
    const promise = fetch(raw.url(), { ...raw.init(), body: raw.text });
    say(classesOf(promise), Object.keys(promise));
    await (await promise).text();
    const detached = globalThis.fetch;
    say((await detached.call(undefined, raw.url(), { ...raw.init(), body: raw.text })).status);
  },
  'reads the body in every way': async ({ say, raw, attempt }) => {
    const get = () => fetch(raw.url(), { ...raw.init(), body: raw.text });
    for (const way of ['text', 'json', 'arrayBuffer', 'blob', 'bytes', 'formData']) {
      const response = await get();
      await attempt(way, async () => response[way]());
      say(response.bodyUsed, response.body.locked);
      await attempt('again', () => response[way]());
      await attempt('clone', () => response.clone());
    }
  },
  'clones before reading': async ({ say, raw }) => {
    const response = await fetch(raw.url(), { ...raw.init(), body: raw.text });
    const first = response.clone();
    const second = first.clone();
    const texts = await Promise.all([second.text(), response.text(), first.text()]);
    say(new Set(texts).size, texts[0]);
  },
  'reads with a byte reader': async ({ say, raw, attempt }) => {
    const response = await fetch(raw.url(), { ...raw.init(), body: raw.text });
    await attempt('byob', async () => {
      const reader = response.body.getReader({ mode: 'byob' });
      let buffer = new Uint8Array(8);
      let text = '';
      for (;;) {
        const { value, done } = await reader.read(buffer);
        if (done) break;
        text += new TextDecoder().decode(value);
        buffer = new Uint8Array(value.buffer);
      }
      return text;
    });
  },
  'looks at the response from every side': async ({ say, raw }) => {
    const response = await fetch(raw.url(), { ...raw.init(), body: raw.text });
    say(
      response,
      response instanceof Response,
      Object.prototype.toString.call(response),
      Object.keys(response),
      Reflect.ownKeys(response).length,
    );
    say(
      response.body,
      response.body === response.body,
      response.headers === response.headers,
      headersOf(response.headers),
    );
    const wrapped = new Response(response.body, response);
    say(wrapped.status, wrapped.url, headersOf(wrapped.headers), await wrapped.text());
  },
  'changes the headers of the response': async ({ raw, attempt }) => {
    const response = await fetch(raw.url(), { ...raw.init(), body: raw.text });
    await attempt('set', () => response.headers.set('x-mine', '1'));
    await response.text();
  },
  'cancels the body unread': async ({ say, raw, attempt }) => {
    const response = await fetch(raw.url({ fault: 'stall', params: { afterChunks: 4 } }), {
      ...raw.init(),
      body: raw.streamText,
    });
    await attempt('cancel', async () => String(await response.body.cancel('enough')));
    say(response.bodyUsed);
    await attempt('text', () => response.text());
  },
  'aborts while reading': async ({ raw, attempt }) => {
    const controller = new AbortController();
    const url = raw.url({ fault: 'stall', params: { afterChunks: 4 } });
    const response = await fetch(url, { ...raw.init(), body: raw.streamText, signal: controller.signal });
    setTimeout(() => controller.abort(new RangeError('my own reason')), 400);
    await attempt('text', () => response.text());
  },
  'reads a cut body': async ({ say, raw, attempt }) => {
    for (const fault of ['cut_clean', 'cut_with_error']) {
      const response = await fetch(raw.url({ fault, params: { afterChunks: 4 } }), {
        ...raw.init(),
        body: raw.streamText,
      });
      await attempt(fault, async () => say((await response.text()).length > 0));
    }
  },
  'pipes the body to Node streams': async ({ say, raw }) => {
    const response = await fetch(raw.url(), { ...raw.init(), body: raw.streamText });
    let text = '';
    for await (const piece of require('node:stream').Readable.fromWeb(response.body)) text += piece;
    say(text);
  },
  'iterates the body and stops early': async ({ say, raw }) => {
    const response = await fetch(raw.url({ fault: 'stall', params: { afterChunks: 4 } }), {
      ...raw.init(),
      body: raw.streamText,
    });
    for await (const piece of response.body) {
      say(classesOf(piece));
      break;
    }
    say(response.bodyUsed, response.body.locked);
  },
  'uses the undici package': async ({ say, raw, attempt }) => {
    const response = await undici.fetch(raw.url(), { ...raw.init(), body: raw.text });
    say(
      classesOf(response),
      response instanceof undici.Response,
      response.url,
      undici.fetch.name,
      undici.fetch.length,
      await response.text(),
    );
    await attempt('request', async () => {
      const answer = await undici.request(raw.url(), { ...raw.init(), body: raw.text });
      return [answer.statusCode, await answer.body.text()];
    });
    await attempt(
      'Request',
      async () => (await undici.fetch(new undici.Request(raw.url(), { ...raw.init(), body: raw.text }))).status,
    );
    await attempt('bad url', () => undici.fetch('http://'));
  },
};
