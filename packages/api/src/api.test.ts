import { afterEach, expect, test } from 'vitest';
import { listenToApi, recordFallback, recordOutcome, task, useCase } from './index.ts';
import type { ApiListener } from './index.ts';

let stop = (): void => {};
afterEach(() => stop());

function listen(): string[] {
  const heard: string[] = [];
  const listener: ApiListener = {
    useCase: (name, run) => (heard.push(`use case ${name}`), run()),
    task: (name, run) => (heard.push(`task ${name}`), run()),
    recordOutcome: (outcome) => void heard.push(`outcome ${outcome}`),
    recordFallback: ({ from }) => void heard.push(`fallback from ${from.model}`),
  };
  stop = listenToApi(listener);
  return heard;
}

test.each([
  ['useCase', useCase],
  ['task', task],
] as const)('%s returns the very promise and throws the very error of the function, listened to or not', (_, wrap) => {
  for (const prepare of [() => {}, listen]) {
    prepare();
    const promise = Promise.resolve(1);
    const error = new Error('from the application');
    expect(wrap('name', () => promise)).toBe(promise);
    expect(() =>
      wrap('name', () => {
        throw error;
      }),
    ).toThrow(error);
  }
});

test('reports are dropped where nothing listens, and heard where something does', () => {
  recordOutcome('failure');
  recordFallback({ from: { provider: 'openai', model: 'a' } });
  const heard = listen();
  useCase('support', () => task('answer', () => recordOutcome('failure')));
  recordFallback({ from: { provider: 'openai', model: 'b' } });
  expect(heard).toEqual(['use case support', 'task answer', 'outcome failure', 'fallback from b']);
  stop();
  recordOutcome('success');
  expect(heard).toHaveLength(4);
});
