import { SpanKind } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { exclusiveTimes, phaseOf } from './phase.ts';

test.each([
  ['inference', SpanKind.CLIENT, { 'gen_ai.operation.name': 'chat' }],
  ['inference', SpanKind.CLIENT, { 'gen_ai.operation.name': 'generate_content', 'http.request.method': 'POST' }],
  ['retrieval', SpanKind.CLIENT, { 'gen_ai.operation.name': 'embeddings' }],
  ['retrieval', SpanKind.INTERNAL, { 'gen_ai.operation.name': 'retrieval' }],
  ['retrieval', SpanKind.CLIENT, { 'db.system.name': 'postgresql' }],
  ['retrieval', SpanKind.CLIENT, { 'db.system': 'redis' }],
  ['tool', SpanKind.INTERNAL, { 'gen_ai.operation.name': 'execute_tool' }],
  ['http', SpanKind.CLIENT, { 'http.request.method': 'GET' }],
  ['http', SpanKind.CLIENT, { 'http.method': 'GET' }],
  ['app', SpanKind.SERVER, { 'http.request.method': 'GET' }],
  ['app', SpanKind.INTERNAL, { 'gen_ai.operation.name': 'invoke_agent' }],
  ['app', SpanKind.INTERNAL, {}],
] as const)('%s: a span of kind %i with %o', (phase, kind, attributes) => {
  expect(phaseOf({ kind, attributes })).toBe(phase);
});

test('a moment counts once, for the foremost of the phases that go on in it, and the phases add up to the whole', () => {
  const times = exclusiveTimes(
    [
      { phase: 'tool', start: 10, end: 60 },
      { phase: 'http', start: 20, end: 50 },
      { phase: 'inference', start: 30, end: 40 },
      { phase: 'inference', start: 35, end: 45 },
      { phase: 'retrieval', start: 70, end: 80 },
    ],
    0,
    100,
  );
  expect(times).toEqual({ inference: 15, http: 15, tool: 20, retrieval: 10, app: 40 });
});

test('what began before the task or outlives it counts for as long as the task lasted', () => {
  const intervals = [
    { phase: 'retrieval', start: -50, end: 5 },
    { phase: 'inference', start: 90, end: 500 },
    { phase: 'http', start: 200, end: 300 },
  ] as const;
  expect(exclusiveTimes(intervals, 0, 100)).toEqual({ inference: 10, retrieval: 5, http: 0, tool: 0, app: 85 });
  expect(exclusiveTimes([], 0, 100)).toEqual({ inference: 0, retrieval: 0, http: 0, tool: 0, app: 100 });
});
