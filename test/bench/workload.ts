/**
 * The process under measurement: the openai SDK against a server in another process. Prints, as JSON, the processor time
 * that each round took. Arguments: variant, port, mode (`whole` or `stream`), calls per round, rounds.
 */
import { createRequire } from 'node:module';
import { answer, chunks } from './chunks.ts';

// CommonJS, because that is what the peer can hook without further ado.
const require = createRequire(import.meta.url);

const [variant, port, mode, callsText, roundsText] = process.argv.slice(2) as [string, string, string, string, string];

// In the mode `chunks` the network is left out: chunks come from memory, one to a read, so that only what is done with
// them is measured. The stand-in is there before any instrumentation, as the platform's own `fetch` is.
if (mode === 'answer') {
  globalThis.fetch = () => Promise.resolve(new Response(answer, { headers: { 'content-type': 'application/json' } }));
} else if (mode === 'chunks') {
  globalThis.fetch = () => {
    let next = 0;
    const body = new ReadableStream({
      type: 'bytes',
      pull(controller) {
        const chunk = chunks[next++];
        if (chunk === undefined) controller.close();
        else controller.enqueue(new Uint8Array(chunk));
      },
    });
    return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
  };
}

// What is recorded is batched and dropped: recording is counted, the network is not.
const dropping = {
  export: (_items: unknown, done: (result: { code: number }) => void) => done({ code: 0 }),
  shutdown: () => Promise.resolve(),
  forceFlush: () => Promise.resolve(),
};

if (variant !== 'none') {
  const { NodeSDK } = require('@opentelemetry/sdk-node') as typeof import('@opentelemetry/sdk-node');
  const { BatchSpanProcessor } = require('@opentelemetry/sdk-trace') as typeof import('@opentelemetry/sdk-trace');
  const { BatchLogRecordProcessor } = require('@opentelemetry/sdk-logs') as typeof import('@opentelemetry/sdk-logs');
  const { PeriodicExportingMetricReader } =
    require('@opentelemetry/sdk-metrics') as typeof import('@opentelemetry/sdk-metrics');
  const instrumentations: Record<string, () => unknown[]> = {
    sdk: () => [],
    peer: () => {
      const peer =
        require('@opentelemetry/instrumentation-openai') as typeof import('@opentelemetry/instrumentation-openai');
      return [new peer.OpenAIInstrumentation()];
    },
    brownout: () => {
      const own = require('@brownout/instrumentation') as typeof import('@brownout/instrumentation');
      return [new own.BrownoutInstrumentation()];
    },
  };
  new NodeSDK({
    spanProcessors: [new BatchSpanProcessor({ exporter: dropping })],
    logRecordProcessors: [new BatchLogRecordProcessor({ exporter: dropping })],
    metricReaders: [new PeriodicExportingMetricReader({ exporter: dropping, exportIntervalMillis: 60_000 })],
    instrumentations: (instrumentations[variant]?.() ?? []) as never,
  }).start();
}

const { OpenAI } = require('openai-6') as typeof import('openai-6');
const client = new OpenAI({ apiKey: 'none', baseURL: `http://127.0.0.1:${port}/v1` });
const messages = [{ role: 'user' as const, content: 'Where is my order? '.repeat(20) }];

async function call(): Promise<void> {
  if (mode === 'whole' || mode === 'answer') {
    await client.chat.completions.create({ model: 'gpt-5', messages });
    return;
  }
  for await (const _ of await client.chat.completions.create({ model: 'gpt-5', messages, stream: true })) {
    // Read to the end, as an application does.
  }
}

async function main(): Promise<void> {
  const calls = Number(callsText);
  const microseconds: number[] = [];
  // The first rounds warm the compiler up.
  for (let round = -3; round < Number(roundsText); round += 1) {
    const before = process.cpuUsage();
    for (let index = 0; index < calls; index += 1) await call();
    const { user, system } = process.cpuUsage(before);
    if (round >= 0) microseconds.push((user + system) / calls);
  }
  process.stdout.write(`${JSON.stringify(microseconds)}\n`);
  process.exit(0);
}

await main();
