'use strict';
// A mistake that instrumentation makes: it waits on the promise that the SDK returned, which reads the answer's body.
const OpenAI = require('openai');
const { create } = OpenAI.Chat.Completions.prototype;
OpenAI.Chat.Completions.prototype.create = function (...args) {
  const promise = create.apply(this, args);
  promise.then(
    () => {},
    () => {},
  );
  return promise;
};
