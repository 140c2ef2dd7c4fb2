'use strict';

const silent = { fault: 'no_headers', options: { maxRetries: 0 } };
const stalled = { fault: 'stall', params: { afterChunks: 4 } };
const later = (ms, act) => void setTimeout(act, ms);
/** Long enough for what was written to arrive, milliseconds. */
const SOON = 50;
/** A time limit of the client; long enough for a busy machine to send the request in it, milliseconds. */
const LIMIT = 2000;

/** Abort signals and time limits, at every moment of a call. Each is run for every operation of the SDK. */
module.exports = {
  'aborts before the call': async ({ call, client, attempt }) => {
    await attempt('call', () => call(client(), {}, { signal: AbortSignal.abort() }));
    await attempt('reason', () => call(client(), {}, { signal: AbortSignal.abort(new RangeError('my own reason')) }));
  },
  'aborts while no answer comes': async ({ sent, call, client, attempt }) => {
    const controller = new AbortController();
    void sent().then(() => later(SOON, () => controller.abort()));
    await attempt('call', () => call(client(silent), {}, { signal: controller.signal }));
  },
  'aborts in the same tick': async ({ call, client, attempt }) => {
    const controller = new AbortController();
    const promise = call(client(silent), {}, { signal: controller.signal });
    controller.abort(new RangeError('my own reason'));
    await attempt('call', () => promise);
  },
  'aborts while a retry waits': async ({ answered, call, client, attempt }) => {
    const controller = new AbortController();
    // The provider asks for a second; the SDK is in the middle of it.
    void answered().then(() => later(400, () => controller.abort()));
    await attempt('call', () => call(client({ fault: 'rate_limited_short_wait' }), {}, { signal: controller.signal }));
  },
  'aborts after the answer': async ({ say, call, client }) => {
    const controller = new AbortController();
    const answer = await call(client(), {}, { signal: controller.signal });
    controller.abort();
    say(Object.keys(answer));
  },
  'aborts by a signal with a time limit': async ({ call, client, attempt }) => {
    await attempt('call', () => call(client(silent), {}, { signal: AbortSignal.timeout(LIMIT) }));
  },
  'shares one signal among calls': async ({ sent, call, client, attempt }) => {
    const controller = new AbortController();
    const one = client(silent);
    void sent(3).then(() => later(SOON, () => controller.abort()));
    const calls = [1, 2, 3].map(() => call(one, {}, { signal: controller.signal }));
    for (const promise of calls) await attempt('call', () => promise);
  },
  'keeps no listener on a signal longer than bare': async ({ say, call, client }) => {
    const { signal } = new AbortController();
    await call(client(), {}, { signal });
    say(require('node:events').getEventListeners(signal, 'abort').length);
  },
  'gives up by the time limit of the client': async ({ call, client, attempt }) => {
    await attempt('call', () => call(client({ fault: 'no_headers', options: { maxRetries: 0, timeout: LIMIT } })));
  },
  'gives up by the time limit of the request, after one retry': async ({ call, client, attempt }) => {
    await attempt('call', () => call(client({ fault: 'no_headers' }), {}, { timeout: LIMIT, maxRetries: 1 }));
  },
  'gives up on a body that stops': async ({ call, client, attempt }) => {
    const controller = new AbortController();
    later(2.5 * LIMIT, () => controller.abort());
    const options = { timeout: LIMIT, maxRetries: 0, signal: controller.signal };
    await attempt('call', () => call(client({ fault: 'late_body', params: { delayMs: 60_000 } }), {}, options));
  },
  'aborts before the headers of a stream': async ({ sent, stream, client, attempt }) => {
    const controller = new AbortController();
    void sent().then(() => later(SOON, () => controller.abort()));
    await attempt('stream', () => stream(client(silent), {}, { signal: controller.signal }));
  },
  'aborts between the headers and the first event': async ({ say, stream, client, attempt }) => {
    const controller = new AbortController();
    const one = await stream(client({ fault: 'stall', params: { afterChunks: 0 } }), {}, { signal: controller.signal });
    controller.abort();
    await attempt('loop', async () => {
      for await (const event of one) say(event);
    });
    say(one.controller.signal.aborted);
  },
  'aborts in the middle of a stream': async ({ say, stream, client, attempt }) => {
    const controller = new AbortController();
    const one = await stream(client(stalled), {}, { signal: controller.signal });
    let seen = 0;
    await attempt('loop', async () => {
      for await (const event of one)
        if (++seen === 3) later(SOON, () => controller.abort(new RangeError('my own reason')));
    });
    say(seen, one.controller.signal.aborted);
  },
  'aborts a raw response that is being read': async ({ stream, client, attempt }) => {
    const controller = new AbortController();
    const response = await stream(client(stalled), {}, { signal: controller.signal }).asResponse();
    later(600, () => controller.abort());
    await attempt('text', () => response.text());
    await attempt('again', () => response.text());
  },
  'reads a stream for longer than the time limit': async ({ say, stream, client }) => {
    let seen = 0;
    for await (const event of await stream(client({ options: { timeout: LIMIT } }))) {
      if (seen++ === 0) await new Promise((resolve) => void setTimeout(resolve, 1.1 * LIMIT));
    }
    say(seen);
  },
};
