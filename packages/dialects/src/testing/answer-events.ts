import type { AnswerEvent, FailureReason, FinishReason, Usage } from '@brownout/core';

// Short ways to write down what a fixture must give.

export const heartbeat: AnswerEvent = { type: 'heartbeat' };
export const end: AnswerEvent = { type: 'end' };

export const identity = (fields: Omit<Extract<AnswerEvent, { type: 'identity' }>, 'type'>): AnswerEvent => ({
  type: 'identity',
  ...fields,
});

export const output = (
  kind: 'text' | 'reasoning' | 'refusal' | 'embedding',
  text: string,
  choice = 0,
): AnswerEvent => ({
  type: 'output',
  kind,
  choice,
  text,
});

export const tool = (
  index: number,
  text: string,
  named: { name?: string; id?: string; freeText?: true } = {},
): AnswerEvent => ({
  type: 'output',
  kind: 'tool_call',
  choice: 0,
  text,
  tool: { index, ...named },
});

export const finish = (reason: FinishReason, raw: string, choice = 0): AnswerEvent => ({
  type: 'finish',
  choice,
  reason,
  raw,
});

export const usage = (counts: Usage): AnswerEvent => ({ type: 'usage', usage: counts });

export const failure = (reason: FailureReason, code?: string): AnswerEvent => ({
  type: 'failure',
  failure: code === undefined ? { reason } : { reason, code },
});

export const malformed = (detail: string): AnswerEvent => ({ type: 'malformed', detail });
