/**
 * What the detectors cost, in nanoseconds of CPU per character: `node --conditions=brownout-source test/bench/detectors.ts`.
 * Pieces of 4 characters are the size of a streamed chunk; one piece is an answer that was not streamed.
 */
import { readFileSync } from 'node:fs';
import {
  createGarbledDetector,
  createJsonDetector,
  createLanguageDetector,
  createLengthBand,
  createRepetitionDetector,
} from '../../packages/core/src/detectors/index.ts';
import { readScripts } from '../../packages/dialects/src/read-scripts.ts';

interface Detector {
  push(text: string): void;
  close?(): void;
}
interface Row {
  readonly detector: string;
  readonly text: string;
  readonly create: () => Detector;
  readonly content: string;
}

const prose = readFileSync(new URL('../../LICENSE', import.meta.url), 'utf8').repeat(4);
const code = readFileSync(new URL('./detectors.ts', import.meta.url), 'utf8').repeat(20);
const chinese =
  Array.from({ length: 1_500 }, (_, index) => String.fromCharCode(0x4e00 + ((index * 7_919) % 20_000))).join('') +
  '，船。';
const emoji = '🎉 party 🎊 '.repeat(30) + prose.slice(0, 20_000).replaceAll('the', '😀');
const records = JSON.stringify(
  Array.from({ length: 500 }, (_, id) => ({
    id,
    name: `item ${id}`,
    price: id * 1.5,
    tags: ['a', 'b'],
    text: prose.slice(id, id + 80),
  })),
);
const recordSchema = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      id: { type: 'number' },
      name: { type: 'string' },
      price: { type: 'number' },
      tags: { type: 'array', items: { enum: ['a', 'b'] } },
      text: { type: 'string' },
    },
    required: ['id', 'name', 'price', 'tags', 'text'],
    additionalProperties: false,
  },
};
const longString = JSON.stringify({ answer: prose });

const ROWS: readonly Row[] = [
  { detector: 'repetition', text: 'prose', create: createRepetitionDetector, content: prose.slice(0, 11_000) },
  { detector: 'repetition', text: 'Chinese', create: createRepetitionDetector, content: chinese },
  { detector: 'garbled', text: 'prose', create: createGarbledDetector, content: prose },
  { detector: 'garbled', text: 'Chinese', create: createGarbledDetector, content: chinese },
  { detector: 'garbled', text: 'emoji', create: createGarbledDetector, content: emoji },
  { detector: 'language', text: 'prose', create: createLanguageDetector, content: prose },
  { detector: 'language', text: 'Chinese', create: createLanguageDetector, content: chinese },
  { detector: 'json', text: 'records', create: createJsonDetector, content: records },
  { detector: 'json, schema', text: 'records', create: () => createJsonDetector(recordSchema), content: records },
  { detector: 'json', text: 'one long string', create: createJsonDetector, content: longString },
  { detector: 'json', text: 'not JSON', create: createJsonDetector, content: code },
];

const BASELINE: Row = { detector: '(none)', text: 'prose', create: () => ({ push() {} }), content: prose };

/** Lower quartile of 15 measurements, each long enough for the CPU clock. */
function nanosecondsPerCharacter(row: Row, pieceLength: number): number {
  const pieces: string[] = [];
  for (let at = 0; at < row.content.length; at += pieceLength) pieces.push(row.content.slice(at, at + pieceLength));
  const repeats = Math.ceil(2_000_000 / row.content.length);
  const measure = (): number => {
    const start = process.cpuUsage();
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const detector = row.create();
      for (const piece of pieces) detector.push(piece);
      detector.close?.();
    }
    const { user, system } = process.cpuUsage(start);
    return ((user + system) * 1_000) / (repeats * row.content.length);
  };
  const results = Array.from({ length: 15 }, measure).toSorted((left, right) => left - right);
  return results[3] ?? Number.NaN;
}

function nanosecondsToCreate(row: Row): number {
  const count = 50_000;
  for (let index = 0; index < count; index += 1) row.create().push('{');
  const start = process.cpuUsage();
  for (let index = 0; index < count; index += 1) row.create().push('{');
  const { user, system } = process.cpuUsage(start);
  return ((user + system) * 1_000) / count;
}

console.table(
  [BASELINE, ...ROWS].map((row) => ({
    detector: row.detector,
    text: row.text,
    'ns/char, pieces of 4': nanosecondsPerCharacter(row, 4).toFixed(1),
    'ns/char, pieces of 40': nanosecondsPerCharacter(row, 40).toFixed(1),
    'ns/char, one piece': nanosecondsPerCharacter(row, Number.MAX_SAFE_INTEGER).toFixed(1),
    'ns to create and push one': nanosecondsToCreate(row).toFixed(0),
  })),
);

/** What is done once for each call, in microseconds of CPU. */
function microseconds(run: () => void): string {
  const count = 5_000;
  for (let index = 0; index < count; index += 1) run();
  const start = process.cpuUsage();
  for (let index = 0; index < count; index += 1) run();
  const { user, system } = process.cpuUsage(start);
  return ((user + system) / count).toFixed(2);
}

const request = (...contents: readonly string[]): unknown => ({
  model: 'gpt-5',
  // As the text of a request that was parsed: one flat string each.
  messages: JSON.parse(JSON.stringify(contents.map((content) => ({ role: 'user', content })))) as unknown,
});
const SHORT = request('You are a support agent.', 'Where is my order? '.repeat(20));
const LONG = request(
  prose.slice(0, 4_000),
  ...Array.from({ length: 40 }, (_, index) => prose.slice(index * 100, index * 100 + 1_500)),
);
const CHINESE = request(chinese.repeat(10));
const band = createLengthBand();

console.table({
  'scripts of a request of 400 characters': microseconds(() => readScripts(SHORT)),
  'scripts of a request of 64,000 characters': microseconds(() => readScripts(LONG)),
  'scripts of a Chinese request of 15,000 characters': microseconds(() => readScripts(CHINESE)),
  'length of one answer, compared and learnt': microseconds(() => {
    band.isOutside(300);
    band.learn(300);
  }),
});
