import type { AnswerEvent } from '@brownout/core';
import { expect, test } from 'vitest';
import { end, failure, finish, heartbeat, identity, malformed, output, tool, usage } from '../testing/answer-events.ts';
import { listFixtures, readFixture } from '../testing/read-fixtures.ts';

const SONNET = 'claude-sonnet-4-5-20250929';
const OPENED = identity({ responseId: 'msg_1', model: SONNET, serviceTier: 'standard' });
/** 25 tokens, 10 written to the cache, 100 read from it. */
const INPUT = { inputTokens: 135, cacheReadInputTokens: 100, cacheWriteInputTokens: 10 };
const WHOLE = identity({ responseId: 'msg_2', model: SONNET, serviceTier: 'standard' });
const WHOLE_USAGE = usage({ inputTokens: 15, outputTokens: 7, cacheReadInputTokens: 5, cacheWriteInputTokens: 0 });

const EXPECTED: Record<string, AnswerEvent[]> = {
  'text.sse': [
    OPENED,
    usage(INPUT),
    heartbeat,
    heartbeat,
    output('text', 'Grüße'),
    output('text', ' 👋'),
    heartbeat,
    finish('stop', 'end_turn'),
    usage({ ...INPUT, outputTokens: 15 }),
    end,
  ],
  'thinking-tool-use.sse': [
    OPENED,
    usage({ inputTokens: 25, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 }),
    heartbeat,
    output('reasoning', 'Need weather.'),
    heartbeat,
    heartbeat,
    tool(0, '', { name: 'get_weather', id: 'toolu_1' }),
    heartbeat,
    tool(0, '{"city": "'),
    tool(0, 'Zürich"}'),
    heartbeat,
    tool(1, '', { name: 'get_time', id: 'toolu_2' }),
    tool(1, '{}'),
    heartbeat,
    finish('tool_call', 'tool_use'),
    usage({
      inputTokens: 25,
      outputTokens: 89,
      cacheReadInputTokens: 0,
      cacheWriteInputTokens: 0,
      reasoningOutputTokens: 12,
    }),
    end,
  ],
  'server-tool.sse': [
    OPENED,
    usage(INPUT),
    heartbeat,
    heartbeat,
    heartbeat,
    heartbeat,
    heartbeat,
    heartbeat,
    heartbeat,
    output('text', 'Found.'),
    heartbeat,
    finish('pause', 'pause_turn'),
    usage({ ...INPUT, inputTokens: 510, outputTokens: 30 }),
    end,
  ],
  'fallback.sse': [
    identity({ responseId: 'msg_1', model: 'claude-opus-4-8', serviceTier: 'standard' }),
    usage(INPUT),
    { type: 'model_fallback', from: 'claude-opus-4-8', to: SONNET },
    identity({ model: SONNET }),
    heartbeat,
    heartbeat,
    output('text', 'Sure.'),
    heartbeat,
    finish('stop', 'end_turn'),
    usage({ ...INPUT, outputTokens: 4 }),
    end,
  ],
  'overloaded.sse': [
    OPENED,
    usage(INPUT),
    heartbeat,
    output('text', 'Once'),
    failure('overloaded', 'overloaded_error'),
  ],
  'refusal.sse': [OPENED, usage(INPUT), finish('refusal', 'refusal'), usage({ ...INPUT, outputTokens: 2 }), end],
  'max-tokens.sse': [
    OPENED,
    usage(INPUT),
    heartbeat,
    output('text', 'And so'),
    heartbeat,
    finish('length', 'max_tokens'),
    usage({ ...INPUT, outputTokens: 2 }),
    heartbeat,
    end,
  ],
  'text.json': [WHOLE, output('text', 'Hello.'), finish('stop', 'end_turn'), WHOLE_USAGE, end],
  'thinking-tool-use.json': [
    WHOLE,
    output('reasoning', 'Hm.'),
    heartbeat,
    tool(0, '{"city":"Bern"}', { name: 'get_weather', id: 'toolu_1' }),
    finish('tool_call', 'tool_use'),
    WHOLE_USAGE,
    end,
  ],
  'empty.json': [WHOLE, finish('stop', 'end_turn'), WHOLE_USAGE, end],
  'error.json': [failure('server_error', 'api_error')],
  'foreign.json': [malformed('the body is not a message: it has no content list')],
};

test('every fixture has its expected events', () => {
  expect(Object.keys(EXPECTED).toSorted()).toEqual(listFixtures('anthropic-messages').toSorted());
});

test.each(Object.entries(EXPECTED))('%s gives exactly these events', (name, events) => {
  expect(readFixture('anthropic-messages', name)).toEqual(events);
});
