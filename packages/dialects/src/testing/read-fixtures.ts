import { readFileSync, readdirSync } from 'node:fs';
import type { AnswerEvent } from '@brownout/core';
import type { DialectId } from '../dialect.ts';
import { DIALECTS } from '../dialects.ts';

const folderOf = (dialect: DialectId) => new URL(`../${dialect}/__fixtures__/`, import.meta.url);

/** Names of the raw bodies of a room. */
export function listFixtures(dialect: DialectId): string[] {
  return readdirSync(folderOf(dialect)).filter((name) => !name.endsWith('.md'));
}

export function loadFixture(dialect: DialectId, name: string): Uint8Array {
  return readFileSync(new URL(name, folderOf(dialect)));
}

/** The events of a streamed body that arrives in these pieces. */
export function readPieces(dialect: DialectId, pieces: Iterable<Uint8Array>): AnswerEvent[] {
  const events: AnswerEvent[] = [];
  const emit = (event: AnswerEvent) => events.push(event);
  const reader = DIALECTS[dialect].createStreamReader();
  for (const piece of pieces) reader.read(piece, emit);
  reader.close(emit);
  return events;
}

/** The events of a body that arrives at once: `.sse` is streamed, everything else is JSON. */
export function readFixture(dialect: DialectId, name: string): AnswerEvent[] {
  const bytes = loadFixture(dialect, name);
  if (name.endsWith('.sse')) return readPieces(dialect, [bytes]);
  const events: AnswerEvent[] = [];
  DIALECTS[dialect].readResponse(JSON.parse(new TextDecoder().decode(bytes)), (event) => events.push(event));
  return events;
}
