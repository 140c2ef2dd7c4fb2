import type { AnswerEvent } from '@brownout/core';
import { expect, test } from 'vitest';
import { end, failure, identity, malformed, output, usage } from '../testing/answer-events.ts';
import { listFixtures, readFixture } from '../testing/read-fixtures.ts';

const WHO = identity({ model: 'text-embedding-3-small' });

const EXPECTED: Record<string, AnswerEvent[]> = {
  'floats.json': [WHO, output('embedding', ''), output('embedding', '', 1), usage({ inputTokens: 8 }), end],
  'base64.json': [WHO, output('embedding', ''), usage({ inputTokens: 4 }), end],
  'empty.json': [WHO, end],
  'error.json': [failure('server_error', 'server_error')],
  'foreign.json': [malformed('the body is not a list of embeddings: it has no data list')],
  'unexpected.sse': [malformed('embeddings came as server-sent events')],
};

test('every fixture has its expected events', () => {
  expect(Object.keys(EXPECTED).toSorted()).toEqual(listFixtures('openai-embeddings').toSorted());
});

test.each(Object.entries(EXPECTED))('%s gives exactly these events', (name, events) => {
  expect(readFixture('openai-embeddings', name)).toEqual(events);
});
