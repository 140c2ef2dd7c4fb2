import type { AnswerEvent } from './answer-event.ts';
import { createAnswer, foldAnswer } from './answer.ts';
import type { Budget } from './budgets.ts';
import type { Attempt, AttemptEnding, Call, CallFacts, Fallback } from './call.ts';
import { compareLength } from './compare-length.ts';
import { attemptFailure, judge } from './judge.ts';
import type { DetectorSwitches, LengthBand } from './detectors/index.ts';
import { releaseDetectors } from './findings.ts';
import type { IsSameModel } from './judge.ts';
import type { Clock, Schedule, Sink } from './ports.ts';
import { retryWindowMs } from './retry-window.ts';
import type { RequestSchemas } from './request-facts.ts';

export interface CallTrackerOptions {
  readonly clock: Clock;
  readonly schedule: Schedule;
  readonly sink: Sink;
  readonly isSameModel: IsSameModel;
  readonly detectors: DetectorSwitches;
  /** The usual lengths of answers to such calls; `undefined` where none are kept. Asked once, when a call is over. */
  readonly lengthBandOf: (call: Call) => LengthBand | undefined;
}

export interface CallOpening {
  readonly facts: CallFacts;
  readonly budget: Budget;
  readonly startedAt: number;
  /** The SDK's own decisions are seen. Without a link, a failed attempt waits for a retry that may come. */
  readonly linked: boolean;
  readonly fallback: Fallback | undefined;
  readonly schemas?: RequestSchemas | undefined;
  /** Set for a call that failed on the client's side: it never gets an attempt. */
  readonly failedBeforeWire?: 'bad_request' | 'cancelled';
}

/** Keeps a call open until nothing more can come of it, and ends it exactly once. */
export interface CallTracker {
  readonly open: (opening: CallOpening) => OpenCall;
  /** Ends every call that is still open, as it stands: the process is about to exit. */
  readonly settleAll: () => void;
}

export interface OpenCall {
  readonly call: Call;
  readonly ended: boolean;
  /** Another request goes on the wire for this call; one that is still unfinished is closed first. */
  readonly beginAttempt: (at: number) => OpenAttempt;
  /** The SDK has decided to send another request: whatever happens meanwhile, the call goes on. */
  readonly expectRetry: () => void;
  /** The SDK has given the call up: nothing more will come. */
  readonly giveUp: () => void;
  /** The application has moved on: a call that only waits for a retry that may come is over now. */
  readonly endIfFailed: () => void;
  /** The SDK has closed its own books on the call, perhaps in the middle of the answer: the caller may be leaving it. */
  readonly mayBeLeft: () => void;
}

export interface OpenAttempt {
  readonly attempt: Attempt;
  /** Reads one event. On the path of every chunk. */
  readonly event: (event: AnswerEvent, at: number) => void;
  /** The attempt is over; later calls are ignored. */
  readonly finish: (ending: AttemptEnding, at: number) => void;
}

export function createCallTracker(options: CallTrackerOptions): CallTracker {
  const openCalls = new Set<{ end: () => void }>();

  function open(opening: CallOpening): OpenCall {
    const { clock, schedule, sink, isSameModel, detectors, lengthBandOf } = options;
    const call: Call = {
      facts: opening.facts,
      budget: opening.budget,
      schemas: opening.schemas,
      startedAt: opening.startedAt,
      attempts: [],
      fallback: opening.fallback,
      failedBeforeWire: opening.failedBeforeWire,
      outcome: undefined,
    };
    let retryExpected = false;
    let current: OpenAttempt | undefined;
    let cancelTimer: (() => void) | undefined;
    const handle = { end };
    openCalls.add(handle);

    function end(): void {
      cancelTimer?.();
      if (call.outcome !== undefined) return;
      current?.finish({ type: 'dropped' }, clock());
      if (call.outcome !== undefined) return;
      openCalls.delete(handle);
      call.fallback ??= vendorFallback(call) ?? gatewayFallback(call);
      call.outcome = compareLength(call, judge(call, isSameModel, clock()), lengthBandOf);
      sink.callEnded(call);
      // Others may remember the call for a while, for what it asked and what came of it; the detectors' windows are not for that.
      for (const { answer } of call.attempts) releaseDetectors(answer.findings);
      call.schemas = undefined;
    }

    function endAfter(delayMs: number): void {
      cancelTimer?.();
      cancelTimer = schedule(delayMs, end);
    }

    function attemptFinished(attempt: Attempt): void {
      sink.attemptEnded(call, attempt);
      if (retryExpected) return;
      const windowMs = retryWindowMs(call, attempt, opening.linked);
      if (windowMs === undefined) return end();
      sink.callMayEnd(call, judge(call, isSameModel, clock()));
      endAfter(windowMs);
    }

    function beginAttempt(at: number): OpenAttempt {
      retryExpected = true;
      current?.finish({ type: 'cancelled' }, at);
      cancelTimer?.();
      retryExpected = false;
      const previous = call.attempts.at(-1);
      const attempt: Attempt = {
        kind: previous === undefined ? 'first' : 'retry',
        startedAt: at,
        delayMs: previous?.endedAt === undefined ? undefined : Math.max(0, at - previous.endedAt),
        answer: createAnswer(detectors, () => call.schemas),
        headersAt: undefined,
        status: undefined,
        statusFailure: undefined,
        retryAdviceSeconds: undefined,
        requestIds: [],
        gatewayFellBack: false,
        endedAt: undefined,
        ending: undefined,
      };
      if (previous !== undefined) {
        // Only a deadline is retried: an SDK never retries what its caller aborted.
        if (previous.ending?.type === 'aborted') previous.ending = { type: 'deadline' };
        sink.retried(call, attempt, attemptFailure(call, previous) ?? 'server_error');
      }
      call.attempts.push(attempt);
      current = {
        attempt,
        event(event, now) {
          if (attempt.endedAt !== undefined) return;
          const gapMs = foldAnswer(attempt.answer, event, call.facts.request, now);
          if (gapMs !== undefined && call.facts.request.streaming) sink.outputGap(call, gapMs);
        },
        finish(ending, now) {
          if (attempt.endedAt !== undefined) return;
          attempt.endedAt = now;
          attempt.ending = ending;
          attemptFinished(attempt);
        },
      };
      return current;
    }

    return {
      call,
      get ended() {
        return call.outcome !== undefined;
      },
      beginAttempt,
      expectRetry() {
        cancelTimer?.();
        retryExpected = true;
      },
      giveUp: end,
      endIfFailed() {
        if (retryExpected || current === undefined) return;
        const { endedAt, statusFailure, headersAt } = current.attempt;
        // Without an SDK a status may be all that was looked at; an SDK reads what the server says of an error.
        const isLeft = !opening.linked && statusFailure !== undefined;
        if (endedAt === undefined && isLeft) current.finish({ type: 'dropped' }, headersAt ?? clock());
        if (cancelTimer !== undefined && current.attempt.endedAt !== undefined) end();
      },
      mayBeLeft() {
        const attempt = current?.attempt;
        if (attempt?.answer.firstOutputAt === undefined || attempt.endedAt !== undefined) return;
        const left: Attempt = { ...attempt, endedAt: clock(), ending: { type: 'cancelled' } };
        sink.callMayEnd(
          call,
          judge({ ...call, attempts: [...call.attempts.slice(0, -1), left] }, isSameModel, clock()),
        );
      },
    };
  }

  return {
    open,
    settleAll() {
      // Ending a call takes it out of the set, which a set allows while it is walked.
      for (const handle of openCalls) handle.end();
    },
  };
}

/** A vendor's own switch to another model: refusals are the only thing that any documents it for. */
function vendorFallback({ facts, attempts }: Call): Fallback | undefined {
  const switched = attempts.at(-1)?.answer.fallback;
  if (switched === undefined) return undefined;
  const { from, to } = switched;
  return { fromProvider: facts.provider, fromModel: from, toModel: to, reason: 'blocked', mechanism: 'vendor' };
}

/** A gateway's switch to another model, which it tells without its cause. The model asked for counts as the one left. */
function gatewayFallback({ facts, attempts }: Call): Fallback | undefined {
  const last = attempts.at(-1);
  if (last === undefined || !last.gatewayFellBack) return undefined;
  const { model } = last.answer;
  return {
    fromProvider: facts.provider,
    fromModel: facts.request.model ?? 'unspecified',
    ...(model !== undefined && { toModel: model }),
    reason: undefined,
    mechanism: 'gateway',
  };
}
