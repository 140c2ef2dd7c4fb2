'use strict';
const { classesOf, headersOf } = require('./transcript.cjs');
const undici = require('undici');

const drain = async (stream) => {
  let events = 0;
  for await (const event of stream) events += event ? 1 : 0;
  return events;
};

/** A `fetch` of the application's own, and what it can see. Each is run for every operation of the SDK. */
module.exports = {
  'gives the client a function': async ({ say, call, client }) => {
    const calls = [];
    const own = async (...args) => {
      calls.push([
        args.length,
        classesOf(Object(args[0])),
        Object.keys(args[1]).toSorted(),
        headersOf(new Headers(args[1].headers)),
        typeof args[1].body,
        args[1].body,
      ]);
      return fetch(...args);
    };
    const one = client({ options: { fetch: own } });
    say(Object.keys(await call(one)), calls, one.fetch === own, own.name, own.length);
  },
  'gives the client a function that changes headers': async ({ say, call, client }) => {
    const own = (url, init) => {
      const headers = new Headers(init.headers);
      headers.set('x-gateway', 'eu');
      headers.delete('user-agent');
      return fetch(url, { ...init, headers });
    };
    say(Object.keys(await call(client({ options: { fetch: own } }))));
  },
  'gives the client a function that answers by itself': async ({ say, call, client, attempt }) => {
    const response = new Response('{"error":{"message":"not today","type":"own"}}', {
      status: 418,
      headers: { 'content-type': 'application/json' },
    });
    const one = client({ options: { fetch: async () => response, maxRetries: 0 } });
    await attempt('call', () => call(one));
    say(response.bodyUsed);
  },
  'gives the client a function that throws': async ({ call, client, attempt }) => {
    const options = { maxRetries: 0, fetch: () => Promise.reject(new TypeError('no route to the model')) };
    await attempt('rejects', () => call(client({ options })));
    const thrower = {
      maxRetries: 0,
      fetch: () => {
        throw new RangeError('thrown at once');
      },
    };
    await attempt('throws', () => call(client({ options: thrower })));
  },
  'gets the very response that the function returned': async ({ say, call, client }) => {
    let given;
    const own = async (...args) => (given = await fetch(...args));
    const response = await call(client({ options: { fetch: own } })).asResponse();
    say(response === given);
    await response.text();
  },
  'gives the client the fetch of undici': async ({ say, call, client, attempt }) => {
    await attempt('plain', async () => {
      const response = await call(client({ options: { fetch: undici.fetch } })).asResponse();
      say(classesOf(response), response instanceof undici.Response, response.url, response.type);
      say(await response.text());
    });
  },
  'streams through the fetch of undici': async ({ say, stream, client }) => {
    say(await drain(await stream(client({ options: { fetch: undici.fetch } }))));
  },
  'passes fetchOptions': async ({ say, call, client, attempt }) => {
    await attempt('keepalive', async () =>
      say(Object.keys(await call(client({ options: { fetchOptions: { keepalive: true, redirect: 'error' } } })))),
    );
    const dispatcher = new undici.Agent({ connections: 1 });
    const options = { fetch: undici.fetch, fetchOptions: { dispatcher } };
    await attempt('dispatcher', async () => say(Object.keys(await call(client({ options })))));
    await dispatcher.close();
  },
  'replaces the fetch of the client later': async ({ say, call, client, attempt }) => {
    const one = client({ options: { maxRetries: 0 } });
    say(one.fetch === globalThis.fetch, Object.hasOwn(one, 'fetch'));
    one.fetch = () => Promise.reject(new Error('replaced'));
    await attempt('call', () => call(one));
  },
  'keeps its own class of Response': async ({ say, call, client }) => {
    class Audited extends Response {
      audited = true;
    }
    const own = async (...args) => {
      const response = await fetch(...args);
      return new Audited(response.body, response);
    };
    const response = await call(client({ options: { fetch: own } })).asResponse();
    say(classesOf(response), response.audited, response instanceof Audited, await response.text());
  },
  'subclasses the client': async ({ say, call, client, Client }) => {
    class Ours extends Client {
      async prepareOptions(options) {
        options.headers = { ...options.headers, 'x-ours': '1' };
      }
      prepareRequest(request) {
        say(Object.keys(request).toSorted(), typeof request.body);
        return super.prepareRequest(...arguments);
      }
    }
    const one = client({ Class: Ours });
    say(classesOf(one), Object.keys(await call(one)));
  },
};
