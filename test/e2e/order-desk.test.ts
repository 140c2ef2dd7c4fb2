import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const RUN = join(import.meta.dirname, '../../examples/order-desk/run/run.ts');

interface Branch {
  readonly name: string;
  readonly service: string;
  readonly milliseconds: number;
  readonly note: string;
  readonly children: readonly Branch[];
}

const lines = (branches: readonly Branch[], depth = 0): readonly string[] =>
  branches.flatMap(({ name, service, note, children }) => [
    `${'  '.repeat(depth)}${name}, ${service}: ${note.replaceAll(/:.*$/g, '')}`,
    ...lines(children, depth + 1),
  ]);

test('one question to the order desk is one tree: ingress, retrieval, attempts, fallback, tool, answer', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [RUN, '--json']);
  expect(stderr).toBe('');
  const { answer, tree } = JSON.parse(stdout) as { readonly answer: object; readonly tree: readonly Branch[] };
  expect(answer).toEqual({ answer: expect.stringMatching(/\w/), model: 'claude-haiku-5-5' });
  expect(lines(tree)).toEqual([
    'POST /questions, desk: 200',
    '  task answer-question, desk: success, degraded',
    '    pg-pool.connect, desk: ',
    '      pg.connect, desk: ',
    '    pg.query:SELECT postgres, desk: ',
    '    chat gpt-5-mini, desk: unusable (overloaded)',
    '      POST /~service_unavailable/v1/chat/completions, desk: 503',
    '      POST /~service_unavailable/v1/chat/completions, desk: 503 retry',
    '    anthropic.messages.create, desk: usable, in place of gpt-5-mini',
    '      POST /v1/messages, desk: 200',
    '    execute_tool look_up_order, desk: ',
    '      GET /orders/4711, desk: 200',
    '        GET /orders/4711, orders: 200',
    '          pg-pool.connect, orders: ',
    '            pg.connect, orders: ',
    '          pg.query:SELECT postgres, orders: ',
    '    anthropic.messages.create, desk: usable',
    '      POST /v1/messages, desk: 200',
  ]);
  // The phases are those of the desk's own process: what the other service's database took is part of the request to it.
  const [phases = ''] = tree.flatMap(({ children }) => children.map(({ note }) => note));
  expect(phases).toMatch(/: inference [\d.]+ m?s, retrieval \d+ ms, http \d+ ms/);
});
