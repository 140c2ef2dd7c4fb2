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
  for (let at = 0; at <= bytes.length; at++) {
    const events = readPieces(dialect, [bytes.subarray(0, at), bytes.subarray(at)]);
    if (JSON.stringify(events) !== whole) expect(events, `cut at byte ${at}`).toEqual(JSON.parse(whole));
  }
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

test.each(STREAMS)('%s/%s ends only where its terminal marker came, wherever it is cut off', (dialect, name) => {
  const bytes = loadFixture(dialect, name);
  const whole = readFixture(dialect, name).map((event) => JSON.stringify(event));
  for (let at = 0; at < bytes.length; at++) {
    const events = readPieces(dialect, [bytes.subarray(0, at)]);
    const told = events.filter(({ type }) => type !== 'malformed' && type !== 'heartbeat');
    // What a cut body gives is a beginning of what the whole one gives, and it says at most once that it was cut.
    const expected = whole
      .map((text) => JSON.parse(text))
      .filter(({ type }) => type !== 'malformed' && type !== 'heartbeat');
    expect(told, `cut off at byte ${at}`).toEqual(expected.slice(0, told.length));
    if (at < bytes.length - 2) expect(events.filter(({ type }) => type === 'end')).toEqual([]);
  }
});
