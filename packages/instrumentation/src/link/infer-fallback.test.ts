import { createCallTracker } from '@brownout/core';
import type { CallFacts, OpenCall } from '@brownout/core';
import { expect, test } from 'vitest';
import { rememberCall } from './async-scope.ts';
import type { AsyncScope } from './async-scope.ts';
import { inferFallback } from './infer-fallback.ts';
import { hashQuestion } from './question.ts';

const SPAN = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };
const STARTED = 1_000;
const FAILED = 2_000;

const facts = (model: string, said = 'Where is my order?'): CallFacts => ({
  provider: 'openai',
  useCase: 'unspecified',
  request: { operation: 'chat', model, streaming: false, expectsUsage: true, parameters: {} },
  serverAddress: 'api.openai.com',
  serverPort: 443,
  question: hashQuestion({ said, toolResults: undefined, instructions: undefined }),
  scripts: undefined,
});

/** A scope in which a call to `gpt-5` has failed. */
function failedScope(): AsyncScope {
  const scope: AsyncScope = { recent: [], reports: [] };
  const ignored = (): void => {};
  const tracker = createCallTracker({
    clock: () => FAILED,
    schedule: () => ignored,
    sink: { attemptEnded: ignored, retried: ignored, callMayEnd: ignored, callEnded: ignored, outputGap: ignored },
    isSameModel: (a, b) => a === b,
    detectors: { repetition: true, garbled: true, json: true, schema: true, language: true, length: true },
    lengthBandOf: () => undefined,
  });
  const open: OpenCall = tracker.open({
    facts: facts('gpt-5'),
    budget: {},
    startedAt: STARTED,
    linked: true,
    fallback: undefined,
  });
  open.beginAttempt(STARTED).finish({ type: 'unreachable', code: 'ECONNREFUSED' }, FAILED);
  rememberCall(scope, open, SPAN);
  return scope;
}

test.each([
  [FAILED, 'found'],
  [FAILED + 60_000, 'found'],
  [FAILED + 60_001, 'not found'],
  [FAILED - 1, 'not found'],
])('a call that failed at 2 s is, for one that begins at %d ms, %s', (startedAt, expected) => {
  const found = inferFallback(failedScope(), facts('gpt-5-mini'), startedAt);
  expect(found === undefined ? 'not found' : 'found').toBe(expected);
});

test('long questions are told apart by their beginning, their end and their length', () => {
  const middle = 'On and on. '.repeat(1_000);
  const long = `Sum up: ${middle} In one sentence.`;
  const hashes = [
    long,
    long.replace('up: ', 'up:\n'),
    `S${long}`,
    long.replace('one', 'two'),
    long.replace('On', 'Off'),
  ].map((said) => hashQuestion({ said, toolResults: undefined, instructions: undefined }).said);
  expect(new Set(hashes).size).toBe(4);
  expect(hashes[0]).toBe(hashes[1]);
});
