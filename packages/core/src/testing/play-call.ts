import type { AnswerEvent } from '../answer-event.ts';
import type { Budget } from '../budgets.ts';
import { createCallTracker } from '../call-tracker.ts';
import type { CallTracker, OpenAttempt, OpenCall } from '../call-tracker.ts';
import type { AttemptEnding, Call } from '../call.ts';
import type { DetectorSwitches, LengthBand, ScriptSet } from '../detectors/index.ts';
import type { RequestFacts, RequestSchemas } from '../request-facts.ts';

const BUDGET: Budget = { firstChunkMs: 1_000, gapMs: 1_000, totalMs: 10_000 };

/** A tracker whose clock and timers stand still until a test moves them, and the calls that it has ended. */
export interface Stage {
  readonly tracker: CallTracker;
  readonly ended: Call[];
  readonly retries: string[];
  readonly gaps: number[];
  readonly open: (options?: OpenOptions) => OpenCall;
  /** Moves the clock; timers that come due fire in their order. */
  readonly wait: (ms: number) => void;
  readonly now: () => number;
}

export interface OpenOptions {
  readonly linked?: boolean;
  readonly budget?: Budget;
  readonly request?: Partial<RequestFacts>;
  readonly scripts?: ScriptSet;
  readonly schemas?: RequestSchemas;
}

/** Every detector watches. */
export const ALL_DETECTORS: DetectorSwitches = {
  repetition: true,
  garbled: true,
  json: true,
  schema: true,
  language: true,
  length: true,
};

export function createStage(lengthBandOf: (call: Call) => LengthBand | undefined = () => undefined): Stage {
  let at = 0;
  const timers = new Set<{ readonly due: number; readonly run: () => void }>();
  const ended: Call[] = [];
  const retries: string[] = [];
  const gaps: number[] = [];
  const tracker = createCallTracker({
    clock: () => at,
    schedule: (delayMs, run) => {
      const timer = { due: at + delayMs, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    sink: {
      outputGap: (_call, gapMs) => gaps.push(gapMs),
      attemptEnded: () => {},
      callMayEnd: () => {},
      retried: (_call, _attempt, reason) => retries.push(reason),
      callEnded: (call) => ended.push(call),
    },
    detectors: ALL_DETECTORS,
    lengthBandOf,
    isSameModel: (requested, responded) => responded.startsWith(requested),
  });
  return {
    tracker,
    ended,
    retries,
    gaps,
    now: () => at,
    wait(ms) {
      const until = at + ms;
      for (;;) {
        const next = [...timers].filter(({ due }) => due <= until).toSorted((a, b) => a.due - b.due)[0];
        if (next === undefined) break;
        timers.delete(next);
        at = next.due;
        next.run();
      }
      at = until;
    },
    open: ({ linked = false, budget = BUDGET, request = {}, scripts, schemas } = {}) =>
      tracker.open({
        facts: {
          provider: 'openai',
          useCase: 'unspecified',
          request: {
            operation: 'chat',
            model: 'gpt-5',
            streaming: true,
            expectsUsage: false,
            parameters: {},
            ...request,
          },
          serverAddress: 'api.openai.com',
          serverPort: 443,
          question: undefined,
          scripts,
        },
        budget,
        startedAt: at,
        linked,
        fallback: undefined,
        schemas,
      }),
  };
}

export const text = (piece: string): AnswerEvent => ({ type: 'output', kind: 'text', choice: 0, text: piece });
export const STOP: AnswerEvent = { type: 'finish', choice: 0, reason: 'stop', raw: 'stop' };
export const END: AnswerEvent = { type: 'end' };

/** What happens to one attempt: events, waits in ms, and how it ends. */
export type Step = AnswerEvent | number | { readonly ending: AttemptEnding } | { readonly status: number };

export function play(stage: Stage, attempt: OpenAttempt, steps: readonly Step[]): void {
  for (const step of steps) {
    if (typeof step === 'number') stage.wait(step);
    else if ('ending' in step) attempt.finish(step.ending, stage.now());
    else if ('status' in step) {
      attempt.attempt.status = step.status;
      attempt.attempt.headersAt = stage.now();
    } else {
      attempt.event(step, stage.now());
    }
  }
}
