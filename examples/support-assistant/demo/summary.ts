import { evidenceOf, summarizePage, type PageSummary } from './evidence.ts';
import type { Evidence } from '@brownout/vendor-status';
import type { Telemetry } from './telemetry/collector.ts';
import { callsDuring, costOf, type Cost } from './telemetry/cost.ts';
import { detectBrownout, type Brownout } from './telemetry/detect-brownout.ts';
import {
  answeringModels,
  modelFigures,
  serviceFigures,
  type ModelFigures,
  type ServiceFigures,
} from './telemetry/figures.ts';
import { isBrownout, sharesOf, type Shares } from './telemetry/outcome.ts';
import { increase } from './telemetry/sample.ts';
import type { CallSpan } from './telemetry/spans.ts';

/**
 * Shares and counts are of the whole run and of all calls that answers were asked of, whatever the model; `during` and
 * `cost` are about the affected model in the brownout alone. All times are seconds since the load began.
 */
export interface Summary extends ModelFigures, ServiceFigures {
  readonly timeUnit: 'seconds since the load began';
  /** The model that browned out; with `onset`, `end` and `announced`, `null` where none did. */
  readonly model: string | null;
  readonly onset: number | null;
  /** `null` also where it went on at the end. */
  readonly end: number | null;
  /** When the running demo first knew of it. */
  readonly announced: number | null;
  /** When the schedule's faults began and ended. */
  readonly truth: { readonly onset: number | null; readonly end: number | null };
  readonly during: (Shares & { readonly calls: number }) | null;
  readonly cost: Cost | null;
  /** Tickets answered with HTTP success. */
  readonly tasksServed: number;
  /** `null` where no model browned out. */
  readonly statusPage: PageSummary | null;
  /** What `brownout-vendor-status lag --from` reads; its times are Unix times in seconds. */
  readonly evidence: Evidence;
}

/** A brownout, and the model that has it. */
export interface ModelBrownout extends Brownout {
  readonly provider: string;
  readonly model: string;
  /** Calls to it meanwhile, and those of them that the vendor spoiled. */
  readonly calls: number;
  readonly hurtCalls: number;
}

/** The brownout of the model that was hit the longest, or `null`. */
export function findBrownout(calls: readonly CallSpan[], now: number): ModelBrownout | null {
  const models = [...new Set(calls.map(({ model }) => model))];
  const found = models.flatMap((model): ModelBrownout[] => {
    const brownout = detectBrownout(
      calls.filter((call) => call.model === model),
      now,
    );
    if (brownout === null) return [];
    const affected = callsDuring(brownout, model, calls);
    return [
      {
        ...brownout,
        model,
        provider: affected[0]?.provider ?? '',
        calls: affected.length,
        hurtCalls: affected.filter(isBrownout).length,
      },
    ];
  });
  const length = ({ onset, end }: Brownout) => (end ?? now) - onset;
  return found.toSorted((a, b) => length(b) - length(a))[0] ?? null;
}

/** What is known besides the telemetry when the run is over. */
export interface RunFacts {
  /** When the load began, in seconds since the Unix epoch. */
  readonly origin: number;
  readonly endedAt: number;
  readonly announced: number | null;
  readonly truth: Summary['truth'];
}

export function summarize(telemetry: Telemetry, { origin, endedAt, announced, truth }: RunFacts): Summary {
  const { samples, calls, tickets } = telemetry;
  const everything = increase(undefined, samples.at(-1));
  const brownout = findBrownout(calls, endedAt);
  const evidence = evidenceOf(telemetry, brownout, { origin, endedAt });
  const affected = brownout === null ? [] : callsDuring(brownout, brownout.model, calls);
  return {
    timeUnit: 'seconds since the load began',
    model: brownout?.model ?? null,
    onset: brownout?.onset ?? null,
    end: brownout?.end ?? null,
    announced: brownout === null ? null : announced,
    truth,
    ...modelFigures(everything, answeringModels(everything)),
    ...serviceFigures(everything),
    tasksServed: tickets.filter(({ status }) => status >= 200 && status < 300).length,
    during: brownout && { calls: affected.length, ...sharesOf(affected.map((call) => ({ ...call, count: 1 }))) },
    cost: brownout && costOf(brownout, brownout.model, { calls, tickets }),
    statusPage: summarizePage(evidence),
    evidence,
  };
}
