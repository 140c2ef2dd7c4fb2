'use strict';
const { classesOf, headersOf, show } = require('./transcript.cjs');

const stalled = { fault: 'stall', params: { afterChunks: 4 } };
const drain = async (stream) => {
  const events = [];
  for await (const event of stream) events.push(event);
  return events;
};

/** Ways to take a streamed answer. Each is run for every operation of the SDK that streams. */
module.exports = {
  'reads a stream to its end': async ({ say, stream, client }) => {
    for await (const event of await stream(client())) say(event);
  },
  'looks at the stream object': async ({ say, stream, client }) => {
    const one = await stream(client());
    say(
      classesOf(one),
      Object.keys(one),
      Object.getOwnPropertyNames(one).toSorted(),
      classesOf(one.controller),
      one.controller.signal.aborted,
    );
    say(Object.getOwnPropertyNames(Object.getPrototypeOf(one)).toSorted(), typeof one.iterator, one.iterator?.length);
    say((await drain(one)).length, one.controller.signal.aborted);
  },
  'takes the stream with withResponse': async ({ say, stream, client }) => {
    const taken = await stream(client()).withResponse();
    say(
      Object.keys(taken),
      classesOf(taken.data),
      taken.response.status,
      headersOf(taken.response.headers),
      taken.request_id,
    );
    say((await drain(taken.data)).length, taken.response.bodyUsed);
  },
  'reads the raw bytes of a streamed answer': async ({ say, stream, client }) => {
    const response = await stream(client()).asResponse();
    say(response.type, response.url, headersOf(response.headers), await response.text());
  },
  'splits a stream with tee': async ({ say, stream, client }) => {
    const [left, right] = (await stream(client())).tee();
    say(classesOf(left), classesOf(right), left.controller === right.controller);
    const [first, second] = await Promise.all([drain(left), drain(right)]);
    say(first.length, JSON.stringify(first) === JSON.stringify(second));
  },
  'reads one half of a tee and leaves the other early': async ({ say, stream, client }) => {
    const [left, right] = (await stream(client())).tee();
    for await (const event of left) {
      say(event);
      break;
    }
    say((await drain(right)).length, left.controller.signal.aborted);
  },
  'turns a stream into a ReadableStream and back': async ({ say, stream, client }) => {
    const one = await stream(client());
    const readable = one.toReadableStream();
    say(classesOf(readable), readable.locked);
    say(await new Response(readable).text());
    const again = one.constructor.fromReadableStream(
      (await stream(client())).toReadableStream(),
      new AbortController(),
    );
    say((await drain(again)).length);
  },
  'cancels the ReadableStream of a stream': async ({ say, stream, client, attempt }) => {
    const readable = (await stream(client(stalled))).toReadableStream();
    const reader = readable.getReader();
    say(new TextDecoder().decode((await reader.read()).value));
    await attempt('cancel', async () => show(await reader.cancel('enough')));
    say(await reader.read());
  },
  'breaks out of the loop': async ({ say, stream, client }) => {
    const one = await stream(client(stalled));
    for await (const event of one) {
      say(event);
      break;
    }
    say(one.controller.signal.aborted, one.controller.signal.reason?.name);
  },
  'throws inside the loop': async ({ stream, client, attempt }) => {
    const one = await stream(client(stalled));
    await attempt('loop', async () => {
      for await (const event of one) throw new TypeError(`no use for a ${typeof event}`);
    });
  },
  'iterates by hand and returns early': async ({ say, stream, client }) => {
    const iterator = (await stream(client(stalled)))[Symbol.asyncIterator]();
    say(Object.prototype.toString.call(iterator), typeof iterator.return, typeof iterator.throw);
    say(await iterator.next());
    say(await iterator.return('mine'), await iterator.next());
  },
  'iterates by hand and throws into the iterator': async ({ say, stream, client, attempt }) => {
    const iterator = (await stream(client(stalled)))[Symbol.asyncIterator]();
    await iterator.next();
    await attempt('throw', () => iterator.throw(new RangeError('mine')));
    say(await iterator.next());
  },
  'iterates twice': async ({ say, stream, client, attempt }) => {
    const one = await stream(client());
    say((await drain(one)).length);
    await attempt('again', async () => (await drain(one)).length);
  },
  'iterates twice at once': async ({ stream, client, attempt }) => {
    const one = await stream(client(stalled));
    const iterators = [one[Symbol.asyncIterator](), one[Symbol.asyncIterator]()];
    for (const iterator of iterators) await attempt('next', async () => Object.keys(await iterator.next()));
    for (const iterator of iterators) await attempt('return', async () => Object.keys(await iterator.return()));
  },
  'never reads the stream': async ({ say, stream, client }) => {
    const one = await stream(client());
    say(classesOf(one));
  },
  'aborts through the controller': async ({ say, stream, client, attempt }) => {
    const one = await stream(client(stalled));
    let seen = 0;
    await attempt('loop', async () => {
      for await (const event of one) if (++seen === 3) one.controller.abort();
    });
    say(seen, one.controller.signal.aborted);
  },
  'aborts through the controller while it waits': async ({ say, stream, client, attempt }) => {
    const one = await stream(client(stalled));
    let seen = 0;
    await attempt('loop', async () => {
      for await (const event of one) if (++seen === 3) setTimeout(() => one.controller.abort(), 50);
    });
    say(seen > 2, one.controller.signal.aborted);
  },
  'reads twenty streams at once': async ({ say, stream, client }) => {
    const one = client();
    const all = await Promise.all(Array.from({ length: 20 }, async () => drain(await stream(one))));
    say(all.map((events) => events.length).toSorted());
  },
  'reads slowly': async ({ say, stream, client }) => {
    let events = 0;
    for await (const event of await stream(client())) {
      await new Promise((resolve) => setImmediate(resolve));
      events++;
    }
    say(events);
  },
  'reads the body with a reader, then lets go of it': async ({ say, stream, client, attempt }) => {
    const response = await stream(client(stalled)).asResponse();
    const reader = response.body.getReader();
    const { value } = await reader.read();
    say(classesOf(value), response.bodyUsed, response.body.locked);
    reader.releaseLock();
    say(response.body.locked);
    await attempt('text', () => response.text());
    await attempt('cancel', () => response.body.cancel('enough'));
  },
  'reads the body through pipes': async ({ say, stream, client }) => {
    const response = await stream(client()).asResponse();
    let text = '';
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) text += piece;
    say(text);
  },
  'reads the body with a byte reader': async ({ say, stream, client, attempt }) => {
    const response = await stream(client(stalled)).asResponse();
    await attempt('byob', async () => {
      const reader = response.body.getReader({ mode: 'byob' });
      const { value } = await reader.read(new Uint8Array(16));
      say(new TextDecoder().decode(value));
      await reader.cancel();
    });
  },
};
