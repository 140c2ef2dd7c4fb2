'use strict';
const { classesOf } = require('./transcript.cjs');
const { deepFreeze, question } = require('./surfaces.cjs');

const messages = deepFreeze([{ role: 'user', content: question }]);
const model = 'gpt-5.2';
const schema = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};
const responseFormat = { type: 'json_schema', json_schema: { name: 'place', strict: true, schema } };
const weather = {
  type: 'function',
  function: {
    name: 'weather',
    description: 'Weather of a city',
    parameters: schema,
    parse: JSON.parse,
    function: ({ city }) => `rain in ${city}`,
  },
};
const chatEvents = [
  'connect',
  'chunk',
  'chatCompletion',
  'message',
  'content',
  'functionToolCall',
  'functionToolCallResult',
  'finalContent',
  'finalMessage',
  'finalChatCompletion',
  'finalFunctionToolCall',
  'finalFunctionToolCallResult',
  'error',
  'abort',
  'totalUsage',
  'end',
];

const follow = (runner, say, events) => {
  for (const event of events)
    runner.on(event, (...args) => say('event', event, event === 'chunk' ? args.length : args));
  return runner;
};

/** The helpers of the OpenAI SDK above `create`. */
module.exports = {
  'chat.completions.parse': async ({ say, client, attempt }) => {
    const params = { model, messages, response_format: responseFormat };
    await attempt('parsed', () => client().chat.completions.parse(params));
    await attempt('raw', async () => (await client().chat.completions.parse(params).asResponse()).text());
    await attempt('both', async () => Object.keys(await client().chat.completions.parse(params).withResponse()));
    await attempt('length', () => client({ fault: 'length_stop' }).chat.completions.parse(params));
  },
  'chat.completions.stream with every event': async ({ say, client }) => {
    const runner = follow(client().chat.completions.stream({ model, messages }), say, chatEvents);
    say(
      await runner.finalContent(),
      await runner.finalMessage(),
      await runner.finalChatCompletion(),
      await runner.totalUsage(),
    );
    say(classesOf(runner), runner.ended, runner.aborted, runner.errored);
  },
  'chat.completions.stream read by a loop': async ({ say, client }) => {
    let chunks = 0;
    for await (const chunk of client().chat.completions.stream({ model, messages })) chunks += chunk.choices.length;
    say(chunks);
  },
  'chat.completions.stream aborted': async ({ say, client, attempt }) => {
    const runner = client({ fault: 'stall', params: { afterChunks: 4 } }).chat.completions.stream({ model, messages });
    runner.on('abort', (error) => say('event', classesOf(error)));
    runner.once('chunk', () => runner.abort());
    await attempt('done', () => runner.done());
    await attempt('final', () => runner.finalContent());
    say(runner.aborted, runner.ended);
  },
  'chat.completions.stream that fails': async ({ say, client, attempt }) => {
    for (const fault of ['unauthorized', 'in_band_server_error', 'cut_clean']) {
      const runner = client({ fault, options: { maxRetries: 0 } }).chat.completions.stream({ model, messages });
      runner.on('error', (error) => say('event', classesOf(error)));
      await attempt(fault, async () => classesOf(await runner.finalMessage()));
    }
  },
  'chat.completions.stream to a ReadableStream': async ({ say, client }) => {
    say(await new Response(client().chat.completions.stream({ model, messages }).toReadableStream()).text());
  },
  'chat.completions.runTools': async ({ say, client, attempt }) => {
    const runner = follow(
      client().chat.completions.runTools(
        { model, messages: [...messages], tools: [weather] },
        { maxChatCompletions: 3 },
      ),
      say,
      chatEvents,
    );
    await attempt('final', () => runner.finalContent());
    say(runner.messages);
  },
  'chat.completions.runTools streamed': async ({ say, client, attempt }) => {
    const params = { model, messages: [...messages], tools: [weather], stream: true };
    const runner = follow(client().chat.completions.runTools(params, { maxChatCompletions: 3 }), say, chatEvents);
    await attempt('final', () => runner.finalContent());
    say(runner.messages);
  },
  'responses.parse': async ({ client, attempt }) => {
    const params = {
      model,
      input: question,
      text: { format: { type: 'json_schema', name: 'place', strict: true, schema } },
    };
    await attempt('parsed', () => client().responses.parse(params));
    await attempt('raw', async () => (await client().responses.parse(params).asResponse()).text());
  },
  'responses.stream with every event': async ({ say, client }) => {
    const runner = client().responses.stream({ model, input: question });
    runner.on('event', (event) => say('event', event.type));
    runner.on('response.output_text.delta', (event) => say('delta', event.delta));
    say(await runner.finalResponse(), classesOf(runner));
  },
  'responses.stream read by a loop, then aborted': async ({ say, client, attempt }) => {
    const runner = client({ fault: 'stall', params: { afterChunks: 4 } }).responses.stream({ model, input: question });
    await attempt('loop', async () => {
      for await (const event of runner) {
        say(event.type);
        if (event.type.endsWith('.delta')) runner.abort();
      }
    });
    say(runner.aborted, runner.ended);
  },
  'the Azure client': async ({ say, client, sdk, attempt }) => {
    const azure = client({ Class: sdk.AzureOpenAI, options: { apiVersion: '2026-06-01', deployment: 'gpt-5.2' } });
    say(classesOf(azure));
    await attempt('plain', async () => Object.keys(await azure.chat.completions.create({ model, messages })));
    await attempt('stream', async () => {
      let chunks = 0;
      for await (const chunk of await azure.chat.completions.create({ model, messages, stream: true }))
        chunks += chunk.choices.length;
      return chunks;
    });
  },
  'other endpoints of the same host': async ({ client, attempt }) => {
    await attempt('models', async () => (await client({ options: { maxRetries: 0 } }).models.list()).data);
    await attempt('files', () => client({ options: { maxRetries: 0 } }).files.list());
    await attempt('post', () => client({ options: { maxRetries: 0 } }).post('/made/up', { body: { one: 1 } }));
  },
};
