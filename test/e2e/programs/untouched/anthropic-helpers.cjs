'use strict';
const { classesOf } = require('./transcript.cjs');
const { deepFreeze, question } = require('./surfaces.cjs');

const params = deepFreeze({
  model: 'claude-sonnet-5',
  max_tokens: 256,
  messages: [{ role: 'user', content: question }],
});
const events = [
  'connect',
  'streamEvent',
  'text',
  'citation',
  'inputJson',
  'message',
  'contentBlock',
  'finalMessage',
  'error',
  'abort',
  'end',
];
const stalled = { fault: 'stall', params: { afterChunks: 4 } };
const schema = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};

const follow = (runner, say) => {
  for (const event of events) runner.on(event, (...args) => say('event', event, args));
  return runner;
};

/** The helpers of the Anthropic SDK above `create`; what an older major does not have is printed as absent. */
module.exports = {
  'messages.stream with every event': async ({ say, client }) => {
    const runner = follow(client().messages.stream(params), say);
    say(await runner.finalMessage(), await runner.finalText(), classesOf(runner));
    say(runner.ended, runner.aborted, runner.errored, runner.messages.length, runner.receivedMessages.length);
    say(runner.request_id, runner.response?.status, classesOf(runner.response));
  },
  'messages.stream read by a loop': async ({ say, client }) => {
    for await (const event of client().messages.stream(params)) say(event.type);
  },
  'messages.stream with withResponse': async ({ say, client }) => {
    const taken = await client().messages.stream(params).withResponse();
    say(Object.keys(taken), taken.response.status, taken.request_id);
    say(await taken.data.finalText());
  },
  'messages.stream left by break': async ({ say, client }) => {
    const runner = client(stalled).messages.stream(params);
    for await (const event of runner) {
      say(event.type);
      break;
    }
    say(runner.aborted, runner.controller.signal.aborted);
  },
  'messages.stream aborted': async ({ say, client, attempt }) => {
    const runner = client(stalled).messages.stream(params);
    runner.on('abort', (error) => say('event', classesOf(error)));
    runner.once('text', () => runner.abort());
    await attempt('done', () => runner.done());
    await attempt('final', () => runner.finalMessage());
    say(runner.aborted, runner.ended);
  },
  'messages.stream aborted by a signal': async ({ say, client, attempt }) => {
    const controller = new AbortController();
    const runner = client(stalled).messages.stream(params, { signal: controller.signal });
    runner.once('text', () => controller.abort());
    await attempt('done', () => runner.done());
    say(runner.aborted, runner.ended, runner.errored);
  },
  'messages.stream that fails': async ({ say, client, attempt }) => {
    for (const fault of ['unauthorized', 'in_band_overloaded', 'cut_clean']) {
      const runner = client({ fault, options: { maxRetries: 0 } }).messages.stream(params);
      runner.on('error', (error) => say('event', classesOf(error)));
      await attempt(fault, async () => classesOf(await runner.finalMessage()));
    }
  },
  'messages.stream to a ReadableStream and back': async ({ say, client }) => {
    const runner = client().messages.stream(params);
    const again = runner.constructor.fromReadableStream(runner.toReadableStream());
    say(await again.finalText());
  },
  'messages.stream with an error that nobody listens to, caught once': async ({ client, attempt }) => {
    await attempt('done', () => client({ fault: 'unauthorized' }).messages.stream(params).done());
  },
  'messages.parse': async ({ say, client, attempt }) => {
    const one = client();
    say(typeof one.messages.parse, typeof one.beta.messages.parse);
    const asked = { ...params, output_config: { format: { type: 'json_schema', schema } } };
    if (one.messages.parse) await attempt('parsed', () => one.messages.parse(asked));
  },
  'beta.messages.create and stream': async ({ say, client, attempt }) => {
    await attempt('create', () => client().beta.messages.create({ ...params, betas: ['context-1m-2025-08-07'] }));
    await attempt('stream', async () =>
      classesOf(
        await client()
          .beta.messages.stream({ ...params })
          .finalMessage(),
      ),
    );
  },
  'beta.messages.toolRunner': async ({ say, client, attempt }) => {
    const one = client();
    say(typeof one.beta.messages.toolRunner);
    if (!one.beta.messages.toolRunner) return;
    const run = ({ city }) => `rain in ${city}`;
    const tools = () => [
      {
        type: 'custom',
        name: 'weather',
        description: 'Weather of a city',
        input_schema: schema,
        run,
        parse: (input) => input,
      },
    ];
    const asked = () => ({ ...params, messages: [...params.messages], tools: tools(), max_iterations: 3 });
    await attempt('awaited', () => one.beta.messages.toolRunner(asked()));
    await attempt('loop', async () => {
      for await (const message of one.beta.messages.toolRunner(asked())) say(message);
    });
    await attempt('streamed loop', async () => {
      for await (const turn of one.beta.messages.toolRunner({ ...asked(), stream: true })) {
        say(classesOf(turn));
        for await (const event of turn) say(event.type);
      }
    });
  },
  'other endpoints of the same host': async ({ client, attempt }) => {
    await attempt('count', () =>
      client({ options: { maxRetries: 0 } }).messages.countTokens({
        model: params.model,
        messages: [...params.messages],
      }),
    );
    await attempt('models', async () => (await client({ options: { maxRetries: 0 } }).models.list()).data);
    await attempt('post', () => client({ options: { maxRetries: 0 } }).post('/made/up', { body: { one: 1 } }));
  },
};
