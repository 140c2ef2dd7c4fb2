'use strict';
// node secret-prompts.cjs: asks a model, time and again, with a secret and a mail address in the prompt. A third of the calls go
// to a vendor that is overloaded. MODEL_URL, BROKEN_MODEL_URL and CALLS are its input.

const OpenAI = require('openai');

const ask = (baseURL) =>
  new OpenAI({ baseURL: `${baseURL}/v1`, apiKey: 'any', maxRetries: 0, logLevel: 'off' }).chat.completions
    .create({
      model: 'gpt-5.2',
      messages: [{ role: 'user', content: 'I am jane.doe@example.com, my key is sk-proj-abcdefghijklmnopqrstuvwx.' }],
    })
    .catch(() => undefined);

async function main() {
  for (let call = 0; call < Number(process.env.CALLS); call += 1)
    await ask(call % 3 === 0 ? process.env.BROKEN_MODEL_URL : process.env.MODEL_URL);
}

void main();
