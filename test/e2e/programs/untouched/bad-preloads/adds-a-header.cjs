'use strict';
// A mistake that instrumentation makes: it marks the application's requests.
const original = globalThis.fetch;
globalThis.fetch = function fetch(input, init) {
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
  headers.set('x-observed', '1');
  return original(input, { ...init, headers });
};
