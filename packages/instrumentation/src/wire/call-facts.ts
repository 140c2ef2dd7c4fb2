import { crc32 } from 'node:zlib';
import { createBudgetMatcher } from '@brownout/core';
import type { Budget, BudgetRule, CallFacts } from '@brownout/core';
import { UNSPECIFIED_VALUE } from '@brownout/signals';
import { currentUseCase } from '../tasks/use-cases.ts';
import type { IdentifiedRequest } from './identify.ts';
import type { WireRequest } from './tap-fetch.ts';

/** What is known of a call from its request and from the context that it is made in. */
export function factsOf({ url }: WireRequest, { dialect, provider, body }: IdentifiedRequest): CallFacts {
  const input = dialect.lastUserInput(body);
  return {
    provider,
    useCase: currentUseCase() ?? UNSPECIFIED_VALUE,
    request: dialect.readRequest(body, url.pathname),
    serverAddress: url.hostname,
    serverPort: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
    inputHash: input === undefined ? undefined : `${input.length}.${crc32(input)}`,
  };
}

/** The budget of a call, by the rules that fit its facts. */
export type BudgetOf = (facts: CallFacts) => Budget;

export function createBudgetOf(rules: readonly BudgetRule[]): BudgetOf {
  const match = createBudgetMatcher(rules);
  return ({ useCase, provider, request: { model } }) => match({ useCase, provider, model });
}
