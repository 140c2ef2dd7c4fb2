import type { AnswerEvent } from '@brownout/core';
import { expect, test } from 'vitest';
import { end, failure, finish, heartbeat, identity, malformed, output, tool, usage } from '../testing/answer-events.ts';
import { listFixtures, readFixture } from '../testing/read-fixtures.ts';

const WHO = identity({ responseId: 'resp_1', model: 'gpt-5-2026-08-07', serviceTier: 'default' });
const USAGE = usage({
  inputTokens: 36,
  outputTokens: 87,
  cacheReadInputTokens: 4,
  cacheWriteInputTokens: 0,
  reasoningOutputTokens: 64,
});
/** `response.created` and `response.in_progress`. */
const OPENED = [WHO, heartbeat, heartbeat];
/** `response.output_item.added` and `response.content_part.added` of a message. */
const MESSAGE = [heartbeat, heartbeat];

const EXPECTED: Record<string, AnswerEvent[]> = {
  'text.sse': [
    ...OPENED,
    ...MESSAGE,
    output('text', 'Grüße'),
    output('text', ' 👋'),
    heartbeat,
    WHO,
    finish('stop', 'stop'),
    USAGE,
    end,
  ],
  'reasoning-tool-calls.sse': [
    ...OPENED,
    heartbeat,
    output('reasoning', 'Thinking'),
    output('reasoning', ' hard'),
    heartbeat,
    heartbeat,
    tool(0, '', { name: 'get_weather', id: 'call_1' }),
    tool(0, '{"city":'),
    tool(0, '"Bern"}'),
    heartbeat,
    tool(1, '', { name: 'run_sql', id: 'call_2', freeText: true }),
    tool(1, 'select 1', { freeText: true }),
    WHO,
    finish('tool_call', 'tool_call'),
    USAGE,
    end,
  ],
  'refusal.sse': [...OPENED, output('refusal', 'I cannot'), WHO, finish('stop', 'stop'), end],
  'failed.sse': [...OPENED, WHO, failure('rate_limited', 'rate_limit_exceeded'), finish('error', 'error'), end],
  'incomplete.sse': [
    ...OPENED,
    ...MESSAGE,
    output('text', 'And so'),
    heartbeat,
    WHO,
    finish('length', 'max_output_tokens'),
    USAGE,
    end,
  ],
  'error.sse': [...OPENED, failure('server_error', 'server_error')],
  'text.json': [WHO, output('reasoning', 'Short.'), output('text', 'Hello.'), finish('stop', 'stop'), USAGE, end],
  'tool-calls.json': [
    WHO,
    tool(0, '{"city":"Bern"}', { name: 'get_weather', id: 'call_1' }),
    tool(1, 'select 1', { name: 'run_sql', id: 'call_2', freeText: true }),
    tool(2, '', { name: 'computer_call', id: 'call_3' }),
    finish('tool_call', 'tool_call'),
    USAGE,
    end,
  ],
  'refusal.json': [WHO, output('refusal', 'No.'), finish('stop', 'stop'), USAGE, end],
  'content-filter.json': [WHO, output('text', 'It'), finish('content_filter', 'content_filter'), USAGE, end],
  'failed.json': [WHO, failure('server_error', 'server_error'), finish('error', 'error'), end],
  'queued.json': [WHO, finish('pause', 'queued'), end],
  'error.json': [failure('quota_exhausted', 'insufficient_quota')],
  'foreign.json': [malformed('the body is not a response: it has no output list')],
};

test('every fixture has its expected events', () => {
  expect(Object.keys(EXPECTED).toSorted()).toEqual(listFixtures('openai-responses').toSorted());
});

test.each(Object.entries(EXPECTED))('%s gives exactly these events', (name, events) => {
  expect(readFixture('openai-responses', name)).toEqual(events);
});
