// Makes the calls that it is given, all at once, as an application would: each in a task of its own, for a use case of its
// own, with the SDK's own retries. What they measure is what is wanted of it.
import { task, useCase } from '@brownout/api';
import OpenAI from 'openai';

const SCHEMA = {
  type: 'object',
  properties: { city: { type: 'string' }, urgent: { type: 'boolean' } },
  required: ['city', 'urgent'],
  additionalProperties: false,
};

const WANTS = {
  prose: {},
  tools: { tools: [{ type: 'function', function: { name: 'find', parameters: SCHEMA } }] },
  structured_output: {
    response_format: { type: 'json_schema', json_schema: { name: 'place', schema: SCHEMA } },
  },
};

async function ask({ url, model, streaming, want, timeout }) {
  const client = new OpenAI({ apiKey: `sk-${model}`, baseURL: `${url}/v1`, timeout, logLevel: 'off' });
  const answer = await client.chat.completions.create({
    model,
    messages: [{ role: 'user', content: 'Where is my parcel? It is late, and I have asked before.' }],
    ...WANTS[want],
    ...(streaming ? { stream: true, stream_options: { include_usage: true } } : {}),
  });
  if (streaming) for await (const _ of answer);
}

const calls = JSON.parse(process.argv[2]);
await Promise.all(
  calls.map((call) =>
    useCase(call.useCase, () => task(call.task, () => ask(call))).catch(() => {
      // What became of it is for the telemetry to tell.
    }),
  ),
);
