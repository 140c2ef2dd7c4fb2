import { expect, test } from 'vitest';
import { type BudgetRule, createBudgetMatcher } from './budgets.ts';

const call = { useCase: 'support', provider: 'openai', model: 'large' };
const everywhere: BudgetRule = { firstChunkMs: 10_000, totalMs: 120_000, gapMs: 10_000 };

test('a rule without selectors is the budget of every call', () => {
  const match = createBudgetMatcher([everywhere]);
  expect(match(call)).toEqual(everywhere);
  expect(match({ useCase: undefined, provider: 'other', model: undefined })).toEqual(everywhere);
});

test('a more specific rule replaces only the fields that it names', () => {
  const match = createBudgetMatcher([{ useCase: 'support', totalMs: 5000 }, everywhere]);
  expect(match(call)).toEqual({ ...everywhere, totalMs: 5000 });
  expect(match({ ...call, useCase: 'billing' })).toEqual(everywhere);
});

test.each<[string, BudgetRule, BudgetRule]>([
  ['a use case beats model and provider together', { useCase: 'support' }, { model: 'large', provider: 'openai' }],
  ['a model beats a provider', { model: 'large' }, { provider: 'openai' }],
  ['a provider beats no selector', { provider: 'openai' }, {}],
  ['two selectors beat the stronger of them alone', { useCase: 'support', provider: 'openai' }, { useCase: 'support' }],
])('%s, whatever their order', (_name, winner, loser) => {
  const rules = [
    { ...winner, gapMs: 1 },
    { ...loser, gapMs: 2 },
  ];
  expect(createBudgetMatcher(rules)(call)).toEqual({ gapMs: 1 });
  expect(createBudgetMatcher(rules.toReversed())(call)).toEqual({ gapMs: 1 });
});

test('of all combinations of selectors the more specific wins, limit by limit', () => {
  const { useCase, model, provider } = call;
  const mostSpecificFirst: readonly BudgetRule[] = [
    { useCase, model, provider },
    { useCase, model },
    { useCase, provider },
    { useCase },
    { model, provider },
    { model },
    { provider },
    {},
  ];
  for (const [index, winner] of mostSpecificFirst.entries()) {
    const losers = mostSpecificFirst.slice(index + 1).map((rule) => ({ ...rule, gapMs: 2, totalMs: 3 }));
    expect(createBudgetMatcher([{ ...winner, gapMs: 1 }, ...losers])(call).gapMs).toBe(1);
  }
});

test('of two equally specific rules the later one wins', () => {
  const match = createBudgetMatcher([
    { model: 'large', gapMs: 1 },
    { model: 'large', gapMs: 2 },
  ]);
  expect(match(call)).toEqual({ gapMs: 2 });
});

test('a rule whose selectors do not all fit is left out', () => {
  expect(createBudgetMatcher([{ useCase: 'support', model: 'small', gapMs: 1 }])(call)).toEqual({});
});

test('the same subject gets the same budget object, a further one its own, however many there are', () => {
  const match = createBudgetMatcher([everywhere, { model: 'model-7', gapMs: 7 }]);
  const first = match(call);
  expect(match({ ...call })).toBe(first);
  for (let index = 0; index < 2500; index++) match({ ...call, model: `model-${index}` });
  expect(match(call)).toEqual(first);
  expect(match({ ...call, model: 'model-7' })).toEqual({ ...everywhere, gapMs: 7 });
});
