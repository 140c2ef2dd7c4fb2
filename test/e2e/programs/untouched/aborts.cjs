'use strict';

const silent = { fault: 'no_headers', options: { maxRetries: 0 } };
const stalled = { fault: 'stall', params: { afterChunks: 4 } };
const later = (ms, act) => void setTimeout(act, ms);

/** Abort signals and time limits, at every moment of a call. Each is run for every operation of the SDK. */
module.exports = {
  'aborts before the call': async ({ call, client, attempt }) => {
    await attempt('call', () => call(client(), {}, { signal: AbortSignal.abort() }));
    await attempt('reason', () => call(client(), {}, { signal: AbortSignal.abort(new RangeError('my own reason')) }));
  },
  'aborts while no answer comes': async ({ call, client, attempt }) => {
    const controller = new AbortController();
    later(600, () => controller.abort());
    await attempt('call', () => call(client(silent), {}, { signal: controller.signal }));
  },
  'aborts in the same tick': async ({ call, client, attempt }) => {
    const controller = new AbortController();
    const promise = call(client(silent), {}, { signal: controller.signal });
    controller.abort(new RangeError('my own reason'));
    await attempt('call', () => promise);
  },
  'aborts while a retry waits': async ({ call, client, attempt }) => {
    const controller = new AbortController();
    later(700, () => controller.abort());
    await attempt('call', () => call(client({ fault: 'rate_limited_short_wait' }), {}, { signal: controller.signal }));
  },
  'aborts after the answer': async ({ say, call, client }) => {
    const controller = new AbortController();
    const answer = await call(client(), {}, { signal: controller.signal });
    controller.abort();
    say(Object.keys(answer));
  },
  'aborts by a signal with a time limit': async ({ call, client, attempt }) => {
    await attempt('call', () => call(client(silent), {}, { signal: AbortSignal.timeout(600) }));
  },
  'shares one signal among calls': async ({ call, client, attempt }) => {
    const controller = new AbortController();
    const one = client(silent);
    const calls = [1, 2, 3].map(() => call(one, {}, { signal: controller.signal }));
    later(600, () => controller.abort());
    for (const promise of calls) await attempt('call', () => promise);
  },
  'keeps no listener on a signal longer than bare': async ({ say, call, client }) => {
    const { signal } = new AbortController();
    await call(client(), {}, { signal });
    say(require('node:events').getEventListeners(signal, 'abort').length);
  },
  'gives up by the time limit of the client': async ({ call, client, attempt }) => {
    await attempt('call', () => call(client({ fault: 'no_headers', options: { maxRetries: 0, timeout: 1000 } })));
  },
  'gives up by the time limit of the request, after one retry': async ({ call, client, attempt }) => {
    await attempt('call', () => call(client({ fault: 'no_headers' }), {}, { timeout: 1000, maxRetries: 1 }));
  },
  'gives up on a body that stops': async ({ call, client, attempt }) => {
    const controller = new AbortController();
    later(3500, () => controller.abort());
    const options = { timeout: 1000, maxRetries: 1, signal: controller.signal };
    await attempt('call', () => call(client({ fault: 'late_body', params: { delayMs: 60_000 } }), {}, options));
  },
  'aborts before the headers of a stream': async ({ stream, client, attempt }) => {
    const controller = new AbortController();
    later(600, () => controller.abort());
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
    later(600, () => controller.abort(new RangeError('my own reason')));
    await attempt('loop', async () => {
      for await (const event of one) seen++;
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
    for await (const event of await stream(client({ options: { timeout: 1000 } }))) {
      if (seen++ === 0) await new Promise((resolve) => void setTimeout(resolve, 1500));
    }
    say(seen);
  },
};
