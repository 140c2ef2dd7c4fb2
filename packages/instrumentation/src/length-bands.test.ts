import type { Call } from '@brownout/core';
import { expect, test } from 'vitest';
import type { CommonDimensions } from './emit/dimensions.ts';
import { createLengthBands } from './length-bands.ts';

const dimensions = (useCase: string, model = 'gpt-5'): CommonDimensions => ({
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': model,
  'gen_ai.operation.name': 'chat',
  'brownout.use_case': useCase,
});

/** Calls are told apart by their dimensions only. */
const callsOf = (known: readonly CommonDimensions[]) => {
  const byCall = new Map(known.map((common) => [{} as Call, common]));
  return { calls: [...byCall.keys()], bandOf: createLengthBands((call) => byCall.get(call)) };
};

test('every use case and model has a band of its own; what was folded into _other has none', () => {
  const { calls, bandOf } = callsOf([
    dimensions('a'),
    dimensions('b'),
    dimensions('_other'),
    dimensions('a', '_other'),
  ]);
  const bands = calls.map(bandOf);
  expect(bands.map((band) => band !== undefined)).toEqual([true, true, false, false]);
  expect(bands[0]).not.toBe(bands[1]);
  expect(calls.map(bandOf)).toEqual(bands);
  expect(bandOf({} as Call)).toBeUndefined();
});

test('of more than 200, the one that was not used for the longest time is forgotten', () => {
  const { calls, bandOf } = callsOf(Array.from({ length: 201 }, (_, index) => dimensions(`use case ${index}`)));
  const [first, second, ...others] = calls as [Call, Call, ...Call[]];
  const [firstBand, secondBand] = [bandOf(first), bandOf(second)];
  for (const call of others.slice(0, -1)) bandOf(call);
  expect(bandOf(first)).toBe(firstBand);
  bandOf(others.at(-1) as Call);
  expect(bandOf(first)).toBe(firstBand);
  expect(bandOf(second)).not.toBe(secondBand);
});
