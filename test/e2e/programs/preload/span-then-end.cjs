'use strict';
const { isMainThread, Worker } = require('node:worker_threads');
const { trace } = require('@opentelemetry/api');

const endings = {
  return: () => {},
  exit: () => process.exit(0),
  throw: () => {
    throw new Error('the end');
  },
  wait: () => setTimeout(() => {}, 20_000),
};

if (process.env.ENDING === 'worker' && isMainThread) {
  new Worker(__filename);
} else {
  // The SDK finds out asynchronously on which host it runs; a program that lives for less is told apart in the guide.
  setTimeout(() => {
    trace.getTracer('program').startSpan('last words').end();
    console.log('done');
    (endings[process.env.ENDING] ?? endings.exit)();
  }, 50);
}
