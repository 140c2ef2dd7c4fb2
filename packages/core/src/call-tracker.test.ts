import { expect, test } from 'vitest';
import { createStage, END, play, STOP, text } from './testing/play-call.ts';
import type { Step } from './testing/play-call.ts';

const SERVER_ERROR: readonly Step[] = [
  { status: 500 },
  { type: 'failure', failure: { reason: 'server_error' } },
  { ending: { type: 'finished' } },
];
const ANSWER: readonly Step[] = [{ status: 200 }, text('hello'), STOP, END, { ending: { type: 'finished' } }];

test('a call ends once, however often its end is reported', () => {
  const stage = createStage();
  const open = stage.open();
  const attempt = open.beginAttempt(0);
  play(stage, attempt, [...ANSWER, { ending: { type: 'cancelled' } }, { ending: { type: 'dropped' } }]);
  open.giveUp();
  stage.tracker.settleAll();
  stage.wait(60_000);
  expect(stage.ended).toHaveLength(1);
  expect(open.ended).toBe(true);
});

test('a call that has ended keeps its outcome and lets go of its detectors, for it may be remembered for a while', () => {
  const stage = createStage();
  const loop = Array.from({ length: 60 }, () => text('over and over '));
  play(stage, stage.open().beginAttempt(0), [{ status: 200 }, ...loop, STOP, END, { ending: { type: 'finished' } }]);
  const [call] = stage.ended;
  expect(call?.outcome?.reason).toBe('repetition');
  const { findings } = call?.attempts[0]?.answer ?? {};
  expect(findings).toMatchObject({ choices: [], toolArguments: new Map(), language: undefined });
});

test('without a link a failed attempt waits for its retry, and the call is judged by the retry', () => {
  const stage = createStage();
  const open = stage.open({ budget: {} });
  play(stage, open.beginAttempt(0), SERVER_ERROR);
  stage.wait(9_999);
  expect(stage.ended).toEqual([]);
  play(stage, open.beginAttempt(stage.now()), ANSWER);
  expect(stage.ended.map(({ outcome, attempts }) => [outcome?.reason, attempts.length])).toEqual([['ok', 2]]);
  expect(stage.retries).toEqual(['server_error']);
  expect(stage.ended[0]?.attempts[1]?.delayMs).toBe(9_999);
});

test('without a link and without a retry a failed call ends when none can come any more', () => {
  const stage = createStage();
  play(stage, stage.open().beginAttempt(0), SERVER_ERROR);
  stage.wait(10_000);
  expect(stage.ended.map(({ outcome }) => outcome?.reason)).toEqual(['server_error']);
  expect(stage.ended[0]?.outcome?.durationSeconds).toBe(0);
});

test('a delay that the server named is waited for', () => {
  const stage = createStage();
  const attempt = stage.open().beginAttempt(0);
  attempt.attempt.retryAdviceSeconds = 30;
  play(stage, attempt, SERVER_ERROR);
  stage.wait(39_999);
  expect(stage.ended).toEqual([]);
  stage.wait(1);
  expect(stage.ended).toHaveLength(1);
});

test('with a link a failed call ends in the turn after, unless the SDK says that it retries', () => {
  const given = createStage();
  play(given, given.open({ linked: true }).beginAttempt(0), SERVER_ERROR);
  given.wait(50);
  expect(given.ended).toHaveLength(1);

  const retried = createStage();
  const open = retried.open({ linked: true });
  play(retried, open.beginAttempt(0), SERVER_ERROR);
  open.expectRetry();
  retried.wait(120_000);
  expect(retried.ended).toEqual([]);
  open.giveUp();
  expect(retried.ended.map(({ outcome }) => outcome?.reason)).toEqual(['server_error']);
});

test('a bad request is over at once: no SDK sends it again', () => {
  const stage = createStage();
  play(stage, stage.open().beginAttempt(0), [
    { status: 400 },
    { type: 'failure', failure: { reason: 'bad_request' } },
    { ending: { type: 'finished' } },
  ]);
  expect(stage.ended).toHaveLength(1);
});

test('an abort that a retry follows was the deadline of the client', () => {
  const stage = createStage();
  const open = stage.open({ linked: true });
  open.expectRetry();
  play(stage, open.beginAttempt(0), [{ ending: { type: 'deadline' } }]);
  open.expectRetry();
  play(stage, open.beginAttempt(0), ANSWER);
  expect(stage.retries).toEqual(['timeout']);
});

test('a new attempt closes one that was never finished', () => {
  const stage = createStage();
  const open = stage.open({ linked: true });
  play(stage, open.beginAttempt(0), [{ status: 429 }, { type: 'failure', failure: { reason: 'rate_limited' } }]);
  play(stage, open.beginAttempt(5), ANSWER);
  expect(stage.ended).toHaveLength(1);
  expect(stage.retries).toEqual(['rate_limited']);
});

test('the end of the process ends what is open', () => {
  const stage = createStage();
  play(stage, stage.open().beginAttempt(0), [{ status: 200 }, text('hel')]);
  play(stage, stage.open().beginAttempt(0), SERVER_ERROR);
  stage.tracker.settleAll();
  expect(stage.ended.map(({ outcome }) => outcome?.reason)).toEqual(['abandoned', 'server_error']);
});

test('an error status whose body nobody reads is a failure all the same', () => {
  const left = createStage();
  const leftCall = left.open();
  const { attempt } = leftCall.beginAttempt(0);
  attempt.headersAt = 0;
  attempt.status = 500;
  attempt.statusFailure = { reason: 'server_error' };
  leftCall.endIfFailed();
  expect(left.ended.map(({ outcome }) => outcome?.reason)).toEqual(['server_error']);
});

test('a call that waits for a retry ends when the application has moved on, one that backs off does not', () => {
  const waiting = createStage();
  const waitingCall = waiting.open();
  play(waiting, waitingCall.beginAttempt(0), SERVER_ERROR);
  waitingCall.endIfFailed();
  expect(waiting.ended).toHaveLength(1);

  const backingOff = createStage();
  const backingOffCall = backingOff.open({ linked: true });
  play(backingOff, backingOffCall.beginAttempt(0), SERVER_ERROR);
  backingOffCall.expectRetry();
  backingOffCall.endIfFailed();
  expect(backingOff.ended).toEqual([]);
});

test('gaps are told for streamed output only', () => {
  const stage = createStage();
  play(stage, stage.open().beginAttempt(0), [{ status: 200 }, text('a'), 20, text('b'), 30, text('c'), STOP, END]);
  play(stage, stage.open({ request: { streaming: false } }).beginAttempt(0), [
    { status: 200 },
    text('a'),
    20,
    text('b'),
  ]);
  expect(stage.gaps).toEqual([20, 30]);
});

test("a vendor's own switch to another model is a fallback of its making", () => {
  const stage = createStage();
  const switched = { type: 'model_fallback', from: 'gpt-5', to: 'gpt-5-safe' } as const;
  play(stage, stage.open().beginAttempt(0), [{ status: 200 }, switched, text('hello'), STOP, END]);
  stage.tracker.settleAll();
  expect(stage.ended[0]?.fallback).toEqual({
    fromProvider: 'openai',
    fromModel: 'gpt-5',
    toModel: 'gpt-5-safe',
    reason: 'blocked',
    mechanism: 'vendor',
  });
});

test('an answer is compared with those before it only where it could be used, and learnt from only then', () => {
  const learnt: number[] = [];
  const stage = createStage(() => ({ isOutside: (tokens) => tokens > 100, learn: (tokens) => learnt.push(tokens) }));
  const answer = (tokens: number, ...output: readonly Step[]) =>
    play(stage, stage.open().beginAttempt(stage.now()), [
      { status: 200 },
      ...output,
      { type: 'usage', usage: { outputTokens: tokens } },
      STOP,
      END,
      { ending: { type: 'finished' } },
    ]);
  answer(100, text('short'));
  answer(101, text('long'));
  answer(102);
  answer(103, 2_000, text('late'));
  expect(stage.ended.map(({ outcome }) => [outcome?.reason, outcome?.anomalies])).toEqual([
    ['ok', []],
    ['ok', ['length_outlier']],
    ['empty_output', ['empty_output']],
    ['slow_first_chunk', ['length_outlier']],
  ]);
  expect(learnt).toEqual([100, 101, 103]);
});

test('an answer that was taken for left and goes on after all is judged by its whole', () => {
  const stage = createStage();
  const open = stage.open({ request: { outputType: 'json' } });
  const attempt = open.beginAttempt(0);
  play(stage, attempt, [{ status: 200 }, text('{"a":')]);
  open.mayBeLeft();
  play(stage, attempt, [text('7}'), STOP, END, { ending: { type: 'finished' } }]);
  expect(stage.ended.map(({ outcome }) => [outcome?.reason, outcome?.anomalies])).toEqual([['ok', []]]);
});

test('only the first sixteen choices are watched, in whatever order they come, and no index is too strange', () => {
  const stage = createStage();
  const loop = 'over and over '.repeat(60);
  const choices = [3, 0, 15, 16, -1, 0.5, 2 ** 40, Number.NaN];
  play(stage, stage.open().beginAttempt(0), [
    { status: 200 },
    ...choices.map((choice): Step => ({ type: 'output', kind: 'text', choice, text: 'fine' })),
    ...choices.slice(3).map((choice): Step => ({ type: 'output', kind: 'text', choice, text: loop })),
    STOP,
    END,
    { ending: { type: 'finished' } },
  ]);
  expect(stage.ended[0]?.outcome?.reason).toBe('ok');
});
