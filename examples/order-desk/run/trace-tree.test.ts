import { expect, test } from 'vitest';
import type { Span } from './spans.ts';
import { growTree, renderTree } from './trace-tree.ts';

function span(id: string, parent: string | undefined, more: Partial<Span>): Span {
  return { trace: 't', id, parent, service: 'desk', name: id, start: 0, end: 10, attributes: {}, ...more };
}

const SPANS: readonly Span[] = [
  span('call', 'task', {
    name: 'chat small',
    start: 5,
    end: 1505,
    attributes: { 'brownout.verdict': 'usable', 'brownout.fallback.from.model': 'large' },
  }),
  span('failed', 'task', {
    name: 'chat large',
    start: 3,
    end: 5,
    attributes: { 'brownout.verdict': 'unusable', 'brownout.reason': 'overloaded' },
  }),
  span('attempt', 'failed', {
    name: 'POST',
    attributes: {
      'http.request.method': 'POST',
      'url.full': 'http://vendor/v1/chat',
      'http.response.status_code': 503,
      'brownout.attempt.kind': 'retry',
    },
  }),
  span('task', 'server', {
    end: 1510,
    attributes: {
      'brownout.task.outcome': 'success',
      'brownout.task.degraded': true,
      'brownout.task.phase.inference': 1.5,
      'brownout.task.phase.retrieval': 0.0001,
      'brownout.task.phase.app': 0.01,
    },
  }),
  span('server', undefined, {
    name: 'POST',
    end: 1511,
    service: 'front',
    attributes: { 'http.request.method': 'POST', 'url.path': '/questions' },
  }),
];

test('spans in any order are one tree, in the order in which they began, with what they say', () => {
  expect(renderTree(growTree(SPANS))).toBe(
    [
      'POST /questions         1.51 s  front',
      '└─ task                 1.51 s  desk   success, degraded: inference 1.50 s, app 10 ms',
      '   ├─ chat large          2 ms  desk   unusable (overloaded)',
      '   │  └─ POST /v1/chat   10 ms  desk   503 retry',
      '   └─ chat small        1.50 s  desk   usable, in place of large',
    ].join('\n'),
  );
});

test('a span whose parent did not come is a tree of its own', () => {
  expect(growTree(SPANS.filter(({ id }) => id !== 'task')).map(({ name }) => name)).toEqual([
    'POST /questions',
    'chat large',
    'chat small',
  ]);
});
