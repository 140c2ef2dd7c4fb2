import { above, call, dividedBy, minus, number, or, times } from '../promql/expression.ts';
import { type Recorded, recorded } from '../promql/series.ts';
import { CALLS } from './calls.ts';
import { GEN_AI } from './gen-ai.ts';
import { NORMALISED } from './normalised.ts';
import {
  countOver,
  LEVELS,
  recordedOver,
  SECONDS_BETWEEN_EVALUATIONS,
  shareOf,
  SYMPTOM_WINDOW,
  word,
} from './record.ts';

const MODEL = LEVELS.provider_model;
const USE_CASE = LEVELS.use_case;

const attempts = {
  record: `provider_model:${word('attemptDuration')}_count:increase${SYMPTOM_WINDOW}`,
  labels: MODEL,
  expression: countOver(MODEL, NORMALISED.attempts, SYMPTOM_WINDOW, { attemptKind: { not: ['continuation'] } }),
} as const satisfies Recorded;

const fallbacks = {
  record: `use_case:${word('fallbacks')}:increase${SYMPTOM_WINDOW}`,
  labels: USE_CASE,
  expression: countOver(USE_CASE, NORMALISED.fallbacks, SYMPTOM_WINDOW),
} as const satisfies Recorded;

const LAST_FALLBACK = `use_case:${word('fallbacks')}:last_timestamp`;
/** How long evaluations may pause without forgetting. */
const CARRIED_OVER = '6h';
/** Four weeks. */
const REMEMBERED_SECONDS = 28 * 86_400;

const tasks = {
  record: `task:${word('tasks')}:increase${SYMPTOM_WINDOW}`,
  labels: LEVELS.task,
  expression: countOver(LEVELS.task, NORMALISED.tasks, SYMPTOM_WINDOW),
} as const satisfies Recorded;

/** Retries, fallbacks and tasks: whether the application survived, and what it cost. */
export const RESILIENCE = {
  attempts,
  /** Requests on the wire for each one that would have done. */
  amplification: {
    record: `provider_model:${word('attemptDuration')}_per_first:ratio_increase${SYMPTOM_WINDOW}`,
    labels: MODEL,
    expression: dividedBy(
      recorded(attempts),
      countOver(MODEL, NORMALISED.attempts, SYMPTOM_WINDOW, { attemptKind: 'first' }),
    ),
  },
  /** Share of the time of all calls that was spent waiting for the next attempt. */
  retryWait: {
    record: `provider_model:${word('retryDelay')}_per_duration:ratio_increase${SYMPTOM_WINDOW}`,
    labels: MODEL,
    expression: dividedBy(
      countOver(MODEL, NORMALISED.retryWaits, SYMPTOM_WINDOW),
      times(
        number(SECONDS_BETWEEN_EVALUATIONS),
        call('sum_over_time', recorded(GEN_AI.durationSum, { over: recordedOver(SYMPTOM_WINDOW) })),
      ),
    ),
  },
  fallbacks,
  /**
   * When a fallback was last seen, in Unix time. It is carried on from evaluation to evaluation: to look for it in four weeks
   * of samples would cost what all the other rules together do. Who does not evaluate for a while may forget it.
   */
  lastFallback: {
    record: LAST_FALLBACK,
    labels: USE_CASE,
    expression: above(
      or(
        call('timestamp', recorded(fallbacks)),
        call('max_over_time', recorded({ record: LAST_FALLBACK, labels: USE_CASE }, { over: CARRIED_OVER })),
      ),
      minus(call('time'), number(REMEMBERED_SECONDS)),
    ),
  },
  fallbackShare: {
    record: `use_case:${word('fallbacks')}_per_calls_counted:ratio_increase${SYMPTOM_WINDOW}`,
    labels: USE_CASE,
    expression: shareOf(recorded(fallbacks), recorded(CALLS.countedByUseCase)),
  },
  fallbackUnusable: {
    record: `use_case:${word('fallbacks')}_unusable_per_fallbacks:ratio_increase${SYMPTOM_WINDOW}`,
    labels: USE_CASE,
    expression: shareOf(
      countOver(USE_CASE, NORMALISED.fallbacks, SYMPTOM_WINDOW, { verdict: 'unusable' }),
      recorded(fallbacks),
    ),
  },
  tasks,
  /** Tasks that failed although no model was in trouble in them. */
  taskFailures: {
    record: `task:${word('tasks')}_failed_undegraded_per_tasks:ratio_increase${SYMPTOM_WINDOW}`,
    labels: LEVELS.task,
    expression: shareOf(
      countOver(LEVELS.task, NORMALISED.tasks, SYMPTOM_WINDOW, { taskOutcome: 'failure', taskDegraded: 'false' }),
      recorded(tasks),
    ),
  },
} as const satisfies Readonly<Record<string, Recorded>>;
