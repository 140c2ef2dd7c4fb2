'use strict';
// A mistake that instrumentation makes: a new Response without the URL and type of the original.
const original = globalThis.fetch;
globalThis.fetch = async function fetch(input, init) {
  const response = await original(input, init);
  return new Response(response.body, response);
};
