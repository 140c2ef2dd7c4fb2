import { brokenBudgets, outputRate, silenceMs } from './breaches.ts';
import type { Anomaly, Attempt, BudgetKind, Call, Outcome } from './call.ts';
import { isUsageImplausible } from './detectors/index.ts';
import { readFindings } from './findings.ts';
import { VERDICTS } from './verdict-table.ts';
import type { Reason, Verdict } from './verdict-table.ts';

/** Whether a response's model is a version of the requested one; how a provider names models is not core's business. */
export type IsSameModel = (requested: string, responded: string, provider: string) => boolean;

/**
 * What a call was worth, from its facts alone. Called once, when its last attempt is over; a call without any attempt
 * failed on the client's side, before the wire.
 */
export function judge(call: Call, isSameModel: IsSameModel, at: number): Outcome {
  const attempt = call.attempts.at(-1);
  const endedAt = attempt?.endedAt ?? at;
  const breaches = brokenBudgets(call, attempt, endedAt);
  const { reason, anomalies } = attempt
    ? reasonAndAnomalies(call, attempt, breaches, isSameModel, endedAt)
    : { reason: call.failedBeforeWire ?? 'bad_request', anomalies: [] };
  const { verdict, fault } = VERDICTS[reason];
  const streamed = call.facts.request.streaming ? attempt?.answer : undefined;
  return {
    verdict,
    reason,
    fault,
    transport: isSuccess(attempt?.status) ? 'up' : 'down',
    anomalies,
    breaches,
    errorType: attempt ? errorTypeOf(attempt, reason) : 'client_error',
    durationSeconds: (endedAt - call.startedAt) / 1000,
    timeToFirstChunkSeconds:
      streamed?.firstOutputAt === undefined ? undefined : (streamed.firstOutputAt - call.startedAt) / 1000,
    maxGapSeconds: streamed?.firstOutputAt === undefined ? undefined : streamed.maxGapMs / 1000,
    outputRate: outputRate(call, attempt),
    endedAt,
  };
}

/** `error.type` of one attempt: absent where it brought an answer or was stopped by its caller. */
export function attemptErrorType(call: Call, attempt: Attempt): string | undefined {
  const failure = attemptFailure(call, attempt);
  return failure === undefined ? undefined : errorTypeOf(attempt, failure);
}

/** Why one attempt failed, or `undefined` where it brought an answer. The reason that a retry gives for itself. */
export function attemptFailure(call: Call, attempt: Attempt): Reason | undefined {
  return endReason(call, attempt, brokenBudgets(call, attempt, attempt.endedAt ?? attempt.startedAt));
}

function reasonAndAnomalies(
  call: Call,
  attempt: Attempt,
  breaches: readonly BudgetKind[],
  isSameModel: IsSameModel,
  endedAt: number,
): { reason: Reason; anomalies: readonly Anomaly[] } {
  const found = inspectAnswer(call, attempt, isSameModel);
  const ended = endReason(call, attempt, breaches);
  const anomalies: Anomaly[] = [...found];
  if (ended === 'stalled' || ended === 'stream_cut' || ended === 'blocked') add(anomalies, ended);
  // A stream that was given up on after a silence over the gap budget stalled as well, whatever its reason says.
  if (ended === 'gave_up' && silenceMs(attempt, endedAt) > (call.budget.gapMs ?? Infinity)) add(anomalies, 'stalled');
  if (ended !== undefined) return { reason: ended, anomalies };
  const candidates = new Set<Reason>();
  for (const anomaly of found) {
    const reason = REASON_OF_ANOMALY[anomaly];
    if (reason !== undefined) candidates.add(reason);
  }
  for (const breach of breaches) candidates.add(REASON_OF_BREACH[breach]);
  return { reason: worst(candidates), anomalies };
}

/** What ended the attempt, if it was not the answer's own end. An error that came beats silence. */
function endReason(call: Call, attempt: Attempt, breaches: readonly BudgetKind[]): Reason | undefined {
  const { answer, ending } = attempt;
  const failure = answer.failure ?? attempt.statusFailure;
  if (failure) return failure.reason;
  if (answer.malformed !== undefined) return 'malformed_response';
  if (answer.ended) return undefined;
  const finishedEarly = answer.finishReasons.size > 0;
  const stalled = silenceMs(attempt, attempt.endedAt ?? attempt.startedAt) > (call.budget.gapMs ?? Infinity);
  switch (ending?.type) {
    case 'finished':
    case 'cut':
      return stalled && call.facts.request.streaming ? 'stalled' : 'stream_cut';
    case 'cancelled':
      // A reader that stops once every choice has finished has its answer: the marker after it is a formality.
      if (finishedEarly) return undefined;
      return breaches.length > 0 ? 'gave_up' : 'cancelled';
    case 'aborted':
      return breaches.length > 0 ? 'gave_up' : 'cancelled';
    case 'deadline':
      return attempt.headersAt !== undefined && breaches.length > 0 ? 'gave_up' : 'timeout';
    case 'unreachable':
      return 'connection';
    case 'dropped':
    case undefined:
      return 'abandoned';
    default:
      return ending satisfies never;
  }
}

function inspectAnswer(call: Call, attempt: Attempt, isSameModel: IsSameModel): readonly Anomaly[] {
  const { answer } = attempt;
  const { request } = call.facts;
  const anomalies: Anomaly[] = [];
  const complete = answer.ended && !answer.unseen && answer.failure === undefined && answer.malformed === undefined;
  const found = readFindings(answer.findings, complete, call.facts.scripts);
  const blocked = answer.refused || answer.finishReasons.has('content_filter') || answer.finishReasons.has('refusal');
  const empty = !hasOutput(attempt) && !answer.finishReasons.has('pause');
  if (blocked) add(anomalies, 'blocked');
  if (complete && empty && !blocked) add(anomalies, 'empty_output');
  if (complete && found.malformedOutput) add(anomalies, 'malformed_output');
  if (complete && found.invalidToolArguments) add(anomalies, 'invalid_tool_arguments');
  if (complete && found.schemaViolation) add(anomalies, 'schema_violation');
  if (found.repetition) add(anomalies, 'repetition');
  if (answer.finishReasons.has('length')) add(anomalies, 'truncated');
  if (found.garbled) add(anomalies, 'garbled');
  if (complete && found.languageSwitch) add(anomalies, 'language_switch');
  const fellBack = answer.fallback !== undefined || attempt.gatewayFellBack;
  if (answer.model !== undefined && request.model !== undefined && !fellBack) {
    if (!isSameModel(request.model, answer.model, call.facts.provider)) add(anomalies, 'model_substituted');
  }
  if (complete && usageMissing(call, attempt)) add(anomalies, 'usage_missing');
  // White space in a loop is as good as no tokens at all.
  if (complete && !blocked && !found.repetition && usageImplausible(attempt)) add(anomalies, 'usage_implausible');
  return anomalies;
}

function hasOutput(attempt: Attempt): boolean {
  const { answer } = attempt;
  return answer.textLength > 0 || answer.toolCalls > 0 || answer.embeddings > 0 || answer.media > 0;
}

function usageMissing(call: Call, attempt: Attempt): boolean {
  const { usage } = attempt.answer;
  const { request } = call.facts;
  const expected = request.streaming ? request.expectsUsage : true;
  return expected && (request.operation === 'embeddings' ? usage.inputTokens : usage.outputTokens) === undefined;
}

function usageImplausible({ answer }: Attempt): boolean {
  const { usage, textLength, toolLength, toolCalls, media } = answer;
  // Images and sounds are billed in tokens that no character shows.
  if (usage.outputTokens === undefined || media > 0) return false;
  return isUsageImplausible({
    outputTokens: usage.outputTokens,
    reasoningTokens: usage.reasoningOutputTokens,
    characters: textLength + toolLength,
    toolCalls,
  });
}

const REASON_OF_ANOMALY: Partial<Record<Anomaly, Reason>> = {
  blocked: 'blocked',
  empty_output: 'empty_output',
  malformed_output: 'malformed_output',
  invalid_tool_arguments: 'malformed_output',
  repetition: 'repetition',
  truncated: 'truncated',
  model_substituted: 'model_substituted',
};

const REASON_OF_BREACH: Record<BudgetKind, Reason> = {
  first_chunk: 'slow_first_chunk',
  total: 'slow_total',
  gap: 'slow_stream',
  output_rate: 'slow_stream',
};

const RANK: Record<Verdict, number> = { unusable: 0, degraded: 1, cancelled: 2, usable: 3 };
const BY_PRECEDENCE = (Object.keys(VERDICTS) as Reason[]).toSorted(
  (a, b) => RANK[VERDICTS[a].verdict] - RANK[VERDICTS[b].verdict],
);

function worst(candidates: ReadonlySet<Reason>): Reason {
  return BY_PRECEDENCE.find((reason) => candidates.has(reason)) ?? 'ok';
}

/** Set for an operation that ended in an error; an answer that came but is worthless is no error of the operation. */
function errorTypeOf(attempt: Attempt, reason: Reason): string | undefined {
  switch (reason) {
    case 'ok':
    case 'cancelled':
    case 'abandoned':
    case 'empty_output':
    case 'malformed_output':
    case 'repetition':
    case 'slow_first_chunk':
    case 'slow_total':
    case 'slow_stream':
    case 'truncated':
    case 'model_substituted':
      return undefined;
    case 'blocked':
      return attempt.answer.failure?.code;
    default: {
      if (attempt.answer.failure?.code !== undefined) return attempt.answer.failure.code;
      if (attempt.status !== undefined && !isSuccess(attempt.status)) return String(attempt.status);
      const { ending } = attempt;
      return ending && 'code' in ending ? ending.code : reason;
    }
  }
}

function isSuccess(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

function add(anomalies: Anomaly[], anomaly: Anomaly): void {
  if (!anomalies.includes(anomaly)) anomalies.push(anomaly);
}
