import type { AnswerEvent } from '@brownout/core';
import { expect, test } from 'vitest';
import { createSseReader } from './sse.ts';

/** Every event is output with its `t`; `{"end":true}` is the terminal marker. */
function read(body: string | Uint8Array, endsWithDone = false): AnswerEvent[] {
  const events: AnswerEvent[] = [];
  const emit = (event: AnswerEvent) => events.push(event);
  const reader = createSseReader({
    decode(payload, tell) {
      if (payload['end'] === true) return true;
      tell({ type: 'output', kind: 'text', choice: 0, text: String(payload['t']) });
      return false;
    },
    endsWithDone,
  });
  reader.read(typeof body === 'string' ? new TextEncoder().encode(body) : body, emit);
  reader.close(emit);
  return events;
}

const text = (value: string): AnswerEvent => ({ type: 'output', kind: 'text', choice: 0, text: value });
const heartbeat: AnswerEvent = { type: 'heartbeat' };
const noEvent: AnswerEvent = { type: 'malformed', detail: 'the body holds no server-sent event' };
const noObject: AnswerEvent = { type: 'malformed', detail: 'an event is not a JSON object' };

test.each<[string, AnswerEvent[]]>([
  ['data: {"t":"a"}\n\ndata: {"t":', [text('a')]],
  ['data: {"t":', []],
  ['data: {"t":"a"}', [text('a')]],
  ['data: {"end":true}', [{ type: 'end' }]],
  ['data: {"end":true}\n\ndata: {"t":"late"}\n\n', [{ type: 'end' }]],
  ['data: {"t":\n\ndata: {"t":"b"}\n\n', [noObject, text('b')]],
  ['data: [1]\n\n', [noObject]],
  ['data:\n\n', [heartbeat]],
  ['data: [DONE]\n\n', [heartbeat]],
  [': ping\n', [heartbeat]],
  ['data: {\ndata: "t":"two lines"}\n\n', [text('two lines')]],
  ['\uFEFFdata: {"t":"a"}\n\n', [text('a')]],
  ['event: ping\n\n', [noEvent]],
  ['{"id":"whole"}', [noEvent]],
  ['upstream connect error or disconnect/reset before headers', [noEvent]],
])('%j gives its events', (body, events) => {
  expect(read(body)).toEqual(events);
});

test('[DONE] is the terminal marker of the dialects that say so', () => {
  expect(read('data: [DONE]\n\n', true)).toEqual([{ type: 'end' }]);
});

test('bytes that are no UTF-8 become replacement characters, not errors', () => {
  const bytes = Uint8Array.from([...Buffer.from('data: {"t":"'), 0xff, ...Buffer.from('"}\n\n')]);
  expect(read(bytes)).toEqual([text('\uFFFD')]);
});
