/**
 * The process whose memory is measured: many streams, held open at once and let go on together. Prints, as JSON, what it
 * occupies before the first stream and at every mark. Arguments: variant, port, streams, then the marks in chunks.
 * Needs `--expose-gc`: what counts is what is left after a collection.
 */
import { createRequire } from 'node:module';
import { startTelemetry } from './start-telemetry.ts';

const require = createRequire(import.meta.url);
const [variant = '', port = '', streamsText, ...marksText] = process.argv.slice(2);
const streams = Number(streamsText);
const marks = marksText.map(Number);
const OPENED_AT_ONCE = 100;

startTelemetry(variant);
const { OpenAI } = require('openai-6') as typeof import('openai-6');
const client = new OpenAI({ apiKey: 'none', baseURL: `http://127.0.0.1:${port}/hold/v1`, timeout: 3_600_000 });

let received = 0;
let awaited = Number.POSITIVE_INFINITY;
let arrived: () => void = () => {};

async function open(): Promise<AsyncIterable<unknown>> {
  return client.chat.completions.create({
    model: 'gpt-5',
    messages: [{ role: 'user', content: 'Where is my order?' }],
    stream: true,
  });
}

async function read(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream) {
    received += 1;
    if (received === awaited) arrived();
  }
}

function sample(): { heap: number; external: number; rss: number } {
  if (globalThis.gc === undefined) throw new Error('memory-workload.ts needs node --expose-gc');
  for (let times = 0; times < 3; times += 1) globalThis.gc();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed, external, rss };
}

async function main(): Promise<void> {
  const samples = [sample()];
  for (let opened = 0; opened < streams; opened += OPENED_AT_ONCE) {
    const batch = Array.from({ length: Math.min(OPENED_AT_ONCE, streams - opened) }, open);
    for (const stream of await Promise.all(batch)) void read(stream);
  }
  for (const mark of marks) {
    awaited = mark * streams;
    const all = new Promise<void>((resolve) => (arrived = resolve));
    await fetch(`http://127.0.0.1:${port}/advance?to=${mark}`, { method: 'POST' });
    await all;
    // One more turn, so that what the last chunk left behind is garbage by now.
    await new Promise((resolve) => setImmediate(resolve));
    samples.push(sample());
  }
  process.stdout.write(`${JSON.stringify(samples)}\n`, () => process.exit(0));
}

await main();
