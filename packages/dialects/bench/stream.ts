/**
 * What reading one chunk of a streamed answer costs, per dialect: `node --conditions=brownout-source packages/dialects/bench/stream.ts`.
 * A chunk is one event of 4 to 10 characters of text, as the vendors send them.
 */
import { DIALECTS, type DialectId } from '../src/index.ts';

const CHUNKS = 2000;
const ROUNDS = 60;
const encoder = new TextEncoder();

const EVENTS = {
  'openai-chat': (word: string) =>
    `data: {"id":"chatcmpl-BtYhk3bDCvSyXKb9f2a","object":"chat.completion.chunk","created":1790000000,"model":"gpt-5-2026-08-07","service_tier":"default","system_fingerprint":"fp_44709d6fcb","choices":[{"index":0,"delta":{"content":"${word}"},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"x2k9"}\n\n`,
  'openai-responses': (word: string) =>
    `event: response.output_text.delta\ndata: {"type":"response.output_text.delta","sequence_number":12,"item_id":"msg_67c9fdcf37fc8190ba82116e33fb28c5","output_index":0,"content_index":0,"delta":"${word}","logprobs":[],"obfuscation":"x2k9"}\n\n`,
  'anthropic-messages': (word: string) =>
    `event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"${word}"}}\n\n`,
} as const satisfies Partial<Record<DialectId, (word: string) => string>>;

function microsecondsPerChunk(dialect: DialectId, chunks: readonly Uint8Array[]): number {
  let events = 0;
  const emit = () => {
    events++;
  };
  const timings: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const reader = DIALECTS[dialect].createStreamReader();
    const started = performance.now();
    for (const chunk of chunks) reader.read(chunk, emit);
    timings.push(((performance.now() - started) * 1000) / chunks.length);
    reader.close(emit);
  }
  if (events < CHUNKS * ROUNDS) throw new Error(`${dialect}: ${events} events from ${CHUNKS * ROUNDS} chunks`);
  return timings.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}

const rows = Object.entries(EVENTS).map(([dialect, event]) => {
  const chunks = Array.from({ length: CHUNKS }, (_, at) => encoder.encode(event(` word${at % 97}`)));
  const decoder = new TextDecoder();
  const parsed = Array.from({ length: CHUNKS }, (_, at) => event(` word${at % 97}`).split('data: ')[1] ?? '');
  const started = performance.now();
  for (let round = 0; round < ROUNDS; round++) {
    for (let at = 0; at < CHUNKS; at++) {
      decoder.decode(chunks[at], { stream: true });
      JSON.parse(parsed[at] ?? '');
    }
  }
  const floor = ((performance.now() - started) * 1000) / (CHUNKS * ROUNDS);
  return {
    dialect,
    'µs per chunk (median)': Number(microsecondsPerChunk(dialect as DialectId, chunks).toFixed(2)),
    'of which decode + JSON.parse': Number(floor.toFixed(2)),
  };
});
console.table(rows);
