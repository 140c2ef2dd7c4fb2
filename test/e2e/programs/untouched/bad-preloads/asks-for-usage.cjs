'use strict';
// A mistake that instrumentation makes: it changes what the application asks for, to learn more.
const original = globalThis.fetch;
globalThis.fetch = function fetch(input, init) {
  if (typeof init?.body !== 'string' || !init.body.includes('"stream":true')) return original(input, init);
  return original(input, {
    ...init,
    body: JSON.stringify({ ...JSON.parse(init.body), stream_options: { include_usage: true } }),
  });
};
