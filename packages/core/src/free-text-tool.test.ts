import { expect, test } from 'vitest';
import type { AnswerEvent } from './answer-event.ts';
import { createAnswer, foldAnswer } from './answer.ts';
import { readFindings } from './findings.ts';
import { ALL_DETECTORS } from './testing/play-call.ts';
import type { RequestFacts } from './request-facts.ts';

const REQUEST: RequestFacts = {
  operation: 'chat',
  model: 'gpt-5',
  streaming: true,
  expectsUsage: false,
  parameters: {},
};

function callTool(tool: { index: number; freeText?: true }): { found: boolean; calls: number } {
  const event: AnswerEvent = { type: 'output', kind: 'tool_call', choice: 0, text: 'select 1', tool };
  const answer = createAnswer(ALL_DETECTORS, () => undefined);
  foldAnswer(answer, event, REQUEST, 0);
  return { found: readFindings(answer.findings, true, undefined).invalidToolArguments, calls: answer.toolCalls };
}

test('free text for a tool that takes it is a call with nothing wrong, and broken arguments for any other', () => {
  expect(callTool({ index: 0, freeText: true })).toEqual({ found: false, calls: 1 });
  expect(callTool({ index: 0 })).toEqual({ found: true, calls: 1 });
});
