/**
 * What one streamed chunk costs from its bytes to the call that it is folded into, with all detectors and with none, in
 * microseconds of CPU: `node --conditions=brownout-source test/bench/chunks.ts`. Neither an SDK nor OpenTelemetry has a part
 * in it, so that the detectors are set against the least that they could be set against.
 */
import { readFileSync } from 'node:fs';
import { createCallTracker, DETECTOR_IDS } from '../../packages/core/src/index.ts';
import type { CallFacts, DetectorSwitches, RequestFacts, RequestSchemas, Sink } from '../../packages/core/src/index.ts';
import { DIALECTS } from '../../packages/dialects/src/index.ts';
import { quartiles } from './statistics.ts';

const CHUNKS = 450;
const prose = readFileSync(new URL('../../LICENSE', import.meta.url), 'utf8').replace(/\s+/g, ' ');
const chinese = Array.from({ length: CHUNKS * 4 }, (_, index) =>
  String.fromCharCode(0x4e00 + ((index * 7_919) % 20_000)),
);
const records = JSON.stringify(
  Array.from({ length: 200 }, (_, id) => ({ id, kind: 'order', text: prose.slice(id, id + 40), tags: ['a', 'b'] })),
);
const schema = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      id: { type: 'number' },
      kind: { enum: ['order', 'offer'] },
      text: { type: 'string' },
      tags: { type: 'array', items: { type: 'string' } },
    },
    required: ['id', 'kind', 'text', 'tags'],
    additionalProperties: false,
  },
};
const schemas: RequestSchemas = { output: schema, tool: () => schema };

type Delta = (piece: string, index: number) => object;
const words: Delta = (content) => ({ content });
const callTool: Delta = (piece, index) => ({
  tool_calls: [
    index === 0
      ? { index: 0, id: 'c', type: 'function', function: { name: 'find', arguments: piece } }
      : { index: 0, function: { arguments: piece } },
  ],
});

const ANSWERS: readonly { title: string; text: string; delta: Delta; request?: Partial<RequestFacts> }[] = [
  { title: 'prose', text: prose, delta: words },
  { title: 'Chinese', text: chinese.join(''), delta: words },
  { title: 'JSON of a schema', text: records, delta: words, request: { outputType: 'json' } },
  { title: 'tool arguments of a schema', text: records, delta: callTool },
];

/** Four characters to a chunk, as tokens come. */
function bytesOf(text: string, delta: Delta): readonly Uint8Array[] {
  return Array.from({ length: CHUNKS }, (_, index) => {
    const choices = [{ index: 0, delta: delta(text.slice(index * 4, index * 4 + 4), index), finish_reason: null }];
    const chunk = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'gpt-5', choices };
    return Buffer.from(`data: ${JSON.stringify(chunk)}\n\n`);
  });
}

const nothing = (): void => {};
const sink: Sink = {
  outputGap: nothing,
  attemptEnded: nothing,
  callMayEnd: nothing,
  retried: nothing,
  callEnded: nothing,
};

/** Microseconds for each chunk of one answer after the other. */
function measure(chunks: readonly Uint8Array[], on: boolean, request: Partial<RequestFacts> | undefined): number {
  const detectors = Object.fromEntries(DETECTOR_IDS.map((id) => [id, on])) as DetectorSwitches;
  const tracker = createCallTracker({
    clock: () => 0,
    schedule: () => nothing,
    sink,
    isSameModel: () => true,
    detectors,
    lengthBandOf: () => undefined,
  });
  const facts: CallFacts = {
    provider: 'openai',
    useCase: 'unspecified',
    request: { operation: 'chat', model: 'gpt-5', streaming: true, expectsUsage: false, parameters: {}, ...request },
    serverAddress: 'api.openai.com',
    serverPort: 443,
    question: undefined,
    scripts: 0,
  };
  const answers = 60;
  const start = process.cpuUsage();
  for (let answer = 0; answer < answers; answer += 1) {
    const open = tracker.open({ facts, budget: {}, startedAt: 0, linked: true, fallback: undefined, schemas });
    const attempt = open.beginAttempt(0);
    const reader = DIALECTS['openai-chat'].createStreamReader();
    for (const chunk of chunks) reader.read(chunk, (event) => attempt.event(event, 0));
    open.giveUp();
  }
  const { user, system } = process.cpuUsage(start);
  return (user + system) / (answers * chunks.length);
}

console.table(
  ANSWERS.map(({ title, text, delta, request }) => {
    const chunks = bytesOf(text, delta);
    const times = { none: [] as number[], all: [] as number[] };
    for (let round = 0; round < 25; round += 1) {
      times.none.push(measure(chunks, false, request));
      times.all.push(measure(chunks, true, request));
    }
    const [none, all] = [quartiles(times.none).lower, quartiles(times.all).lower];
    return { answer: title, 'none, µs': none.toFixed(2), 'all, µs': all.toFixed(2), times: (all / none).toFixed(2) };
  }),
);
