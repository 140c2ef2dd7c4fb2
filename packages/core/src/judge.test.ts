import { expect, test } from 'vitest';
import { scriptsOf } from './detectors/index.ts';
import type { RequestFacts } from './request-facts.ts';
import { createStage, END, play, STOP, text } from './testing/play-call.ts';
import type { Step } from './testing/play-call.ts';
import { VERDICTS } from './verdict-table.ts';
import type { Reason } from './verdict-table.ts';

const OK = { status: 200 } as const;
const finished = { ending: { type: 'finished' } } as const;
const cancelled = { ending: { type: 'cancelled' } } as const;
const json = { outputType: 'json' } as const;
const whole = { streaming: false } as const;
const tool = (piece: string): Step => ({
  type: 'output',
  kind: 'tool_call',
  choice: 0,
  text: piece,
  tool: { index: 0 },
});
const failed = (
  reason: 'overloaded' | 'server_error' | 'rate_limited' | 'quota_exhausted' | 'auth' | 'bad_request',
): Step => ({
  type: 'failure',
  failure: { reason, code: 'a_code' },
});
const finish = (reason: 'length' | 'content_filter' | 'refusal'): Step => ({
  type: 'finish',
  choice: 0,
  reason,
  raw: reason,
});
const LOOP = 'and then the parcel was sent back to the depot once more. '.repeat(12);

interface Case {
  readonly title: string;
  readonly steps: readonly Step[];
  readonly request?: Partial<RequestFacts>;
  readonly reason: Reason;
}

const CASES: readonly Case[] = [
  { title: 'a finished answer', steps: [OK, text('hello'), STOP, END, finished], reason: 'ok' },
  {
    title: 'an answer whose reader stops after the finish reason',
    steps: [OK, text('hello'), STOP, cancelled],
    reason: 'ok',
  },
  { title: 'a call that only calls a tool', steps: [OK, tool('{"a":1}'), STOP, END, finished], reason: 'ok' },
  {
    title: 'an image and no word',
    steps: [OK, { type: 'output', kind: 'media', choice: 0, text: '' }, STOP, END, finished],
    reason: 'ok',
  },
  {
    title: 'a refusal',
    steps: [OK, { type: 'output', kind: 'refusal', choice: 0, text: 'no' }, STOP, END, finished],
    reason: 'blocked',
  },
  { title: 'a content filter', steps: [OK, text('well'), finish('content_filter'), END, finished], reason: 'blocked' },
  { title: 'a finished answer without text', steps: [OK, STOP, END, finished], reason: 'empty_output' },
  {
    title: 'reasoning and nothing else',
    steps: [OK, { type: 'output', kind: 'reasoning', choice: 0, text: 'hm' }, STOP, END, finished],
    reason: 'empty_output',
  },
  { title: 'white space and nothing else', steps: [OK, text(' \n '), STOP, END, finished], reason: 'empty_output' },
  {
    title: 'JSON that does not parse',
    request: json,
    steps: [OK, text('{"a":'), STOP, END, finished],
    reason: 'malformed_output',
  },
  {
    title: 'tool arguments that do not parse',
    steps: [OK, tool('{"a":'), STOP, END, finished],
    reason: 'malformed_output',
  },
  {
    title: 'JSON cut off by the length limit',
    request: json,
    steps: [OK, text('{"a":'), finish('length'), END, finished],
    reason: 'malformed_output',
  },
  { title: 'a loop', steps: [OK, text(LOOP), STOP, END, finished], reason: 'repetition' },
  { title: 'a body that ends without the terminal marker', steps: [OK, text('hel'), finished], reason: 'stream_cut' },
  {
    title: 'a socket that fails in the middle',
    steps: [OK, text('hel'), { ending: { type: 'cut', code: 'ECONNRESET' } }],
    reason: 'stream_cut',
  },
  { title: 'a body that ends at the gap budget', steps: [OK, text('hel'), 1_000, finished], reason: 'stream_cut' },
  { title: 'a body that ends after the gap budget', steps: [OK, text('hel'), 1_001, finished], reason: 'stalled' },
  {
    title: 'pings only, then the end, after the gap budget',
    steps: [OK, 600, { type: 'heartbeat' }, 600, finished],
    reason: 'stalled',
  },
  { title: 'a caller who stops inside every budget', steps: [OK, text('hel'), 900, cancelled], reason: 'cancelled' },
  { title: 'a caller who stops after the gap budget', steps: [OK, text('hel'), 1_100, cancelled], reason: 'gave_up' },
  {
    title: 'a caller who stops after a late first chunk',
    steps: [1_100, OK, text('hel'), cancelled],
    reason: 'gave_up',
  },
  {
    title: 'a caller who aborts before a status line, in time',
    steps: [900, { ending: { type: 'aborted' } }],
    reason: 'cancelled',
  },
  {
    title: 'a caller who aborts before a status line, after the budget',
    steps: [1_100, { ending: { type: 'aborted' } }],
    reason: 'gave_up',
  },
  {
    title: "the client's deadline before a status line",
    steps: [500, { ending: { type: 'deadline' } }],
    reason: 'timeout',
  },
  {
    title: "the client's deadline after a broken budget",
    steps: [OK, 1_100, { ending: { type: 'deadline' } }],
    reason: 'gave_up',
  },
  {
    title: 'a body that is not the dialect',
    steps: [OK, { type: 'malformed', detail: 'HTML' }, finished],
    reason: 'malformed_response',
  },
  {
    title: 'an error in-band, after output and silence',
    steps: [OK, text('hel'), 2_000, failed('overloaded'), cancelled],
    reason: 'overloaded',
  },
  { title: 'a 500', steps: [{ status: 500 }, failed('server_error'), finished], reason: 'server_error' },
  { title: 'a 429', steps: [{ status: 429 }, failed('rate_limited'), finished], reason: 'rate_limited' },
  {
    title: 'a 429 for want of credit',
    steps: [{ status: 429 }, failed('quota_exhausted'), finished],
    reason: 'quota_exhausted',
  },
  { title: 'a 401', steps: [{ status: 401 }, failed('auth'), finished], reason: 'auth' },
  { title: 'a 400', steps: [{ status: 400 }, failed('bad_request'), finished], reason: 'bad_request' },
  {
    title: 'a refused connection',
    steps: [{ ending: { type: 'unreachable', code: 'ECONNREFUSED' } }],
    reason: 'connection',
  },
  { title: 'a first chunk at the budget', steps: [OK, 1_000, text('hello'), STOP, END, finished], reason: 'ok' },
  {
    title: 'a first chunk after the budget',
    steps: [OK, 1_001, text('hello'), STOP, END, finished],
    reason: 'slow_first_chunk',
  },
  {
    title: 'a gap over the budget that recovers',
    steps: [OK, text('hel'), 1_001, text('lo'), STOP, END, finished],
    reason: 'slow_stream',
  },
  {
    title: 'an answer over the total budget',
    request: whole,
    steps: [OK, 10_001, text('hello'), STOP, END, finished],
    reason: 'slow_total',
  },
  {
    title: 'a first chunk late and a length stop',
    steps: [OK, 1_001, text('hello'), finish('length'), END, finished],
    reason: 'slow_first_chunk',
  },
  { title: 'a length stop', steps: [OK, text('hello'), finish('length'), END, finished], reason: 'truncated' },
  {
    title: 'another model',
    steps: [OK, { type: 'identity', model: 'gpt-4o' }, text('hello'), STOP, END, finished],
    reason: 'model_substituted',
  },
  {
    title: "a vendor's own fallback to another model",
    steps: [
      OK,
      { type: 'model_fallback', from: 'gpt-5', to: 'gpt-4o' },
      { type: 'identity', model: 'gpt-4o' },
      text('hello'),
      STOP,
      END,
      finished,
    ],
    reason: 'ok',
  },
  { title: 'a response that nobody read', steps: [OK, { ending: { type: 'dropped' } }], reason: 'abandoned' },
];

test.each(CASES)('$title is $reason', ({ steps, request = {}, reason }) => {
  const stage = createStage();
  const open = stage.open({ request });
  play(stage, open.beginAttempt(stage.now()), steps);
  stage.tracker.settleAll();
  expect(stage.ended.map(({ outcome }) => outcome)).toMatchObject([{ reason, ...pick(reason) }]);
});

test('every reason of the table is reached here', () => {
  expect(new Set(CASES.map(({ reason }) => reason))).toEqual(new Set(Object.keys(VERDICTS)));
});

const pick = (reason: Reason) => ({ verdict: VERDICTS[reason].verdict, fault: VERDICTS[reason].fault });

test('everything found is reported, the reason names the worst', () => {
  const stage = createStage();
  const open = stage.open({ request: { expectsUsage: true } });
  play(stage, open.beginAttempt(0), [OK, 1_500, text(LOOP), 1_500, finish('length'), END, finished]);
  expect(stage.ended[0]?.outcome).toMatchObject({
    reason: 'repetition',
    anomalies: ['repetition', 'truncated', 'usage_missing'],
    breaches: ['first_chunk'],
    transport: 'up',
    errorType: undefined,
    timeToFirstChunkSeconds: 1.5,
  });
});

test('an output rate under its budget is a slow stream, from 10 tokens on', () => {
  for (const [tokens, reason] of [
    [9, 'ok'],
    [10, 'slow_stream'],
  ] as const) {
    const stage = createStage();
    const open = stage.open({ budget: { outputTokensPerSecond: 20 } });
    play(stage, open.beginAttempt(0), [
      OK,
      text('a'),
      900,
      text('b'),
      { type: 'usage', usage: { outputTokens: tokens } },
      STOP,
      END,
      finished,
    ]);
    expect(stage.ended[0]?.outcome?.reason).toBe(reason);
  }
});

test("the provider's own code is the error type, else the status, else what failed", () => {
  const errorType = (steps: readonly Step[]): string | undefined => {
    const stage = createStage();
    play(stage, stage.open().beginAttempt(0), steps);
    stage.tracker.settleAll();
    return stage.ended[0]?.outcome?.errorType;
  };
  expect(errorType([{ status: 529 }, failed('overloaded'), finished])).toBe('a_code');
  expect(errorType([{ status: 502 }, { type: 'failure', failure: { reason: 'server_error' } }, finished])).toBe('502');
  expect(errorType([{ ending: { type: 'unreachable', code: 'ENOTFOUND' } }])).toBe('ENOTFOUND');
  expect(errorType([OK, text('a'), finished])).toBe('stream_cut');
  expect(errorType([OK, STOP, END, finished])).toBeUndefined();
});

test('an answer in a script that the request cannot have asked for is an anomaly, and usable', () => {
  const anomalies = (scripts: number | undefined) => {
    const stage = createStage();
    const open = stage.open({ ...(scripts !== undefined && { scripts }) });
    play(stage, open.beginAttempt(0), [OK, text('Где моя посылка? '), text('Она в пути.'), STOP, END, finished]);
    return [stage.ended[0]?.outcome?.reason, stage.ended[0]?.outcome?.anomalies];
  };
  expect(anomalies(0)).toEqual(['ok', ['language_switch']]);
  expect(anomalies(scriptsOf('посылка'))).toEqual(['ok', []]);
  expect(anomalies(undefined)).toEqual(['ok', []]);
});

test('JSON that does not fit the schema of the request is an anomaly, and usable; of a schema of its own for each tool', () => {
  const schema = { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] };
  const found = (request: Partial<RequestFacts>, ...steps: readonly Step[]) => {
    const stage = createStage();
    const schemas = { output: schema, tool: (name: string) => (name === 'find' ? schema : undefined) };
    const open = stage.open({ request, schemas });
    play(stage, open.beginAttempt(0), [OK, ...steps, STOP, END, finished]);
    expect(open.call.schemas).toBeUndefined();
    return [stage.ended[0]?.outcome?.reason, ...(stage.ended[0]?.outcome?.anomalies ?? [])];
  };
  const call = (name: string): Step => ({
    type: 'output',
    kind: 'tool_call',
    choice: 0,
    text: '',
    tool: { index: 0, name },
  });
  expect(found(json, text('{"a":'), text('7}'))).toEqual(['ok']);
  expect(found(json, text('{"a":'), text('"7"}'))).toEqual(['ok', 'schema_violation']);
  expect(found({}, text('{"a":"7"}'))).toEqual(['ok']);
  expect(found({}, call('find'), tool('{"b":'), tool('7}'))).toEqual(['ok', 'schema_violation']);
  expect(found({}, call('look'), tool('{"b":'), tool('7}'))).toEqual(['ok']);
  expect(found({}, call('find'), tool('{"b":7'))).toEqual(['malformed_output', 'invalid_tool_arguments']);
});
