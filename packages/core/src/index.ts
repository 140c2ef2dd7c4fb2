export type { AnswerEvent, Failure, FailureReason, FinishReason, OutputKind, Usage } from './answer-event.ts';
export type { Operation, RequestFacts, RequestParameters } from './request-facts.ts';
export { VERDICTS } from './verdict-table.ts';
export type { Fault, Reason, Verdict } from './verdict-table.ts';
