import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import {
  createGarbledDetector,
  createJsonDetector,
  createLanguageDetector,
  createRepetitionDetector,
} from './index.ts';
import { seededRandom } from './test-texts.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const STREAMS = 150;

/** Bytes of heap that each of many detectors holds after it was fed this many pieces of 40 characters. */
function heapPerDetector(
  create: () => { push(text: string): void },
  pieces: number,
  piece: (random: () => number) => string,
): number {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const detectors = Array.from({ length: STREAMS }, (_, stream) => {
    const detector = create();
    const random = seededRandom(stream);
    for (let index = 0; index < pieces; index += 1) detector.push(piece(random));
    return detector;
  });
  collectGarbage();
  const held = (process.memoryUsage().heapUsed - before) / detectors.length;
  // Used once more, so that none of them can have been collected before the measurement.
  for (const detector of detectors) detector.push('');
  return held;
}

const words = (random: () => number): string => `${random().toString(36).slice(2, 8)} `.padEnd(40, 'lorem ipsum 1234 ');

describe('what a detector holds does not grow with the text', () => {
  it.each([
    ['repetition', createRepetitionDetector, words, 14_000],
    ['garbled', createGarbledDetector, words, 1_000],
    ['language', createLanguageDetector, () => 'Где посылка? 你好。ขอบคุณ '.padEnd(40, 'ñ'), 1_500],
    ['JSON inside one string', () => opened('{"text":"'), words, 8_000],
    ['JSON inside one string of escapes', () => opened('{"text":"'), () => '\\n'.repeat(20), 20_000],
    ['JSON inside one number', () => opened('['), () => '1234567890'.repeat(4), 8_000],
    ['JSON inside one array', () => opened('['), () => '{"a":[1,"b"],"c":{"d":null}},', 8_000],
    [
      'JSON held to a schema',
      () => opened('[', RECORDS),
      (random: () => number) => `{"id":${random()},"name":"\\u0061${random()}","kind":"b"},`,
      14_000,
    ],
    ['JSON inside one object', () => opened('{'), (random: () => number) => `"\\u0061${random()}":[true],`, 8_000],
  ] as const)('%s', (_, create, piece, limit) => {
    heapPerDetector(create, 10, piece);
    const short = heapPerDetector(create, 60, piece);
    const long = heapPerDetector(create, 600, piece);
    expect(long).toBeLessThan(limit);
    expect(long).toBeLessThan(short + 2_500);
  });
});

const RECORDS = {
  items: {
    properties: { id: { type: 'number' }, name: { type: 'string' }, kind: { enum: ['a', 'b'] } },
    required: ['id', 'name'],
    additionalProperties: false,
  },
};

function opened(beginning: string, schema?: unknown): { push(text: string): void } {
  const detector = createJsonDetector(schema);
  detector.push(beginning);
  return detector;
}
