import { expect, test } from 'vitest';
import { ATTRIBUTE, type AttributesOf, type ExactAttributes, type MetricId, METRICS } from './index.ts';

// The compiler is the test here: `tsc -b` fails if a line marked as an error is none.

const common = {
  [ATTRIBUTE.providerName]: 'openai',
  [ATTRIBUTE.requestModel]: 'a-model',
  [ATTRIBUTE.operationName]: 'chat',
  [ATTRIBUTE.useCase]: 'support',
} as const;

const record = <Id extends MetricId, Given extends AttributesOf<Id>>(id: Id, given: ExactAttributes<Id, Given>) => [
  METRICS[id].name,
  Object.keys(given).length,
];

test('a metric is recorded with all its attributes', () => {
  const advised = { ...common, [ATTRIBUTE.retryAdvised]: true };
  expect(record('retryDelay', advised)).toEqual(['brownout.retry.delay', 5]);
});

test('optional attributes may be left out', () => {
  const attempt = {
    ...common,
    [ATTRIBUTE.attemptKind]: 'first',
    [ATTRIBUTE.streaming]: true,
    [ATTRIBUTE.serverAddress]: 'localhost',
  } as const;
  expect(record('attemptDuration', attempt)).toEqual(['brownout.attempt.duration', 7]);
  expect(record('attemptDuration', { ...attempt, [ATTRIBUTE.httpResponseStatusCode]: 200 })[1]).toBe(8);
});

test('a missing, a foreign or an impossible attribute does not compile', () => {
  // @ts-expect-error the reason is missing
  record('retries', common);
  // @ts-expect-error a retry has no verdict, even where objects are spread
  record('retries', { ...common, ...({ [ATTRIBUTE.reason]: 'timeout', [ATTRIBUTE.verdict]: 'usable' } as const) });
  // @ts-expect-error there is no such reason
  record('retries', { ...common, [ATTRIBUTE.reason]: 'bored' });
  // @ts-expect-error a status code is a number
  const status: AttributesOf<'attemptDuration'>['http.response.status_code'] = '200';
  expect(status).toBeDefined();
});
