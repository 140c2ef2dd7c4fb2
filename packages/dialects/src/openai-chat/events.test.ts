import type { AnswerEvent } from '@brownout/core';
import { expect, test } from 'vitest';
import { end, failure, finish, heartbeat, identity, malformed, output, tool, usage } from '../testing/answer-events.ts';
import { listFixtures, readFixture } from '../testing/read-fixtures.ts';

const GPT = { responseId: 'chatcmpl-1', model: 'gpt-5-2026-08-07', serviceTier: 'default', systemFingerprint: 'fp_1' };
const WHOLE = identity({ responseId: 'chatcmpl-2', model: 'gpt-5-2026-08-07', serviceTier: 'default' });
const WHOLE_USAGE = usage({
  inputTokens: 9,
  outputTokens: 4,
  cacheReadInputTokens: 0,
  cacheWriteInputTokens: 3,
  reasoningOutputTokens: 0,
});

const EXPECTED: Record<string, AnswerEvent[]> = {
  'text.sse': [
    identity(GPT),
    heartbeat,
    output('text', 'Grüße'),
    output('text', ' 👋 世界'),
    finish('stop', 'stop'),
    usage({ inputTokens: 20, outputTokens: 5, cacheReadInputTokens: 8, reasoningOutputTokens: 2 }),
    end,
  ],
  'tool-calls.sse': [
    identity(GPT),
    tool(0, '', { name: 'get_weather', id: 'call_a' }),
    tool(0, '{"city":'),
    tool(0, '"Zürich"}'),
    tool(1, '{}', { name: 'get_time', id: 'call_b' }),
    finish('tool_call', 'tool_calls'),
    end,
  ],
  'calls-all-numbered-0.sse': [
    identity({ responseId: 'c-1', model: 'gemini-2.5-flash' }),
    tool(0, '{"city":"Bern"}', { name: 'get_weather', id: 'call_a' }),
    tool(1, '{}', { name: 'get_time', id: 'call_b' }),
    finish('tool_call', 'tool_calls'),
    end,
  ],
  'deepseek-reasoning.sse': [
    identity({ responseId: 'd-1', model: 'deepseek-reasoner', systemFingerprint: 'fp_ds' }),
    heartbeat,
    output('reasoning', 'Let me think'),
    output('text', '42'),
    finish('stop', 'stop'),
    usage({ inputTokens: 10, outputTokens: 7, cacheReadInputTokens: 6, reasoningOutputTokens: 5 }),
    end,
  ],
  'openrouter-error.sse': [
    heartbeat,
    heartbeat,
    identity({ responseId: 'gen-1', model: 'openai/gpt-5' }),
    output('reasoning', 'Hm'),
    output('text', 'Half an'),
    failure('server_error', '502'),
    finish('error', 'error'),
    end,
  ],
  'azure-content-filter.sse': [
    heartbeat,
    identity({ responseId: 'chatcmpl-1', model: 'gpt-5-2026-08-07' }),
    heartbeat,
    output('text', 'It is'),
    finish('content_filter', 'content_filter'),
    end,
  ],
  'groq-usage.sse': [
    identity({ responseId: 'chatcmpl-g', model: 'llama-3.3-70b-versatile', systemFingerprint: 'fp_g' }),
    heartbeat,
    output('text', 'Hi'),
    finish('stop', 'stop'),
    usage({ inputTokens: 12, outputTokens: 1 }),
    end,
  ],
  'refusal.sse': [identity(GPT), heartbeat, output('refusal', "I'm sorry"), finish('stop', 'stop'), end],
  'legacy-function-call.sse': [
    identity(GPT),
    tool(0, '', { name: 'lookup' }),
    tool(0, '{"q":1}'),
    finish('tool_call', 'function_call'),
    end,
  ],
  'error.sse': [identity(GPT), heartbeat, output('text', 'Once'), failure('server_error', 'server_error')],
  'two-choices.sse': [
    identity(GPT),
    output('text', 'A'),
    output('text', 'B', 1),
    finish('length', 'length', 1),
    finish('stop', 'stop'),
    end,
  ],
  'text.json': [WHOLE, output('text', 'Hello.'), finish('stop', 'stop'), WHOLE_USAGE, end],
  'tool-calls.json': [
    WHOLE,
    tool(0, '{"city":"Bern"}', { name: 'get_weather', id: 'call_a' }),
    tool(1, 'select 1', { name: 'run_sql', id: 'call_c', freeText: true }),
    finish('tool_call', 'tool_calls'),
    WHOLE_USAGE,
    end,
  ],
  'refusal.json': [WHOLE, output('refusal', 'I cannot help with that.'), finish('stop', 'stop'), WHOLE_USAGE, end],
  'mistral-thinking.json': [
    identity({ responseId: 'chatcmpl-2', model: 'magistral-medium-2509' }),
    output('reasoning', 'First,'),
    output('text', 'Bonjour'),
    finish('stop', 'stop'),
    WHOLE_USAGE,
    end,
  ],
  'empty.json': [WHOLE, finish('stop', 'stop'), WHOLE_USAGE, end],
  'error.json': [failure('overloaded', 'overloaded_error')],
  'foreign.json': [malformed('the body is not a chat completion: it has no choices')],
};

test('every fixture has its expected events', () => {
  expect(Object.keys(EXPECTED).toSorted()).toEqual(listFixtures('openai-chat').toSorted());
});

test.each(Object.entries(EXPECTED))('%s gives exactly these events', (name, events) => {
  expect(readFixture('openai-chat', name)).toEqual(events);
});
