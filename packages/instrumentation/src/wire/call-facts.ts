import { createBudgetMatcher } from '@brownout/core';
import type { Budget, BudgetRule, CallFacts, DetectorSwitches } from '@brownout/core';
import { readScripts } from '@brownout/dialects';
import { UNSPECIFIED_VALUE } from '@brownout/signals';
import { hashQuestion } from '../link/question.ts';
import { currentUseCase } from '../tasks/use-cases.ts';
import type { IdentifiedRequest } from './identify.ts';
import type { WireRequest } from './tap-fetch.ts';

/** What is known of a call from its request and from the context that it is made in. */
export function factsOf(
  { url }: WireRequest,
  { dialect, provider, body }: IdentifiedRequest,
  { language }: DetectorSwitches,
): CallFacts {
  const question = dialect.readQuestion(body);
  const facts = dialect.readRequest(body, url.pathname);
  return {
    provider,
    useCase: currentUseCase() ?? UNSPECIFIED_VALUE,
    request: facts,
    serverAddress: url.hostname,
    serverPort: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
    question: question && hashQuestion(question),
    scripts: language && facts.operation !== 'embeddings' ? readScripts(body) : undefined,
  };
}

/** The budget of a call, by the rules that fit its facts. */
export type BudgetOf = (facts: CallFacts) => Budget;

export function createBudgetOf(rules: readonly BudgetRule[]): BudgetOf {
  const match = createBudgetMatcher(rules);
  return ({ useCase, provider, request: { model } }) => match({ useCase, provider, model });
}
