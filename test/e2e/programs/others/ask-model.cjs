'use strict';
// node ask-model.cjs: asks a model under the instrumentation of WHOSE: ANSWERED calls of MODEL_URL that it
// answers, and FAILED ones of BROKEN_MODEL_URL that it does not. Spans go where OTEL_EXPORTER_OTLP_ENDPOINT says.
const { NodeSDK } = require('@opentelemetry/sdk-node');

// Version 6 is the newest that they know.
const OTHERS = {
  opentelemetry: () => new (require('@opentelemetry/instrumentation-openai').OpenAIInstrumentation)(),
  openllmetry: () => new (require('@traceloop/instrumentation-openai').OpenAIInstrumentation)(),
  openinference: () => new (require('@arizeai/openinference-instrumentation-openai').OpenAIInstrumentation)(),
};

async function main() {
  const sdk = new NodeSDK({ instrumentations: [OTHERS[process.env.WHOSE]()] });
  sdk.start();
  const { OpenAI } = require('openai-6');
  const ask = (baseURL) =>
    new OpenAI({ baseURL: `${baseURL}/v1`, apiKey: 'any', maxRetries: 0, logLevel: 'off' }).chat.completions
      .create({ model: 'gpt-5.2', messages: [{ role: 'user', content: 'Where is my order?' }] })
      .catch(() => undefined);
  for (let call = 0; call < Number(process.env.ANSWERED); call += 1) await ask(process.env.MODEL_URL);
  for (let call = 0; call < Number(process.env.FAILED); call += 1) await ask(process.env.BROKEN_MODEL_URL);
  // Some end the span of a failed call only now.
  await new Promise(setImmediate);
  await sdk.shutdown();
}

void main();
