import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText } from '../decode-text.ts';
import { STATUS_VALUES } from '../snapshot.ts';
import { FORMAT_IDS, listCases, loadDocument, readTexts } from '../testing/read-fixture.ts';
import { type FormatId, FORMATS } from './formats.ts';

const RUNS = { numRuns: 300, seed: 1 } as const;

const textsOf = (id: FormatId, name: string): readonly string[] =>
  FORMATS[id].documents.map(({ path }) => decodeText(loadDocument(id, path, name)) ?? '');

/** A case of the format, and the index of one of its documents. */
const documentOf = (id: FormatId) =>
  fc.record({ name: fc.constantFrom(...listCases(id)), index: fc.nat({ max: FORMATS[id].documents.length - 1 }) });

/** Reads; nothing may throw, and what is understood has to be of the known kinds. */
function checkReading(id: FormatId, texts: readonly string[]): void {
  const reading = readTexts(id, texts);
  if (reading.kind === 'unknown') {
    expect(reading.problems.length).toBeGreaterThan(0);
    return;
  }
  for (const { status } of reading.content.components) expect(STATUS_VALUES).toHaveProperty(status);
  for (const { postedAt, startedAt, updatedAt, resolvedAt } of reading.content.incidents ?? []) {
    for (const time of [postedAt, startedAt, updatedAt, resolvedAt]) {
      expect(time === null || Number.isFinite(time)).toBe(true);
    }
  }
}

/** Puts other values in the place of fields. */
function mutate(value: unknown, next: () => number, strange: readonly unknown[]): unknown {
  if (next() < 0.05) return strange[Math.floor(next() * strange.length)];
  if (Array.isArray(value)) return value.map((entry) => mutate(entry, next, strange));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, mutate(entry, next, strange)]));
}

test.each(FORMAT_IDS)('%s reads any text and any JSON without throwing', (id) => {
  const any = fc.oneof(
    fc.string(),
    fc.json(),
    fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value)),
  );
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 3 }), (texts) => {
      checkReading(id, texts);
    }),
    RUNS,
  );
});

test.each(FORMAT_IDS)('%s reads a document that is cut or changed anywhere without throwing', (id) => {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat({ max: 40 }),
    insert: fc.string(),
  });
  fc.assert(
    fc.property(documentOf(id), fc.array(edit, { minLength: 1, maxLength: 4 }), ({ name, index }, edits) => {
      const texts = [...textsOf(id, name)];
      texts[index] = edits.reduce((text, { at, remove, insert }) => {
        const start = Math.floor(at * text.length);
        return text.slice(0, start) + insert + text.slice(start + remove);
      }, texts[index] ?? '');
      checkReading(id, texts);
    }),
    RUNS,
  );
});

test.each(FORMAT_IDS.filter((id) => FORMATS[id].documents.some(({ type }) => type === 'json')))(
  '%s reads a document with strange values in any field without throwing',
  (id) => {
    const strange = fc.array(
      fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('', '0', 1e308, '__proto__', 'constructor')),
      {
        minLength: 1,
      },
    );
    fc.assert(
      fc.property(
        documentOf(id),
        strange,
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        ({ name, index }, values, stream) => {
          const texts = [...textsOf(id, name)];
          if (FORMATS[id].documents[index]?.type !== 'json') return;
          const next = () => stream.next().value ?? 0;
          texts[index] = JSON.stringify(mutate(JSON.parse(texts[index] ?? ''), next, values)) ?? '';
          checkReading(id, texts);
        },
      ),
      RUNS,
    );
  },
);
