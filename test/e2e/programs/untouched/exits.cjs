'use strict';
const { Worker, isMainThread } = require('node:worker_threads');

const stalled = { fault: 'stall', params: { afterChunks: 4 } };
const failing = { fault: 'unauthorized' };
/** Reads a stream that stalls, and acts soon after its first event. */
const onceWaiting = async (stream, act) => {
  let seen = 0;
  for await (const event of stream) if (event && ++seen === 1) setTimeout(act, 50);
};
const print = (...values) => console.log(...values);

/** Programs whose end is what matters: exit code, signal, what Node prints about a crash. Each has a process to itself. */
module.exports = {
  'ends after a call': async ({ call, client }) => print(Object.keys(await call(client()))),
  'never awaits a call that fails': ({ call, client }) => void call(client(failing)),
  'never awaits a call that cannot connect': ({ call, client }) =>
    void call(client({ options: { maxRetries: 0, baseURL: 'http://127.0.0.1:9/v1' } })),
  'awaits a call that fails and catches nothing': async ({ call, client }) => print(await call(client(failing))),
  'awaits a stream that is cut and catches nothing': async ({ stream, client }) => {
    for await (const event of await stream(client({ fault: 'cut_with_error', params: { afterChunks: 4 } }))) void event;
  },
  'listens to unhandled rejections': ({ call, client }) => {
    process.on('unhandledRejection', (reason, promise) => {
      print(reason.constructor.name, reason.status, promise.constructor.name);
      setTimeout(() => mine.catch((error) => print('late', error.status)), 50);
    });
    process.on('rejectionHandled', () => print('handled'));
    const mine = call(client(failing));
  },
  'listens to uncaught exceptions': ({ call, client }) => {
    process.on('uncaughtExceptionMonitor', (error, origin) => print(origin, error.status));
    process.on('uncaughtException', (error, origin) => print(origin, error.stack));
    void call(client(failing));
  },
  'never awaits a call that succeeds': ({ call, client }) => void call(client()),
  'never reads a stream': async ({ stream, client }) => print(typeof (await stream(client()))),
  'breaks out of a stalled stream and ends': async ({ stream, client }) => {
    for await (const event of await stream(client(stalled))) {
      print(typeof event);
      break;
    }
  },
  'exits in the middle of a stream': async ({ stream, client }) => {
    for await (const event of await stream(client(stalled))) process.exit(typeof event === 'object' ? 3 : 4);
  },
  'sets an exit code and watches the end': async ({ call, client }) => {
    // Once: Node emits it again after any work that was done in it, and the preload's flush is such work.
    process.once('beforeExit', (code) => print('beforeExit', code));
    process.on('exit', (code) => print('exit', code));
    process.exitCode = 5;
    await call(client());
  },
  'throws in a timer while a stream waits': async ({ stream, client }) => {
    await onceWaiting(await stream(client(stalled)), () => {
      throw new RangeError('a mistake of its own');
    });
  },
  'is ended by SIGTERM while a stream waits': async ({ stream, client }) => {
    await onceWaiting(await stream(client(stalled)), () => process.kill(process.pid, 'SIGTERM'));
  },
  'is ended by SIGINT while a call waits': async ({ sent, call, client }) => {
    void sent().then(() => setTimeout(() => process.kill(process.pid, 'SIGINT'), 50));
    await call(client({ fault: 'no_headers' }));
  },
  'ends on SIGTERM as it likes': async ({ stream, client }) => {
    process.once('SIGTERM', () => {
      print('tidying up');
      setTimeout(() => process.exit(7), 50);
    });
    await onceWaiting(await stream(client(stalled)), () => process.kill(process.pid, 'SIGTERM'));
  },
  'survives SIGTERM': async ({ stream, client }) => {
    const controller = new AbortController();
    process.once('SIGTERM', () => controller.abort());
    try {
      const one = await stream(client(stalled), {}, { signal: controller.signal });
      await onceWaiting(one, () => process.kill(process.pid, 'SIGTERM'));
    } catch (error) {
      print(error.constructor.name);
    }
    print('still here');
  },
  'leaves the error of a streaming helper unheard': ({ client, Client, surface }) => {
    const one = client(failing);
    void (Client.name === 'Anthropic'
      ? one.messages.stream(surface.params)
      : one.chat.completions.stream(surface.params));
  },
  'calls from a worker thread': async ({ call, client, rerun }) => {
    if (!isMainThread) return print('worker', Object.keys(await call(client())));
    const worker = new Worker(...rerun);
    worker.on('exit', (code) => print('worker ended', code));
  },
  'fails in a worker thread': ({ call, client, rerun }) => {
    if (!isMainThread) return void call(client(failing));
    const worker = new Worker(...rerun);
    worker.on('error', (error) => print('worker failed', error.constructor.name, error.message));
    worker.on('exit', (code) => print('worker ended', code));
  },
};
