'use strict';
const { classesOf, headersOf } = require('./transcript.cjs');

/** Ways to make a call and to take its answer. Each is run for every operation of the SDK. */
module.exports = {
  'awaits a plain call': async ({ say, call, client }) => {
    say(await call(client()));
  },
  'looks at the promise before awaiting it': async ({ say, call, client }) => {
    const promise = call(client());
    say(
      classesOf(promise),
      promise instanceof Promise,
      Object.keys(promise),
      Object.getOwnPropertyNames(promise).toSorted(),
    );
    say(typeof promise.asResponse, typeof promise.withResponse, typeof promise._thenUnwrap);
    await promise;
  },
  'awaits one promise twice': async ({ say, call, client }) => {
    const promise = call(client());
    say((await promise) === (await promise));
  },
  'uses then, catch and finally': async ({ say, call, client }) => {
    const kept = await call(client())
      .finally(() => say('finally'))
      .then((value) => Object.keys(value))
      .catch(() => 'never');
    say(kept);
    await call(client({ fault: 'unauthorized' }))
      .catch((error) => say('catch', error.status))
      .finally(() => say('finally'));
  },
  'reads the raw response with asResponse': async ({ say, call, client }) => {
    const response = await call(client()).asResponse();
    say(
      classesOf(response),
      response instanceof Response,
      response.type,
      response.url,
      response.redirected,
      response.ok,
      response.status,
      response.statusText,
    );
    say(headersOf(response.headers), response.bodyUsed, classesOf(response.body), response.body.locked);
    say(await response.text(), response.bodyUsed);
  },
  'reads the raw response as JSON, bytes, blob and form': async ({ say, call, client, attempt }) => {
    for (const way of ['json', 'arrayBuffer', 'blob', 'bytes', 'formData']) {
      const response = await call(client()).asResponse();
      await attempt(way, () => response[way]());
      await attempt('again', () => response.text());
    }
  },
  'takes the answer and the response with withResponse': async ({ say, call, client }) => {
    const taken = await call(client()).withResponse();
    say(
      Object.keys(taken),
      taken.data,
      taken.response.status,
      headersOf(taken.response.headers),
      taken.request_id,
      taken.response.bodyUsed,
    );
  },
  'inspects the response itself': async ({ say, call, client }) => {
    const response = await call(client()).asResponse();
    say(response, Object.keys(response), Object.prototype.toString.call(response), response.constructor === Response);
    say(Object.getOwnPropertyNames(response), JSON.stringify(response), 'clone' in response);
    await response.text();
  },
  'clones the raw response': async ({ say, call, client }) => {
    const response = await call(client()).asResponse();
    const copy = response.clone();
    say(copy instanceof Response, copy.url, copy.type, copy.status, headersOf(copy.headers));
    say((await response.text()) === (await copy.text()), response.bodyUsed, copy.bodyUsed);
  },
  'makes a call and never awaits it': async ({ say, call, client }) => {
    const one = client();
    call(one);
    await call(one);
    say('moved on');
  },
  'makes calls that are awaited out of order': async ({ say, call, client }) => {
    const promises = [call(client()), call(client()), call(client())];
    for (const promise of promises.toReversed()) say(Object.keys(await promise));
  },
  'makes twenty calls at once': async ({ say, call, client }) => {
    const one = client();
    const answers = await Promise.all(Array.from({ length: 20 }, () => call(one)));
    say(
      answers.length,
      answers.map((answer) => Object.keys(answer).length),
    );
  },
  'derives a client with withOptions': async ({ say, call, client, attempt }) => {
    const derived = client().withOptions({ maxRetries: 0, defaultHeaders: { 'x-derived': 'yes' } });
    await attempt('derived', async () => Object.keys(await call(derived)));
    say(classesOf(derived), derived.maxRetries, derived.timeout);
  },
  'passes per-request options': async ({ say, call, client }) => {
    const answer = await call(
      client(),
      {},
      { headers: { 'x-one': 'two' }, query: { trace: 'no' }, maxRetries: 1, timeout: 5000, idempotencyKey: 'key-1' },
    );
    say(Object.keys(answer));
  },
  'looks at the client': async ({ say, client, Client }) => {
    const one = client();
    say(
      Object.keys(one).toSorted(),
      Object.getOwnPropertyNames(Client.prototype).toSorted(),
      Client.name,
      Client.length,
    );
    for (const name of Object.getOwnPropertyNames(Client.prototype).toSorted()) {
      const { value } = Object.getOwnPropertyDescriptor(Client.prototype, name);
      if (typeof value === 'function') say(name, value.name, value.length);
    }
  },
};
