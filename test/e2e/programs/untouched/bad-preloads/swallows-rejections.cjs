'use strict';
// A mistake that instrumentation makes: it listens to failures, and so keeps the application from crashing.
const original = globalThis.fetch;
globalThis.fetch = function fetch(...args) {
  return original(...args);
};
process.on('unhandledRejection', () => {});
