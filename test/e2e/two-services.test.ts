import { faultUrl, startSimulator } from '@brownout/simulator';
import { expect, test } from 'vitest';
import { OtlpSink } from '../support/otlp-sink.ts';
import type { OtlpSpan } from '../support/otlp-sink.ts';
import { runProgram } from '../support/run-program.ts';

const SERVER = 2;

const attribute = (span: OtlpSpan, key: string): string | undefined => {
  const value = span.attributes.find((candidate) => candidate.key === key)?.value;
  return value?.stringValue ?? (value?.intValue === undefined ? undefined : String(value.intValue));
};

/** What a span is, in a word. Anthropic's own span of a call has a name of its own, and says how it was sent, too. */
function label(span: OtlpSpan): string {
  const operation = attribute(span, 'gen_ai.operation.name');
  const task = attribute(span, 'brownout.task');
  if (task !== undefined) return `task ${task}`;
  if (operation !== undefined) return `${operation} ${attribute(span, 'gen_ai.request.model')}`;
  const path = attribute(span, 'url.path') ?? new URL(attribute(span, 'url.full') ?? 'http://host/').pathname;
  return `${span.kind === SERVER ? 'serves' : 'requests'} ${path.replace(/^.*\/v1/, '/v1')}`;
}

/** The trace as an indented tree, children in the order of their labels. */
function tree(spans: readonly OtlpSpan[], parent?: string, depth = 0): string[] {
  return spans
    .filter((span) => (span.parentSpanId || undefined) === parent)
    .toSorted((a, b) => label(a).localeCompare(label(b)))
    .flatMap((span) => [`${'  '.repeat(depth)}${label(span)}`, ...tree(spans, span.spanId, depth + 1)]);
}

test("one user's action is one tree across two services, from ingress over retrieval, attempts and fallback to the tool", async () => {
  await using sink = await OtlpSink.start();
  const simulator = await startSimulator({ timing: { instant: true } });
  const MODEL_URL = simulator.url;
  const beside = 'workspace packages';
  const search = runProgram({
    file: 'two-services/search.mjs',
    beside,
    loading: 'import',
    environment: { ...sink.environment, MODEL_URL },
    onFirstLine: (searching, searchPort) => {
      void runProgram({
        file: 'two-services/desk.mjs',
        beside,
        loading: 'import',
        environment: {
          ...sink.environment,
          MODEL_URL,
          SEARCH_URL: `http://127.0.0.1:${searchPort}`,
          BROKEN_MODEL_URL: faultUrl(simulator.url, 'service_unavailable'),
        },
        onFirstLine: (_desk, port) => void fetch(`http://127.0.0.1:${port}/tickets`, { method: 'POST' }),
      }).then((outcome) => {
        expect(outcome).toMatchObject({ code: 0, stderr: '' });
        searching.kill('SIGTERM');
      });
    },
  });
  await search;
  await simulator.close();

  expect(new Set(sink.spans.map(({ traceId }) => traceId)).size).toBe(1);
  expect(tree(sink.spans)).toEqual([
    'serves /tickets',
    '  task answer-ticket',
    '    chat claude-sonnet-5',
    '      requests /v1/messages',
    '    chat gpt-5',
    '      requests /v1/chat/completions',
    '      requests /v1/chat/completions',
    '    requests /',
    '      serves /',
    '        embeddings text-embedding-3-small',
    '          requests /v1/embeddings',
    '    requests /orders/7',
    '      serves /orders/7',
  ]);
  // The use case was named in one service and crossed over to the other.
  const calls = sink.spans.filter((span) => attribute(span, 'brownout.verdict') !== undefined);
  expect(calls.map((span) => attribute(span, 'brownout.use_case'))).toEqual(['support', 'support', 'support']);
  const names = sink.metrics.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['brownout.tasks', 'brownout.task.phase.duration', 'brownout.fallbacks']),
  );
});
