'use strict';
const dns = require('node:dns');

// An openai package that were patched would have wrapped methods.
const { OpenAI } = require('openai');
dns.lookup('localhost', () => console.log(OpenAI.Chat.Completions.prototype.create.__wrapped === undefined));
