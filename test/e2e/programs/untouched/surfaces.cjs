'use strict';

const deepFreeze = (value) => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
};

const question = 'Which of your promises do you keep when nobody is watching?';
const messages = [{ role: 'user', content: question }];

/** The operations of the two families, each as a user calls it. Parameters are frozen: whoever writes to them throws. */
const surfaces = {
  chat: {
    path: '/v1/chat/completions',
    streams: true,
    params: deepFreeze({ model: 'gpt-5.2', messages }),
    call: (client, params, options) => client.chat.completions.create(params, options),
  },
  responses: {
    path: '/v1/responses',
    streams: true,
    params: deepFreeze({ model: 'gpt-5.2', input: question }),
    call: (client, params, options) => client.responses.create(params, options),
  },
  embeddings: {
    path: '/v1/embeddings',
    streams: false,
    params: deepFreeze({ model: 'text-embedding-3-small', input: [question, 'And who checks?'] }),
    call: (client, params, options) => client.embeddings.create(params, options),
  },
  messages: {
    path: '/v1/messages',
    streams: true,
    params: deepFreeze({ model: 'claude-sonnet-5', max_tokens: 256, messages }),
    call: (client, params, options) => client.messages.create(params, options),
  },
};

const families = {
  openai: { surfaces: ['chat', 'responses', 'embeddings'], basePath: '/v1' },
  anthropic: { surfaces: ['messages'], basePath: '' },
};

const familyOf = (packageName) => (packageName.startsWith('@anthropic-ai/') ? 'anthropic' : 'openai');

module.exports = { surfaces, families, familyOf, deepFreeze, question };
