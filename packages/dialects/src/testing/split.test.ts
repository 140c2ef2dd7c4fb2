import type { AnswerEvent } from '@brownout/core';
import { expect, test } from 'vitest';
import type { DialectId } from '../dialect.ts';
import { DIALECTS } from '../dialects.ts';
import { listFixtures, loadFixture, readFixture, readPieces } from './read-fixtures.ts';

const STREAMS = (Object.keys(DIALECTS) as DialectId[]).flatMap((dialect) =>
  listFixtures(dialect)
    .filter((name) => name.endsWith('.sse'))
    .map((name) => [dialect, name] as const),
);

function* bytesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at++) yield bytes.subarray(at, at + 1);
}

/** The same events under another way to end lines. */
function withLineEnd(bytes: Uint8Array, lineEnd: string): Uint8Array {
  return new TextEncoder().encode(new TextDecoder().decode(bytes).replaceAll('\n', lineEnd));
}

test.each(STREAMS)('%s/%s gives the same events wherever it is cut in two', (dialect, name) => {
  const bytes = loadFixture(dialect, name);
  const whole = JSON.stringify(readFixture(dialect, name));
  const cuts = Array.from({ length: bytes.length + 1 }, (_, at) => at);
  const differing = cuts.filter((at) => {
    const events = readPieces(dialect, [bytes.subarray(0, at), bytes.subarray(at)]);
    return JSON.stringify(events) !== whole;
  });
  expect(differing).toEqual([]);
});

test.each(STREAMS)('%s/%s gives the same events byte by byte', (dialect, name) => {
  expect(readPieces(dialect, bytesOf(loadFixture(dialect, name)))).toEqual(readFixture(dialect, name));
});

test.each(STREAMS)('%s/%s gives the same events with any line end, at once and byte by byte', (dialect, name) => {
  for (const lineEnd of ['\r\n', '\r']) {
    const bytes = withLineEnd(loadFixture(dialect, name), lineEnd);
    expect(readPieces(dialect, [bytes])).toEqual(readFixture(dialect, name));
    expect(readPieces(dialect, bytesOf(bytes))).toEqual(readFixture(dialect, name));
  }
});

test.each(STREAMS)('%s/%s gives a beginning of its events and no end wherever it is cut off', (dialect, name) => {
  const bytes = loadFixture(dialect, name);
  const whole = readFixture(dialect, name);
  const marker = whole.some(({ type }) => type === 'end') ? bytes.length - 2 : bytes.length + 1;
  const told = (events: readonly AnswerEvent[]) => events.filter(({ type }) => type !== 'malformed').map(toJson);
  const wrong = Array.from({ length: bytes.length }, (_, at) => at).filter((at) => {
    const events = readPieces(dialect, [bytes.subarray(0, at)]);
    const ends = events.some(({ type }) => type === 'end');
    const beginning = told(whole).slice(0, told(events).length);
    return ends !== at >= marker || told(events).join() !== beginning.join();
  });
  expect(wrong).toEqual([]);
});

const toJson = (event: AnswerEvent) => JSON.stringify(event);
