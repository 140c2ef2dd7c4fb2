import type { AnswerEvent } from '@brownout/core';
import { expect, test } from 'vitest';
import type { Dialect, DialectId } from '../dialect.ts';
import { DIALECTS } from '../dialects.ts';
import { looksLikeRequest } from '../looks-like-request.ts';
import { listFixtures, loadFixture } from './read-fixtures.ts';

const IDS = Object.keys(DIALECTS) as DialectId[];
const EVENT_TYPES = new Set<AnswerEvent['type']>([
  'identity',
  'output',
  'finish',
  'usage',
  'failure',
  'malformed',
  'model_fallback',
  'heartbeat',
  'end',
]);

/** Small seeded generator (mulberry32), so that a failure can be repeated. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const STRANGE: readonly unknown[] = [
  null,
  undefined,
  true,
  0,
  -1,
  1e308,
  '',
  'text',
  '[DONE]',
  [],
  [null, 1, 'a', []],
  {},
  JSON.parse('{"__proto__":{"x":1},"constructor":"c","toString":1}'),
  JSON.parse(nested(2000)),
];

/** Puts strange values in the place of fields, as often as not. */
function mutate(value: unknown, random: (below: number) => number): unknown {
  if (random(6) === 0) return STRANGE[random(STRANGE.length)];
  if (Array.isArray(value)) return value.map((entry) => mutate(entry, random));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, mutate(entry, random)]));
}

function readAll(dialect: Dialect, body: unknown): AnswerEvent[] {
  const events: AnswerEvent[] = [];
  dialect.readResponse(body, (event) => events.push(event));
  dialect.readRequest(body, '/openai/deployments/%E0%A4%A/chat/completions');
  dialect.readSchemas(body).tool('find');
  dialect.readQuestion(body);
  dialect.readContent(body);
  dialect.readError(500, body);
  looksLikeRequest(dialect.id, body);
  return events;
}

function stream(dialect: Dialect, bytes: Uint8Array, random: (below: number) => number): AnswerEvent[] {
  const events: AnswerEvent[] = [];
  const reader = dialect.createStreamReader();
  for (let at = 0; at < bytes.length;) {
    const to = at + 1 + random(200);
    reader.read(bytes.subarray(at, to), (event) => events.push(event));
    at = to;
  }
  reader.close((event) => events.push(event));
  return events;
}

function check(events: readonly AnswerEvent[]): void {
  for (const event of events) {
    if (!EVENT_TYPES.has(event.type)) expect.fail(`unknown event ${event.type}`);
    if (event.type === 'output' && typeof event.text !== 'string') expect.fail('output without text');
    if (event.type !== 'usage') continue;
    for (const count of Object.values(event.usage)) if (!(count >= 0)) expect.fail(`token count ${String(count)}`);
  }
  expect(events.filter(({ type }) => type === 'end').length).toBeLessThanOrEqual(1);
}

test.each(IDS)('%s reads any JSON value without throwing', (id) => {
  for (const value of STRANGE) check(readAll(DIALECTS[id], value));
});

test.each(IDS)('%s reads bodies with strange values in any field without throwing', (id) => {
  const random = createRandom(1);
  const bodies = IDS.flatMap((dialect) =>
    listFixtures(dialect)
      .filter((name) => name.endsWith('.json'))
      .map((name) => JSON.parse(new TextDecoder().decode(loadFixture(dialect, name))) as unknown),
  );
  const request = {
    model: 'm',
    messages: [
      { role: 'user', content: [{ type: 'text', text: 'a' }] },
      { role: 'assistant', tool_calls: [{ id: 'c', function: { name: 'f', arguments: '{' } }] },
      { role: 'tool', tool_call_id: 'c', content: 'r' },
    ],
    input: [{ type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' }],
    system: [{ type: 'text', text: 's' }],
  };
  for (let round = 0; round < 150; round++) {
    for (const body of [...bodies, request]) check(readAll(DIALECTS[id], mutate(body, random)));
  }
});

test.each(IDS)('%s reads streams of events with strange values in any field without throwing', (id) => {
  const random = createRandom(2);
  for (const dialect of IDS) {
    for (const name of listFixtures(dialect).filter((entry) => entry.endsWith('.sse'))) {
      const lines = new TextDecoder().decode(loadFixture(dialect, name)).split('\n');
      for (let round = 0; round < 30; round++) {
        const changed = lines.map((line) => {
          if (!line.startsWith('data: {')) return line;
          return `data: ${JSON.stringify(mutate(JSON.parse(line.slice(6)), random)) ?? ''}`;
        });
        check(stream(DIALECTS[id], new TextEncoder().encode(changed.join('\n')), random));
      }
    }
  }
});

test.each(IDS)('%s reads damaged bytes without throwing', (id) => {
  const random = createRandom(3);
  for (const name of listFixtures(id).filter((entry) => entry.endsWith('.sse'))) {
    for (let round = 0; round < 100; round++) {
      const bytes = Uint8Array.from(loadFixture(id, name));
      for (let hits = 1 + random(20); hits > 0; hits--) bytes[random(bytes.length)] = random(256);
      check(stream(DIALECTS[id], bytes.subarray(0, random(bytes.length + 1)), random));
    }
  }
});

test.each(IDS)('%s reads noise, deep nesting and foreign bodies without throwing', (id) => {
  const random = createRandom(4);
  const noise = Uint8Array.from({ length: 20_000 }, () => random(256));
  const text = (body: string) => new TextEncoder().encode(body);
  check(stream(DIALECTS[id], noise, random));
  check(stream(DIALECTS[id], text(`data: ${nested(100_000)}\n\ndata: {"choices":${nested(100_000)}}\n\n`), random));
  check(stream(DIALECTS[id], text('data: 1\n\ndata: null\n\ndata: []\n\ndata: "x"\n\ndata\n\n'), random));
  const html = stream(DIALECTS[id], text('<!doctype html><title>502</title>'), random);
  expect(html).toEqual([{ type: 'malformed', detail: 'the body holds no server-sent event' }]);
  expect(stream(DIALECTS[id], text(''), random)).toEqual([{ type: 'malformed', detail: 'the body is empty' }]);
});

test('an event that never ends is given up instead of being kept', () => {
  const events: AnswerEvent[] = [];
  const reader = DIALECTS['openai-chat'].createStreamReader();
  const chunk = new Uint8Array(1024 * 1024).fill(97);
  reader.read(new TextEncoder().encode('data: '), (event) => events.push(event));
  for (let mebibytes = 0; mebibytes < 18; mebibytes++) reader.read(chunk, (event) => events.push(event));
  reader.close((event) => events.push(event));
  expect(events).toEqual([{ type: 'malformed', detail: 'an event is longer than 16 Mi characters' }]);
});
