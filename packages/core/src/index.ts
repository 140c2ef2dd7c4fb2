export type { AnswerEvent, Failure, FailureReason, FinishReason, OutputKind, Usage } from './answer-event.ts';
export type { Answer } from './answer.ts';
export { createBudgetMatcher } from './budgets.ts';
export type { Budget, BudgetRule } from './budgets.ts';
export { createCallTracker } from './call-tracker.ts';
export type { CallOpening, CallTracker, CallTrackerOptions, OpenAttempt, OpenCall } from './call-tracker.ts';
export type {
  Anomaly,
  Attempt,
  AttemptEnding,
  AttemptKind,
  BudgetKind,
  Call,
  CallFacts,
  Fallback,
  Outcome,
  QuestionHashes,
} from './call.ts';
export { createLengthBand, DETECTOR_IDS, scriptSet, scriptsOf } from './detectors/index.ts';
export type { DetectorId, DetectorSwitches, LengthBand, Script, ScriptSet } from './detectors/index.ts';
export { attemptErrorType } from './judge.ts';
export type { IsSameModel } from './judge.ts';
export type { Clock, Schedule, Sink } from './ports.ts';
export type { Operation, RequestFacts, RequestParameters, RequestSchemas } from './request-facts.ts';
export { VERDICTS } from './verdict-table.ts';
export type { Fault, Reason, Verdict } from './verdict-table.ts';
